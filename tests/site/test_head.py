"""What pages tell search engines and programs that show links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
FAQ = "## Why?\n\nBecause.\n\n## How?\n\nSo.\n"


def _built(base: Base, audience: Audience = Audience.PUBLIC) -> Path:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    build_site(base.workspace, audience, base.root / "out", mode=Mode(alone=True))
    return base.root / "out"


def _head(folder: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((folder / address / "index.html").read_text("utf-8"), "html.parser")


def _links(head: BeautifulSoup, rel: str) -> dict[str, str]:
    found = head.select(f"link[rel={rel}]")
    return {str(item.get("hreflang", item.get("type", ""))): str(item["href"]) for item in found}


def _told(head: BeautifulSoup) -> dict[str, str]:
    found = head.select("meta[content]")
    return {str(item.get("name") or item.get("property")): str(item["content"]) for item in found}


def _data(head: BeautifulSoup) -> dict[str, Any]:
    script = head.select_one("script[type='application/ld+json']")
    assert script
    return {item["@type"]: item for item in json.loads(script.get_text())["@graph"]}


@pytest.fixture
def site(base: Base) -> Base:
    public = "---\ntitle: {}\naudience: public\ntags: [{}]\n---\n"
    base.git("init", "-q")
    base.write("articles/net/a.md", public.format("The title", "one") + "First. Second.\n")
    base.write("articles/net/a.ja.md", public.format("題名", "一") + "最初の文。\n")
    base.write("articles/net/faq.md", public.format("'Say \"hi\" <b>'", "one") + FAQ)
    base.write("articles/net/index.md", public.format("Network", "one"))
    base.write("articles/ja-only.ja.md", public.format("日本語だけ", "一") + "文。\n")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x")
    return base


def test_a_page_names_itself_its_languages_and_its_feed_by_whole_addresses(site: Base) -> None:
    head = _head(_built(site), "ja/articles/net/a")
    here = "https://help.example.com/ja/articles/net/a/"
    assert _links(head, "canonical") == {"": here}
    assert _links(head, "alternate") == {
        "en": "https://help.example.com/articles/net/a/",
        "ja": here,
        "x-default": "https://help.example.com/articles/net/a/",
        "application/atom+xml": "https://help.example.com/ja/changes.xml",
        "text/markdown": "../a.md",
    }


def test_a_page_in_one_language_names_no_others(site: Base) -> None:
    assert "ja" not in _links(_head(_built(site), "ja/articles/ja-only"), "alternate")


def test_a_page_is_described_by_its_first_sentences(site: Base) -> None:
    told = _told(_head(_built(site), "articles/net/a"))
    assert told["description"] == told["og:description"] == "First. Second."
    assert (told["og:title"], told["og:locale"]) == ("The title", "en_US")
    assert told["og:type"] == "article"


def test_every_page_has_a_title_of_its_own_and_a_description(site: Base) -> None:
    site.write("articles/net/b.md", "---\ntitle: The title\naudience: public\n---\nx\n")
    site.write("articles/other/b.md", "---\ntitle: The title\naudience: public\n---\nx\n")
    folder = _built(site)
    heads = {
        str(path): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in folder.rglob("index.html")
    }
    titles = [str(head.title.string) for head in heads.values() if head.title]
    assert len(heads) == len(set(titles)) > 15
    assert "The title (net/b) - Network - Articles - Test" in titles
    assert "The title - Other - Articles - Test" in titles
    assert [name for name, head in heads.items() if not _told(head).get("description")] == []


def test_an_article_is_told_as_one_with_its_dates_and_the_way_to_it(site: Base) -> None:
    data = _data(_head(_built(site), "articles/net/a"))
    assert data.keys() == {"Article", "BreadcrumbList"}
    article = data["Article"]
    assert article["datePublished"] == article["dateModified"] != ""
    assert (article["headline"], article["inLanguage"]) == ("The title", "en")
    assert article["author"] == article["publisher"]
    way = [item["item"] for item in data["BreadcrumbList"]["itemListElement"]]
    assert way == [
        f"https://help.example.com/{path}"
        for path in ("", "articles/", "articles/net/", "articles/net/a/")
    ]


def test_who_wrote_an_article_is_told_only_where_the_team_says_so(site: Base) -> None:
    settings = 'name = "Test"\nsite_url = "https://help.example.com"\n'
    site.write("kb.toml", f"{settings}[site]\npublic_authors = true\n")
    article = _data(_head(_built(site), "articles/net/a"))["Article"]
    assert article["author"] == [{"@type": "Person", "name": "A"}]


def test_questions_and_answers_are_told_as_such(site: Base) -> None:
    head = _head(_built(site), "articles/net/faq")
    asked = _data(head)["FAQPage"]["mainEntity"]
    told = [(item["name"], item["acceptedAnswer"]["text"]) for item in asked]
    assert told == [("Why?", "Because."), ("How?", "So.")]
    assert _told(head)["og:title"] == 'Say "hi" <b>'


def test_without_an_address_a_page_names_none(site: Base) -> None:
    site.write("kb.toml", 'name = "Test"\n')
    folder = _built(site)
    head = _head(folder, "articles/net/a")
    assert not head.select("link[rel=canonical], link[hreflang], [property]")
    assert _told(head)["description"] == "First. Second."
    assert not (folder / "sitemap.xml").exists()


def test_an_internal_site_is_for_no_search_engine_and_names_no_public_page(site: Base) -> None:
    folder = _built(site, Audience.INTERNAL)
    assert (folder / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*.html")}
    assert all('<meta name="robots" content="noindex, nofollow">' in one for one in texts.values())
    assert [path for path, text in texts.items() if "help.example.com" in text] == []
    assert not [*folder.rglob("sitemap*"), *folder.rglob("changes.xml")]


def test_only_a_page_with_pictures_of_other_hosts_may_load_them(site: Base) -> None:
    text = "---\ntitle: P\naudience: public\n---\n![x](https://e.test/x.png)\n"
    site.write("articles/picture.md", text)
    folder = _built(site)
    heads = [_head(folder, address) for address in ("articles/picture", "articles/net/a")]
    policies = [str(head.select("meta[http-equiv]")[0]["content"]) for head in heads]
    assert policies[0] == f"{policies[1]}; img-src 'self' https:"
    assert policies[1].startswith("default-src 'self'; object-src 'none'; ")
