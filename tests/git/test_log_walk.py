"""What a log says of hostile names, paths and times is read as what it is."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Base, Run

from cannery.git.authorship import file_histories
from cannery.git.clone import open_local
from cannery.git.history import Mark, differences, revisions
from cannery.git.log_walk import commits

GUIDE = "kb/articles/guide.md"
NAMES = (
    "\x01q",
    "\x01" + "a" * 40 + " 7",
    "\n1\n",
    "\n\x01 x",
    "\x0212",
    "commit 1",
    "12",
    "-- x",
    "\udcff\udcfe",
)


@pytest.fixture
def hostile(base: Base) -> Base:
    """A history with odd file names, an author of control characters, and a time out of reach."""
    base.git("init", "-q")
    base.write("articles/guide.md", "---\ntitle: Guide\naudience: public\n---\nText.\n")
    for name in NAMES:
        (base.root / name).write_bytes(b"x")
    base.git("add", "-A")
    base.git("-c", "user.name=A\x01\x02B", "commit", "-q", "-m", "\x01\x02 x")
    base.write("articles/guide.md", "---\ntitle: Guide\naudience: public\n---\nMore.\n")
    base.git("rm", "-q", "--cached", "--", *NAMES)
    late = ["env", "GIT_COMMITTER_DATE=@99999999999999 +0000", "git", "-c", "user.name=C"]
    late += ["-c", "user.email=c@example.com", "commit", "-q", "-am", "Later"]
    subprocess.run(late, cwd=base.root, check=True)
    return base


def test_lineages_are_of_the_commits_alone(hostile: Base) -> None:
    known = file_histories(hostile.root, [GUIDE])[GUIDE]
    assert known.changed.year == 9999
    assert known.people == ("C", "A\x01\x02B")


def test_revisions_are_of_the_commits_alone(hostile: Base) -> None:
    found = [*revisions(open_local(hostile.root), GUIDE)]
    assert [(item.author, item.subject, item.path) for item in found] == [
        ("C", "Later", GUIDE),
        ("A\x01\x02B", "\x01\x02 x", GUIDE),
    ]


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "stage .site",
        "history guide",
        "history guide --patch",
        "blame guide",
        "status",
        "insight",
        "health",
    ],
)
def test_no_command_is_ended_by_them(hostile: Base, kb: Run, command: str) -> None:
    assert kb(*command.split()).code in (0, 1)


_TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
_COMMITS = st.lists(
    st.tuples(_TEXTS, _TEXTS, st.lists(_TEXTS.filter(bool), max_size=3)), max_size=5
)


@given(_COMMITS)
def test_no_text_passes_for_another_part(log: list[tuple[str, str, list[str]]]) -> None:
    written = ""
    for one, two, paths in log:
        written += f"\0{one}\0{two}\0" + (
            "\n" + "".join(f"{path}\0" for path in paths) if paths else ""
        )
    assert [(*head, paths) for head, paths in commits(written, 2)] == log


def test_a_patch_tells_the_words_that_came_and_went(base: Base) -> None:
    base.git("init", "-q")
    base.write("articles/guide.md", "---\ntitle: Guide\n---\nOne two three.\n@@ not a head\n")
    base.git("add", "-A")
    base.git("commit", "-q", "-m", "Begin")
    base.write("articles/guide.md", "---\ntitle: Guide\n---\nOne four three.\n@@ not a head\n")
    base.git("commit", "-q", "-am", "Change")
    rows = [*differences(open_local(base.root), GUIDE)]
    changed = next(row for row in rows if (Mark.GONE, "two") in row)
    assert changed == (
        (Mark.SAME, "One "),
        (Mark.GONE, "two"),
        (Mark.NEW, "four"),
        (Mark.SAME, " three."),
    )
    assert ((Mark.SAME, "@@ not a head"),) in rows
    assert next(row[1][1] for row in rows if row[0][0] is Mark.COMMIT).endswith("A: Change")
