"""The front page leads to what most people need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.article import Body
from cannery.site.lists import front_page
from cannery.workspace import open_workspace

HEAD = "---\ntitle: {}\naudience: {}\n{}---\nText.\n"


def _front(base: Base, language: str = "en") -> Mapping[str, Any]:
    view = view_for(open_workspace(base.root), Audience.PUBLIC)
    _, text = front_page(view, language, "Help", Body())
    [line] = [line for line in text.splitlines() if line.startswith("kb: ")]
    found: dict[str, Any] = json.loads(line.removeprefix("kb: "))
    return found


def test_the_team_s_picks_stand_in_the_team_s_order(base: Base) -> None:
    base.write(
        "kb.toml", '[site]\npicks = ["articles/net/b", "articles/a", "articles/net/hidden"]\n'
    )
    base.write("articles/a.md", HEAD.format("A", "public", "summary: About A\n"))
    base.write("articles/net/index.md", HEAD.format("Networks", "public", ""))
    base.write("articles/net/b.md", HEAD.format("B", "public", ""))
    base.write("articles/net/hidden.md", HEAD.format("Hidden", "internal", ""))
    assert _front(base)["picks"] == [
        ["B", "articles/net/b/", "", "Networks", ""],
        ["A", "articles/a/", "About A", "", ""],
    ]
    assert _front(base, "ja")["picks"][1] == ["A", "articles/a/", "About A", "", "English"]


def test_without_picks_those_that_others_name_as_related_are_shown(base: Base) -> None:
    base.write("articles/net/a.md", HEAD.format("A", "public", ""))
    base.write("articles/net/b.md", HEAD.format("B", "public", "related: [articles/net/a]\n"))
    base.write("articles/net/c.md", HEAD.format("C", "public", "related: [articles/net/a, articles/net/b]\n"))  # fmt: skip
    assert [item[0] for item in _front(base)["picks"]] == ["A"]


def test_what_has_changed_lately_are_articles_and_no_sections(base: Base) -> None:
    base.write("articles/net/index.md", HEAD.format("Networks", "public", ""))
    base.write("articles/net/a.md", HEAD.format("A", "public", ""))
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x")
    assert [item[0] for item in _front(base)["recent"]] == ["A"]
