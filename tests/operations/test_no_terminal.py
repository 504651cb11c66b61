"""A server calls the operations: nobody to ask, and nothing to print on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.repositories import Team

MACRO = "---\ntitle: Refund\nfields:\n  - name: who\n  - name: day\n    default: Monday\n---\n"
PROGRAM = """
import json, os, sys, traceback
from pathlib import Path

def closed(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return True
    return False

def work():
    from cannery.model.hit import Query
    from cannery.operations import check, find, propose, reply
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    events = []
    query = reply.ReplyQuery(("refund",), {"who": "Kim"}, {})
    finished = reply.reply(workspace, query, events.append)
    result = find.find(workspace, Query("refund"), events.append)
    checked = check.check(workspace, events.append)
    plan = propose.plan(workspace, propose.ProposeQuery(title="A refund"), events.append)
    return {
        "text": finished.reply.text,
        "answers": dict(finished.request.given),
        "hits": [hit.at.path for hit in result.hits],
        "problems": [[item.path, item.code] for item in checked.problems],
        "branches": [item.branch for item in propose.submit(workspace, plan, events.append)],
        "events": [str(event) for event in events],
        "front_ends": sorted({"typer", "click", "textual", "cannery.cli"} & set(sys.modules)),
    }

answer = {"closed": [closed(0), closed(1), closed(2)], "streams": [sys.stdin, sys.stdout, sys.stderr]}
try:
    answer |= work()
except BaseException:
    answer["failed"] = traceback.format_exc()
with open(sys.argv[1], "w") as file:
    json.dump(answer, file)
"""


@pytest.fixture
def answer(team: Team, tmp_path: Path) -> dict[str, Any]:
    """What the program hands over. Its descriptors 0, 1 and 2 are closed before it begins."""
    team.mine.write("kb/macros/refund.md", f"{MACRO}Dear {{{{ who }}}}, on {{{{ day }}}}.\n")
    target = tmp_path / "answer.json"
    command = [sys.executable, "-c", PROGRAM, str(target)]
    closing = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
    code = subprocess.call([*closing, *command], cwd=team.mine.root)
    answer: dict[str, Any] = json.loads(target.read_text())
    assert "failed" not in answer, answer["failed"]
    assert code == 0
    return answer


def test_reply_find_check_and_propose_need_no_terminal(answer: dict[str, Any], team: Team) -> None:
    assert answer["closed"] == [True, True, True]
    assert answer["streams"] == [None, None, None]
    assert answer["text"] == "Dear Kim, on Monday.\n"
    assert answer["answers"] == {"who": "Kim"}
    assert answer["hits"] == ["kb/macros/refund.md"]
    assert answer["problems"] == []
    (branch,) = answer["branches"]
    assert team.branches() == [branch]
    assert "on {{ day }}" in team.shown(branch, "kb/macros/refund.md")
    assert any("Indexing" in event for event in answer["events"])


def test_they_load_no_front_end(answer: dict[str, Any]) -> None:
    assert answer["front_ends"] == []
