"""A search without Typer means what it means with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
from tests.conftest import Base, Outcome, Run

from cannery.cli.found import Asked, plain
from cannery.model.hit import Query


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["refund"], Asked(Query("refund"))),
        (["a b", "c"], Asked(Query("a b c"))),
        (["refund", "--json"], Asked(Query("refund"), json=True)),
        (["--as-you-type", "ref", "--json"], Asked(Query("ref", typing=True), json=True)),
        (["--explain", "返金"], Asked(Query("返金", explain=True))),
        ([], None),
        (["--json"], None),
        (["nginx", "-t"], None),
        (["--", "nginx"], None),
        (["refund", "--kind", "macro"], None),
        (["refund", "--kind=macro"], None),
        (["refund", "--jsn"], None),
        (["refund", "--help"], None),
    ],
)
def test_words_and_flags_need_no_typer(arguments: Sequence[str], asked: Asked | None) -> None:
    assert plain(arguments) == asked


@pytest.mark.parametrize(
    "words",
    [
        ["hello"],
        ["hello", "--json"],
        ["hell", "--as-you-type"],
        ["hello", "tag:none"],
        ["nothing"],
        ["helo", "--explain"],
    ],
)
def test_both_ways_print_the_same(base: Base, kb: Run, words: list[str]) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello")
    kb("find", "hello")
    with_typer = kb("find", *words)
    command = [sys.executable, "-m", "cannery", "find", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert Outcome(done.returncode, done.stdout, done.stderr) == with_typer


def test_a_search_for_words_loads_no_typer(base: Base) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello")
    command = [sys.executable, "-X", "importtime", "-m", "cannery", "find", "hello"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannery.search.find" in done.stderr
    assert "typer" not in done.stderr


def test_an_error_is_told_as_by_every_command(
    kb: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("nowhere"))
    command = [sys.executable, "-m", "cannery", "find", "hello"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert Outcome(done.returncode, done.stdout, done.stderr) == kb("find", "hello")
    assert done.returncode == 1


def test_a_folder_that_is_not_looked_at_is_told_when_nothing_is_found(base: Base, kb: Run) -> None:
    base.write("kb.toml", '[content]\narticles = ["nowhere"]\n')
    assert "does not exist: nowhere. Create it" in kb("find", "proxies").err
    base.write("kb.toml", "")
    (base.root / "pages").mkdir()
    (base.root / "kb/articles").symlink_to(base.root / "pages")
    assert "kb/articles is a symbolic link" in kb("find", "proxies").err
