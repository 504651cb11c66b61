"""Admonitions and tabs, as people bring them from MkDocs."""

from __future__ import annotations

import pytest

from cannery.content.boxes import Opening, opening
from cannery.content.markdown import Node, parse, tree


def _nodes(text: str) -> tuple[Node, ...]:
    return tree(parse(text))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("!!! note", Opening("!!!", ("note",), None)),
        ('!!! Note inline end "A title"', Opening("!!!", ("note", "inline", "end"), "A title")),
        ('!!! note ""', Opening("!!!", ("note",), "")),
        ('??? "Only a title"', Opening("???", (), "Only a title")),
        ("???+ 注意", Opening("???+", ("注意",), None)),
        ('=== "macOS"', Opening("===", (), "macOS")),
        ('===! "macOS"', Opening("===!", (), "macOS")),
        ("!!!", None),
        ("!!! ", None),
        ("!!! Great, it works!", None),
        ('!!! note "half', None),
        ("=== note", None),
        ('=== note "x"', None),
        ("====", None),
    ],
)
def test_the_first_line_of_a_box_says_what_it_is(line: str, expected: Opening | None) -> None:
    assert opening(line) == expected


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    - a\n\n      b\nafter",
        "!!! note\n\n\n    - a\n\n        b\n\nafter",
        "!!! note\n\t- a\n\n\t  b\n\nafter",
    ],
)
def test_what_is_indented_is_inside_and_what_is_not_is_behind(text: str) -> None:
    box, after = _nodes(text)
    title, inside = box.children
    assert (title.type, inside.type, after.type) == ("box_title", "bullet_list", "paragraph")
    assert len(inside.children[0].children) == 2


def test_boxes_stand_in_steps_quotes_and_boxes() -> None:
    (steps,) = _nodes(
        "1. a\n\n    !!! note\n        b\n\n        ```\n        c\n        ```\n2. d\n"
    )
    assert [child.type for child in steps.children[0].children] == ["paragraph", "box"]
    assert [it.type for it in steps.children[0].children[1].children][1:] == ["paragraph", "fence"]
    (quote,) = _nodes("> ??? tip\n>     a\n>\n>     !!! note\n>         b\n")
    assert quote.children[0].children[2].type == "box"


@pytest.mark.parametrize(
    ("kind", "language", "title"),
    [
        ("note", "", "Note"),
        ("note", "ja", "補足"),
        ("Warning", "ja-JP", "警告"),
        ("faq", "en", "FAQ"),
        ("注意", "en", "注意"),
        ("tip", "de", "Tip"),
    ],
)
def test_a_box_without_a_title_is_called_by_its_kind(kind: str, language: str, title: str) -> None:
    (box,) = tree(parse(f"!!! {kind}\n    a", language=language))
    assert box.children[0].children == (Node("text", title),)


@pytest.mark.parametrize("text", ["!!! note", "!!! Attention please\nHello", "??? What\n\nthat"])
def test_a_line_with_nothing_in_it_and_no_title_is_a_line(text: str) -> None:
    assert {node.type for node in _nodes(text)} == {"paragraph"}


@pytest.mark.parametrize("text", ["!!! note\n" * 3000, "??? a\n    " * 3000, '=== "a"\n' * 3000])
def test_boxes_made_to_be_slow_are_read_soon(text: str) -> None:
    assert parse(text)
