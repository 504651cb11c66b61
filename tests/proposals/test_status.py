"""What is yours, what is on its way, and what the team has: `kb status`; and what was: the rest."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Base, Run
from tests.repositories import ARTICLE, Team

HAR = "kb/articles/har.md"


def rows(kb: Run) -> list[str]:
    done = kb("status")
    assert done.code == 0
    return [line.split()[0] for line in done.out.splitlines()]


def test_it_tells_what_there_is(team: Team, kb: Run) -> None:
    assert "No changes of yours" in kb("status").err
    team.mine.edit(HAR, "First line", "1st")
    team.mine.write("kb/articles/new.md", "---\ntitle: New\n---\n")
    (team.mine.root / "kb/macros/hello.md").unlink()
    assert rows(kb) == ["edited", "new", "deleted"]
    assert kb("propose", "--yes", HAR).code == 0
    assert rows(kb) == ["edited", "new", "deleted", "proposed"]
    team.other.edit(HAR, "First line", "other")
    team.other.push()
    assert rows(kb)[-1] == "behind"
    assert kb("sync").code == 1
    assert "conflict" in rows(kb)
    found = json.loads(kb("status", "--json").out)
    assert found["conflicts"] == [HAR]
    assert found["proposed"][0]["paths"] == [HAR]
    assert (found["behind"], found["online"]) == (0, True)


def test_a_proposal_waits_is_merged_or_closed(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    away = team.remote.rename(team.remote.with_suffix(".away"))
    kb("propose", "--yes")
    assert "waits" in rows(kb)
    assert "Offline, showing the last known state" in kb("status").err
    away.rename(team.remote)
    kb("propose", "--resume")
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    team.other.git("push", "-q", "origin", f"origin/{branch}:main")
    assert "merged" in rows(kb)
    team.other.git("push", "-q", "-f", "origin", "main", f":{branch}")
    assert "closed" in rows(kb)


def test_history_goes_across_renames_and_languages(team: Team, kb: Run) -> None:
    team.mine.git("mv", HAR, "kb/articles/recording.md")
    team.mine.git("commit", "-q", "-m", "A better name")
    team.mine.write("kb/articles/recording.ja.md", "---\ntitle: HAR の記録\n---\n一行目\n")
    team.mine.edit("kb/articles/recording.md", "Second line", "Another line")
    team.mine.git("add", ".")
    team.mine.git("commit", "-q", "-m", "Two languages")
    found = json.loads(kb("history", "recording", "--json").out)
    told = [(item["language"], item["subject"], Path(item["path"]).name) for item in found]
    assert told == [
        ("ja", "Two languages", "recording.ja.md"),
        ("en", "Two languages", "recording.md"),
        ("en", "A better name", "recording.md"),
        ("en", "First", "har.md"),
    ]
    shown = kb("history", "recording").out
    assert shown.count("Kim") == 4
    patch = kb("history", "recording", "--patch").out
    assert "[-Second-]{+Another+} line" in patch
    assert "not been committed" not in kb("history", "recording").err


def test_what_steers_a_terminal_does_not_reach_it(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "Second line", "\x1b]0;title\x07 \x1b[2J")
    team.mine.git("commit", "-q", "-a", "-m", "odd \x1b[2J")
    for command in ("history", "blame"):
        out = kb(command, "har", *(["--patch"] if command == "history" else [])).out
        assert not re.search(r"[\x1b\x07]|0;title|\[2J", out)


def test_blame_names_the_author_of_each_line(team: Team, kb: Run) -> None:
    team.mine.git("config", "user.name", "田中")
    team.mine.edit(HAR, "Second line", "二行目")
    team.mine.git("commit", "-q", "-a", "-m", "日本語")
    team.mine.edit(HAR, "Third line", "not yet")
    found = {item["text"]: item["author"] for item in json.loads(kb("blame", "har", "--json").out)}
    assert (found["First line."], found["二行目."], found["not yet."]) == ("Kim", "田中", "")
    shown = kb("blame", "har").out
    assert "not yet   " in shown
    assert re.search(r"^\d{4}-\d\d-\d\d  田中 +二行目", shown, re.MULTILINE)


def test_an_entry_comes_back_as_it_was(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.git("commit", "-q", "-a", "-m", "x")
    assert kb("restore", "har", "--at", "HEAD~1", "--dry-run").out == ARTICLE + "\n"
    assert kb("restore", "har", "--at", "HEAD~1").code == 0
    assert (team.mine.root / HAR).read_text() == ARTICLE
    assert team.mine.git("status", "--porcelain") == f" M {HAR}"
    again = kb("restore", "har", "--at", "HEAD")
    assert (again.code, "uncommitted changes" in again.err) == (1, True)
    assert (team.mine.root / HAR).read_text() == ARTICLE
    assert "is already the same" in kb("restore", "har", "--at", "HEAD~1").err


def test_a_deleted_and_a_renamed_entry_come_back_too(team: Team, kb: Run) -> None:
    team.mine.git("mv", HAR, "kb/articles/recording.md")
    team.mine.git("rm", "-q", "kb/macros/hello.md")
    team.mine.git("commit", "-q", "-m", "x")
    assert kb("restore", "macros/hello", "--at", "HEAD~1").code == 0
    assert "Hello {{ name }}" in (team.mine.root / "kb/macros/hello.md").read_text()
    team.mine.edit("kb/articles/recording.md", "First line", "1st")
    team.mine.git("commit", "-q", "-a", "-m", "y")
    assert kb("restore", "recording", "--at", "HEAD~2").code == 0
    assert (team.mine.root / "kb/articles/recording.md").read_text() == ARTICLE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("restore", "har", "--at", "nowhere"), "unknown revision nowhere"),
        (("restore", "articles/gone", "--at", "HEAD"), "kb/articles/gone.md did not exist"),
        (("restore", "gone", "--at", "HEAD"), "no entry named gone"),
        (("restore", "har", "--at", "--output=x"), "unknown revision"),
        (("restore", "../../etc/passwd", "--at", "HEAD"), "no entry named"),
        (("history", "gone"), "no entry named gone"),
        (("blame", "har", "--lang", "fr"), "fr is not a language"),
    ],
)
def test_what_can_t_be_is_told(team: Team, kb: Run, arguments: tuple[str, ...], said: str) -> None:
    done = kb(*arguments)
    assert done.code in (1, 2)
    assert said in done.err


def test_in_no_repository_there_is_no_history(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "x")
    assert "is not in a Git repository" in kb("history", "a").err
