"""The workflow that comments on pull requests: nothing of a pull request is run with a token."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cannery.operations.review_comment import marker
from cannery.starter import starter_files
from tests.repositories import Team

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "tool/cannery/starter/files/dot_github/workflows/review.yml"
OWN = ROOT / ".github/workflows/review.yml"
HELLO = "kb/macros/hello.md"
# `gh api` with a file in the place of GitHub: each comment's number, author and text.
GH = """
import json, subprocess, sys
from pathlib import Path
store = Path(__file__).with_name("comments.json")
comments = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[2:]
address = next(word for word in words if word.startswith("repos/"))
field = words[words.index("--field") + 1] if "--field" in words else ""
if field:
    body = Path(field.removeprefix("body=@")).read_text("utf-8")
    if "PATCH" in words:
        number = int(address.rpartition("/")[2])
        next(item for item in comments if item["id"] == number)["body"] = body
    else:
        login = "github-actions[bot]"
        comments.append({"id": len(comments) + 1, "user": {"login": login}, "body": body})
    store.write_text(json.dumps(comments))
else:
    query = words[words.index("--jq") + 1]
    subprocess.run(["jq", "-r", query], input=json.dumps(comments), text=True, check=True)
"""


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8").replace("\non:", "\n'on':")
    workflow: dict[str, Any] = yaml.safe_load(text)
    return workflow


@pytest.mark.parametrize("path", [STARTER, OWN], ids=["of kb init", "ours"])
def test_what_may_write_sees_no_code_and_what_sees_the_change_may_only_read(path: Path) -> None:
    workflow = _read(path)
    assert [*workflow["on"]] == ["pull_request_target"]
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    assert not any("uses" in step for step in jobs["comment"]["steps"])
    checked_out = [
        step["with"] for step in jobs["read"]["steps"] if "checkout" in step.get("uses", "")
    ]
    assert [item["ref"] for item in checked_out] == ["${{ github.event.pull_request.base.sha }}"]
    assert checked_out[0]["persist-credentials"] is False
    steps = [step for job in jobs.values() for step in job["steps"] if "run" in step]
    # What a stranger can choose is in no script, and no token where the change is read.
    assert not any("${{" in step["run"] for step in steps)
    reading = next(step for step in steps if "kb review" in step["run"])
    assert not any("token" in value.lower() for value in reading["env"].values())
    said = {value for step in steps for value in step.get("env", {}).values()}
    assert not any(
        re.search(r"title|body }|head\.(?:ref|label)|user", value)
        for value in said - {jobs["comment"]["steps"][0]["env"]["OURS"]}
    )


def test_ours_differs_in_what_it_installs_alone(tmp_path: Path) -> None:
    name = ".github/workflows/review.yml"
    (written,) = (file.data.decode() for file in starter_files(tmp_path) if file.path == name)
    pairs = zip(written.splitlines(), OWN.read_text().splitlines(), strict=True)
    assert [(a, b) for a, b in pairs if a != b] == [
        (
            "      - run: python -m pip install --requirement .github/kb-requirements.txt",
            "      - run: python .ci/install.py --project .",
        )
    ]


def _run(step: dict[str, Any], folder: Path, environment: dict[str, str]) -> None:
    subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=folder, env={**os.environ, **environment}, check=True
    )


def _programs(folder: Path) -> Path:
    """A folder with `gh` and `kb` for the scripts."""
    folder.mkdir()
    (folder / "gh.py").write_text(GH)
    for name, command in (("gh", f'"{folder}/gh.py"'), ("kb", "-m cannery")):
        (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.needs("jq")
def test_each_push_renews_the_one_comment(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = _programs(tmp_path / "programs")
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    jobs = _read(STARTER)["jobs"]
    fetching, reading = (step for step in jobs["read"]["steps"] if "$" in step.get("run", ""))
    stranger = {"id": 1, "user": {"login": "stranger"}, "body": f"{marker('')}\nmine"}
    (programs / "comments.json").write_text(json.dumps([stranger]))
    base = team.mine.git("rev-parse", "HEAD")
    before = team.mine.state()
    for greeting in ("Good day", "Dear"):
        team.other.edit(
            HELLO, "Hello {{" if greeting == "Good day" else "Good day {{", f"{greeting} {{{{"
        )
        team.other.git("commit", "-qam", "A change")
        team.other.git("push", "-q", "-f", "origin", "HEAD:refs/pull/7/head")
        output = tmp_path / greeting.replace(" ", "-")
        environment = {
            "NUMBER": "7", "HEAD": team.other.git("rev-parse", "HEAD"), "BASE": base,
            "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(output), "GITHUB_REPOSITORY": "team/kb",
        }  # fmt: skip
        for step in (fetching, reading):
            _run(step, team.mine.root, environment)
        head, *lines, end = output.read_text("utf-8").removesuffix("\n").split("\n")
        assert head == f"comment<<{end}"
        step = jobs["comment"]["steps"][0]
        _run(
            step,
            tmp_path,
            {**environment, "COMMENT": "\n".join(lines), "OURS": step["env"]["OURS"]},
        )
    found = json.loads((programs / "comments.json").read_text())
    assert [item["id"] for item in found] == [1, 2]
    assert found[0] == stranger
    assert "Before:\n\n```text\nHello [name]\n```" in found[1]["body"]
    assert "After:\n\n```text\nDear [name]\n```" in found[1]["body"]
    assert team.mine.state() == before
