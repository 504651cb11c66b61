from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base

from cannery.errors import ContentError
from cannery.model.entry import Audience
from cannery.operations.check import check
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
    base.write("articles/ガイド/新しい.md", HEAD.format("articles/古い, 'articles/a [b]?'"))
    target = tmp_path / "site"
    _stage(base, target)
    for place, leads in (
        ("articles/old/index.html", "articles/guides/new.md"),
        ("articles/a/b/older/index.html", "articles/guides/new.md"),
        ("ja/articles/old/index.html", "ja/articles/guides/new.md"),
        ("articles/古い/index.html", "articles/ガイド/新しい.md"),
        ("articles/a [b]?/index.html", "articles/ガイド/新しい.md"),
    ):
        assert _leads_to(target, place) == leads
        assert (target / leads).exists()


@pytest.mark.parametrize(
    ("there", "text"),
    [
        ("articles/old.md", HEAD.format("")),
        ("articles/old.md", HEAD.format("").replace("public", "internal")),
        ("articles/old.md", HEAD.format("").replace("---\nText", "status: draft\n---\nText")),
        ("articles/old.ja.md", HEAD.format("")),
        ("articles/old/a.md", HEAD.format("")),
    ],
)
def test_nothing_leads_away_from_what_is_there_shown_or_not(
    base: Base, tmp_path: Path, there: str, text: str
) -> None:
    base.write(there, text)
    base.write("articles/new.md", HEAD.format("articles/old"))
    with pytest.raises(ContentError, match=r"new\.md:4: redirect_from: 'articles/old' is still"):
        _stage(base, tmp_path / "site")


def test_a_retired_article_leads_to_what_took_its_place(base: Base, tmp_path: Path) -> None:
    base.write("articles/old.md", HEAD.format("").replace("---\nText", "status: retired\n---\nx"))
    base.write("articles/new.md", HEAD.format("articles/old"))
    _stage(base, tmp_path / "site")
    assert _leads_to(tmp_path / "site", "articles/old/index.html") == "articles/new.md"


def test_two_articles_cannot_have_been_the_same_one(base: Base, tmp_path: Path) -> None:
    base.write("articles/a.md", HEAD.format("articles/old"))
    base.write("articles/a.ja.md", HEAD.format("articles/old"))
    base.write("articles/b.md", HEAD.format("articles/old"))
    with pytest.raises(ContentError) as caught:
        _stage(base, tmp_path / "site")
    assert caught.value.message.count("[redirect]") == 1
    assert "kb/articles/b.md:4: redirect_from: 'articles/old' leads to articles/a already" in (
        caught.value.message
    )


def test_what_is_not_shown_leads_nowhere(base: Base, tmp_path: Path) -> None:
    base.write("articles/new.md", HEAD.format("articles/old").replace("public", "internal"))
    base.write("macros/m.md", HEAD.format("macros/old"))
    _stage(base, tmp_path / "site")
    assert not [*(tmp_path / "site").rglob("*.html")]


MACRO = "---\ntitle: M\nredirect_from: [{}]\n---\nText\n"


def test_an_earlier_id_of_a_macro_leads_to_its_form_on_the_internal_site(
    base: Base, tmp_path: Path
) -> None:
    base.write("articles/a.md", HEAD.format("macros/was-a-macro"))
    base.write("macros/billing/m.md", MACRO.format("macros/old, /macros/older/, articles/b"))
    base.write("macros/billing/m.ja.md", MACRO.format("macros/old"))
    target = tmp_path / "site"
    _stage(base, target, Audience.INTERNAL)
    for place, leads in (
        ("macros/old/index.html", "macros/billing/m.md"),
        ("macros/older/index.html", "macros/billing/m.md"),
        ("articles/b/index.html", "macros/billing/m.md"),
        ("ja/macros/old/index.html", "ja/macros/billing/m.md"),
    ):
        assert _leads_to(target, place) == leads
    assert 'lang="ja"' in (target / "ja/macros/old/index.html").read_text("utf-8")
    assert not (target / "macros/was-a-macro").exists()
    public = tmp_path / "public"
    _stage(base, public)
    assert not [*public.rglob("*.html")]


def test_an_earlier_id_of_a_macro_that_is_still_there_is_told(base: Base) -> None:
    base.write("macros/old.md", MACRO.format(""))
    base.write("macros/new.md", MACRO.format("macros/old"))
    base.write("macros/bad.md", MACRO.format("macros/../x"))
    told = [item for item in check(base.workspace).problems if item.code == "redirect"]
    assert [(item.path, item.line) for item in told] == [
        ("kb/macros/bad.md", 3),
        ("kb/macros/new.md", 3),
    ]
    assert told[0].hint == "Example: macros/billing/refund."


@pytest.mark.parametrize(
    "old",
    ["articles/../../x", "../x", "/../etc/x", "articles/.x", "articles//x", "articles/x/", "index",
     "articles/<script>", '"articles/a\\nb"', "articles/a..b", "https://x.example/"],
)  # fmt: skip
def test_a_path_that_plays_tricks_is_an_error(base: Base, tmp_path: Path, old: str) -> None:
    base.write("articles/new.md", HEAD.format(old if old.startswith('"') else f"'{old}'"))
    with pytest.raises(ContentError, match=r"kb/articles/new\.md:4: redirect_from: "):
        _stage(base, tmp_path / "site")
    assert [*tmp_path.glob("*")] == [base.root]


def test_an_address_of_another_site_leads_to_where_it_is_now(base: Base, tmp_path: Path) -> None:
    base.write(
        "articles/a/new.md", HEAD.format("/docs/x/, /docs/y, /z.html, /%E5%8F%A4%E3%81%84/, /")
    )
    base.write("articles/b.md", HEAD.format("/articles/b/, /articles/old.html, /tags/, /JA/x/"))
    base.write("articles/b.ja.md", HEAD.format("/docs/b/, /ja/docs/c/, /ja/tags/, /en/docs/d/"))
    target = tmp_path / "site"
    _stage(base, target)
    for place, leads in (
        ("docs/x/index.html", "articles/a/new.md"),
        ("docs/y/index.html", "articles/a/new.md"),
        ("z.html", "articles/a/new.md"),
        ("古い/index.html", "articles/a/new.md"),
        ("articles/old/index.html", "articles/b.md"),
        ("ja/docs/b/index.html", "ja/articles/b.md"),
        ("ja/docs/c/index.html", "ja/articles/b.md"),
        ("en/docs/d/index.html", "ja/articles/b.md"),
    ):
        assert _leads_to(target, place) == leads
    assert not (target / "ja" / "tags" / "index.html").exists()
    assert not (target / "tags" / "index.html").exists()
    assert not (target / "JA").exists()


@pytest.mark.parametrize(
    "address", ["//a.example/x/", "/../x/", "/x/%2e%2e/%2e%2e/y/", "/.git/x/", "/a//b/", "/a?b/"]
)
def test_what_is_no_address_is_told(base: Base, tmp_path: Path, address: str) -> None:
    base.write("articles/a.md", HEAD.format(f"'{address}'"))
    with pytest.raises(ContentError, match="is not a valid address"):
        _stage(base, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_former_address_under_another_key_is_told_at_its_line(base: Base, tmp_path: Path) -> None:
    base.write("kb.toml", "format = 2\n[front_matter.names]\npermalink = 'redirect_from'\n")
    base.write("articles/a.md", HEAD.replace("redirect_from: [{}]", "permalink: /a//b/"))
    with pytest.raises(ContentError, match=r"a\.md:4: redirect_from: '/a//b/' is not a valid"):
        _stage(base, tmp_path / "site")


def test_of_two_articles_with_one_former_address_the_first_has_it(
    base: Base, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        base.write(f"articles/{name}.md", HEAD.format("/x/"))
    _stage(base, tmp_path / "site")
    assert _leads_to(tmp_path / "site", "x/index.html") == "articles/a.md"
    told = [item for item in check(base.workspace).problems if item.code == "redirect"]
    assert [(item.path, item.severity.value) for item in told] == [("kb/articles/b.md", "warning")]


def test_search_engines_are_told_where_a_public_page_is_now(base: Base) -> None:
    base.write("articles/new.md", HEAD.format("articles/old"))
    places = {}
    for audience in Audience:
        files = render_stage(view_for(base.workspace, audience)).files
        page = BeautifulSoup(files["articles/old/index.html"], "html.parser")
        places[audience] = [str(link["href"]) for link in page.select("link[rel=canonical]")]
        assert bool(page.select("meta[name=robots]")) is not bool(places[audience])
    assert places == {
        Audience.PUBLIC: ["https://help.example.com/articles/new/"],
        Audience.INTERNAL: [],
    }
