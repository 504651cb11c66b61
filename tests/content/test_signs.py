"""Tasks, alerts and the ids of headings."""

from __future__ import annotations

import pytest

from cannery.content.anchors import anchors, headings
from cannery.content.line_ends import kept, plain
from cannery.content.markdown import parse, tree


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("- [x] a", True),
        ("1. [X] a", True),
        ("- [ ] a\n  - b", False),
        ("- [ ]\ta", False),
        ("- [ ]", None),
        ("- [x]a", None),
        ("- \\[x] a", None),
        ("- `[x]` a", None),
        ("-     [x] a", None),
    ],
)
def test_a_task_is_done_or_not(text: str, done: bool | None) -> None:
    item = tree(parse(text))[0].children[0]
    assert item.meta.get("checked") is done
    if done is not None:
        assert item.children[0].children[0].content == "a"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("> [!NOTE]\n> a", ["alert"]),
        ("> [!tip]  \n> - a", ["alert"]),
        ("> [!CAUTION]", ["alert"]),
        ("> [!NOTE] a", ["blockquote"]),
        ("> [!DANGER]\n> a", ["blockquote"]),
        ("> \\[!NOTE]\n> a", ["blockquote"]),
        ("> a\n> [!NOTE]", ["blockquote"]),
        ("> [!NOTE]\n\n> a", ["alert", "blockquote"]),
    ],
)
def test_an_alert_is_a_quote_that_begins_with_its_mark(text: str, kinds: list[str]) -> None:
    assert [node.type for node in tree(parse(text))] == kinds


def test_alerts_and_quotes_end_where_they_end() -> None:
    (outer,) = tree(parse("> [!NOTE]\n> a\n>\n> > b\n>\n> > [!TIP]\n> > c\n>\n> d"))
    assert [node.type for node in outer.children] == [
        "alert_title", "paragraph", "blockquote", "alert", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A {#b}", ("A", "b")),
        ("A {: #b }\n===", ("A", "b")),
        ("# A {#b} <!-- c -->", ("A <!-- c -->", "b")),
        ("# A \\{#b}", ("A {#b}", "a-b")),
        ("# A {#b} c", ("A {#b} c", "a-b-c")),
        ("# `{#b}`", ("{#b}", "b")),
    ],
)
def test_a_headings_id_is_no_part_of_its_text(text: str, expected: tuple[str, str]) -> None:
    tokens = parse(text)
    (heading,) = headings(tokens)
    (anchor,) = anchors([heading])
    assert (heading.text, anchor.id) == expected


def test_line_ends_in_an_alert_and_a_task_are_kept_where_they_are() -> None:
    written = "> [!NOTE]\n> a\n> b\n\n- [x] c\n  d\n\n!!! tip\n    e\n    f\n\n[^1]: g\n    h\n"
    assert kept(written) == (
        "> [!NOTE]\n> a\\\n> b\n\n- [x] c\\\n  d\n\n!!! tip\n    e\\\n    f\n\n[^1]: g\n    h\n"
    )
    assert plain(kept(written)) == written


def test_a_line_that_a_break_ends_is_ended_once() -> None:
    assert kept("a<br>\nb<br>c\nd") == "a<br>\nb<br>c\\\nd"
    assert plain("a<br>\nb<br>c\\\nd") == "a<br>\nb<br>c\nd"


@pytest.mark.parametrize(
    "text",
    ["> [!NOTE]\n" * 3000, "- [x] " * 3000, "# a " + "{#b} " * 20_000, "# a {#b}" + "<!-- " * 20_000, "> " * 3000 + "[!NOTE]"],
)  # fmt: skip
def test_signs_made_to_be_slow_are_read_soon(text: str) -> None:
    assert parse(text)
