"""A conflict that no one decided is found, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from tests.conftest import Base, Run

from cannery.content.conflict_markers import conflict_line, without_conflicts

CONFLICT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (CONFLICT, 1),
        (f"---\ntitle: T\n---\n{CONFLICT}", 4),
        (f"---\ntitle: T\n{CONFLICT}---\nx\n", 3),
        (CONFLICT.replace("\n", "\r\n"), 1),
        (CONFLICT.replace("=======", "||||||| base\nx\n======="), 1),
        (CONFLICT.replace(" HEAD", "").replace(" main", ""), 1),
        (f"a\n\n{CONFLICT.replace('ours', '```')}```\n", 3),
        (f"```\n{CONFLICT}```\n\n{CONFLICT}", 9),
        ("", 0),
        (f"```\n{CONFLICT}```\n", 0),
        ("Heading\n=======\n\n>>>>>>> quoted\n", 0),
        ("`<<<<<<<` begins, `=======` parts and `>>>>>>>` ends a conflict.\n", 0),
        ("<<<<<<< HEAD\nx\n>>>>>>> main\n", 0),
        ("=======\n>>>>>>> a\n<<<<<<< b\n", 0),
        ("<<<<<<<< a\n========\n>>>>>>>> b\n", 0),
    ],
)
def test_a_conflict_is_three_markers_in_their_order(text: str, line: int) -> None:
    assert conflict_line(text) == line


def test_a_macro_with_a_conflict_is_not_sent(base: Base, kb: Run) -> None:
    base.write("macros/m.md", f"---\ntitle: M\n---\nHello\n{CONFLICT}")
    done = kb("reply", "m", "--print")
    assert done.code == 1
    assert "kb/macros/m.md:5: a merge conflict that no one decided" in done.err
    assert "ours" not in done.out


def test_a_mark_stands_in_the_place_of_each_conflict_and_no_line_moves() -> None:
    text = f"a\n{CONFLICT}b\n```\n{CONFLICT}```\n{CONFLICT}c\n"
    marked = without_conflicts(text, "*mark*")
    assert marked == f"a\n\n*mark*\n\n\n\nb\n```\n{CONFLICT}```\n\n*mark*\n\n\n\nc\n"


def test_a_text_without_conflicts_stays_as_it_is() -> None:
    text = f"a\r\n```\r\n{CONFLICT}```\r\n"
    assert without_conflicts(text, "*mark*") == text


@pytest.mark.parametrize("end", ["", "tags: [a, b\n"])
def test_a_conflict_in_front_matter_is_one_finding(base: Base, kb: Run, end: str) -> None:
    sides = "audience: internal\n=======\naudience: public"
    conflict = CONFLICT.replace("ours\n=======\ntheirs", sides)
    base.write("articles/x.md", f"---\ntitle: X\n{conflict}{end}---\nText.\n")
    found = [line for line in kb("check").out.splitlines() if "x.md" in line]
    assert [line.rpartition("[")[2] for line in found] == ["conflict]"]
