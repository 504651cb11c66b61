from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base

from cannery.errors import ContentError
from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.stage import render_stage
from cannery.site.tree import update_folder

HEAD = "---\ntitle: T\naudience: public\nredirect_from: [{}]\n---\nText\n"


def _stage(base: Base, target: Path, audience: Audience = Audience.PUBLIC) -> None:
    update_folder(target, audience, render_stage(view_for(base.workspace, audience)).files)


def _leads_to(target: Path, place: str) -> str:
    """The file below the site's folder that a redirect's page leads to."""
    link = BeautifulSoup((target / place).read_text("utf-8"), "html.parser").find("a")
    assert link is not None
    there = unquote(str(link["href"]))
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), there)) + ".md"


def test_an_earlier_id_leads_to_where_it_is_now(base: Base, tmp_path: Path) -> None:
    base.write("articles/guides/new.md", HEAD.format("articles/old, articles/a/b/older"))
    base.write("articles/guides/new.ja.md", HEAD.format("articles/old"))
    base.write("articles/ガイド/新しい.md", HEAD.format("articles/古い"))
    target = tmp_path / "site"
    _stage(base, target)
    for place, leads in (
        ("articles/old/index.html", "articles/guides/new.md"),
        ("articles/a/b/older/index.html", "articles/guides/new.md"),
        ("ja/articles/old/index.html", "ja/articles/guides/new.md"),
        ("articles/古い/index.html", "articles/ガイド/新しい.md"),
    ):
        assert _leads_to(target, place) == leads
        assert (target / leads).exists()


def test_nothing_leads_away_from_a_page_that_is_there(base: Base, tmp_path: Path) -> None:
    base.write("articles/old.md", HEAD.format(""))
    base.write("articles/new.md", HEAD.format("articles/old"))
    _stage(base, tmp_path / "site")
    assert not (tmp_path / "site/articles/old/index.html").exists()


def test_what_is_not_shown_leads_nowhere(base: Base, tmp_path: Path) -> None:
    base.write("articles/new.md", HEAD.format("articles/old").replace("public", "internal"))
    base.write("macros/m.md", HEAD.format("macros/old"))
    _stage(base, tmp_path / "site")
    assert not [*(tmp_path / "site").rglob("*.html")]


@pytest.mark.parametrize(
    "old",
    ["articles/../../x", "../x", "/etc/x", "articles/.x", "articles//x", "articles/x/", "index",
     "articles/<script>", "articles/a b", '"articles/a\\nb"', "articles/a..b", "https://x.example/"],
)  # fmt: skip
def test_a_path_that_plays_tricks_is_an_error(base: Base, tmp_path: Path, old: str) -> None:
    base.write("articles/new.md", HEAD.format(old if old.startswith('"') else f"'{old}'"))
    with pytest.raises(ContentError, match=r"kb/articles/new\.md:1: redirect_from: "):
        _stage(base, tmp_path / "site")
    assert [*tmp_path.glob("*")] == [base.root]
