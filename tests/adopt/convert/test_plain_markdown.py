"""Markdown of no tool: what Microsoft's documentation adds to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.plain import PLAIN, dialect_of
from cannery.adopt.tree import read_tree


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ('- :::image type="content" source=".\\media\\a.png" alt-text="A &quot;b&quot;.":::', '- ![A "b".](./media/a.png)'),
        ('a :::no-loc text="B":::', "a B"),
        (':::row:::\n:::column span="2":::\n\na\n\n:::column-end:::\n:::row-end:::\n', "a\n"),
        ('> [!div class="nextstepaction"]\n> [Next](a.md)\n', "[Next](a.md)\n"),
        ("::: other\n", "::: other\n"),
    ],
)  # fmt: skip
def test_a_construct(page: str, markdown: str) -> None:
    assert convert(page, PLAIN) == (markdown, [])


def test_a_file_that_is_taken_in_is_part_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/a.md").write_text("---\nx: y\n---\nSee [b](b.md).\n")
    (tmp_path / "includes/b.md").write_text("B\n")
    made = convert(
        "[!INCLUDE [A](../includes/a.md)]\n", PLAIN, tree=read_tree(tmp_path), path="docs/c.md"
    )
    assert made == ("See [b](../includes/b.md).\n", [])


def test_components_are_told_where_lines_begin_with_one() -> None:
    page = "List<String>\n\n<Video\n  src={x}\n/>\n\n<Note>\na\n</Note>\n"
    made = convert(page, dialect_of(page))
    assert made == ("List<String>\n\n> [!NOTE]\n> a\n", [(3, "<Video src={x} />")])


def test_a_type_in_prose_is_no_component() -> None:
    assert dialect_of("A `x` of List<String> and\n\nMap<K, V>\n") is PLAIN


def test_a_video_is_a_link() -> None:
    made = convert("> [!VIDEO https://v.test/1]\n", PLAIN)
    assert made == ("> <https://v.test/1>\n", [(1, "[!VIDEO https://v.test/1]")])
