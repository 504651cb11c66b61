"""The scripts that the documentation has for launchers, as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from tests.conftest import Base

from cannery.manual import ARTICLES

pytestmark = pytest.mark.needs("bash", "jq")
_PAGE = ARTICLES / "guides" / "launchers.md"
SCRIPTS = ("alfred", "raycast", "rofi")  # that are tried here


def _script(name: str) -> str:
    found = re.search(
        rf"^```bash {name}\n(.*?)^```", _PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found
    return found[1]


def _run(base: Base, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = base.root / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "kb").write_text(f'#!/bin/sh\nexec {sys.executable} -m cannery "$@"\n')
    (folder / "kb").chmod(0o755)
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", _script(name), name, *arguments],
        capture_output=True, text=True, check=False, cwd=base.root, env=env,
    )  # fmt: skip


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("macros/refund.md", '---\ntitle: 返金 "now"\n---\nRefund.\n')
    base.write(
        "macros/hello.md", "---\ntitle: Hello\nfields:\n  - name: who\n---\nHello {{ who }}.\n"
    )
    return base


def test_alfred_gets_its_items(filled: Base) -> None:
    done = _run(filled, "alfred", "refu")
    assert json.loads(done.stdout)["items"][0] == {
        "uid": "macros/refund", "title": '返金 "now"', "subtitle": "macro macros/refund",
        "arg": "macros/refund",
    }  # fmt: skip


def test_raycast_fills_in_and_hands_over(filled: Base) -> None:
    done = _run(filled, "raycast", "hello", "who=Kim Lee")
    assert done.stdout == "Hello Kim Lee.\n", "without a clipboard it is printed"
    assert _run(filled, "raycast", "zebra").stdout == "No results for zebra\n"


def test_rofi_lists_and_takes(filled: Base) -> None:
    listed = _run(filled, "rofi").stdout.splitlines()
    assert sorted(listed) == ["Hello\tmacros/hello", '返金 "now"\tmacros/refund']
    assert _run(filled, "rofi", '返金 "now"\tmacros/refund').returncode == 0
