"""Sections have the icon and the place that their own pages say."""

from __future__ import annotations

from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.lists import folder_items
from cannery.workspace import open_workspace

HEAD = "---\ntitle: {}\naudience: public\n{}---\nText.\n"


def _items(base: Base, language: str = "en") -> list[list[object]]:
    view = view_for(open_workspace(base.root), Audience.PUBLIC)
    return [[title, icon] for title, _, _, _, icon in folder_items(view, "articles", language)]


def test_sections_stand_by_order_then_by_title(base: Base) -> None:
    for folder, title, more in (
        ("a", "Zebra", ""), ("b", "apple", ""), ("c", "Last", "order: 20\n"), ("d", "First", "order: -1\n"),
    ):  # fmt: skip
        base.write(f"articles/{folder}/index.md", HEAD.format(title, more))
        base.write(f"articles/{folder}/x.md", HEAD.format("X", ""))
    assert [title for title, _ in _items(base)] == ["First", "Last", "apple", "Zebra"]


def test_a_translation_has_the_icon_and_the_place_of_its_original(base: Base) -> None:
    base.write("articles/a/index.md", HEAD.format("A", "order: 2\nicon: key\n"))
    base.write("articles/a/index.ja.md", HEAD.format("あ", ""))
    base.write("articles/b/index.ja.md", HEAD.format("い", "order: 1\nicon: cloud\n"))
    for name in ("a/x.md", "a/x.ja.md", "b/x.ja.md"):
        base.write(f"articles/{name}", HEAD.format("X", ""))
    assert _items(base, "ja") == [["い", "cloud-outline"], ["あ", "key-outline"]]


def test_an_icon_that_there_is_not_is_none(base: Base) -> None:
    base.write("articles/a/index.md", HEAD.format("A", 'icon: "../../x"\n'))
    base.write("articles/a/x.md", HEAD.format("X", ""))
    assert _items(base) == [["A", ""]]


def test_entries_stand_by_order_then_by_id(base: Base) -> None:
    for name, more in (("a", ""), ("b", ""), ("c", "order: 1\n")):
        base.write(f"articles/net/{name}.md", HEAD.format(name, more))
    view = view_for(open_workspace(base.root), Audience.PUBLIC)
    assert view.sections["articles/net"] == ("articles/net/c", "articles/net/a", "articles/net/b")
