from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.build_record import output_of
from cannery.site.sitemap import sitemaps
from cannery.site.stage import render_stage

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "https://help.example.com/"


@pytest.fixture
def site(base: Base) -> Base:
    public = "---\ntitle: T\naudience: public\ntags: [one, 'a & b']\n---\nx\n"
    base.git("init", "-q")
    for path in ("net/a.md", "net/a.ja.md", "net/vpn/b.md", "net/index.md", "c & d.ja.md"):
        base.write(f"articles/{path}", public)
    base.write("articles/secret/s.md", "---\ntitle: S\ntags: [secret]\n---\nx\n")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x")
    return base


def _files(base: Base, audience: Audience = Audience.PUBLIC) -> dict[str, bytes]:
    return render_stage(view_for(base.workspace, audience)).files


def _rows(raw: bytes) -> list[ET.Element]:
    return ET.fromstring(raw).findall("s:url", NAMES)  # noqa: S314 - our own


def _address(row: ET.Element) -> str:
    return row.findtext("s:loc", "", NAMES)


def test_a_sitemap_has_every_page_once(site: Base) -> None:
    files = _files(site)
    pages = {output_of(name).removesuffix("index.html") for name in files if name.endswith(".md")}
    found = [_address(row).removeprefix(SITE) for row in _rows(files["sitemap.xml"])]
    assert sorted(found) == sorted(page.replace(" ", "%20").replace("&", "%26") for page in pages)
    assert len(found) > 15


def test_a_sitemap_has_the_languages_of_a_page_and_when_it_changed(site: Base) -> None:
    rows = {_address(row): row for row in _rows(_files(site)["sitemap.xml"])}
    row = rows[f"{SITE}ja/articles/net/a/"]
    assert row.findtext("s:lastmod", "", NAMES)
    links = {item.attrib["hreflang"]: item.attrib["href"] for item in row.findall("x:link", NAMES)}
    english = f"{SITE}articles/net/a/"
    assert links == {"en": english, "ja": f"{SITE}ja/articles/net/a/", "x-default": english}
    assert not rows[f"{SITE}articles/net/vpn/b/"].findall("x:link", NAMES)


def test_pages_that_are_too_many_for_one_sitemap_are_in_several(site: Base) -> None:
    view = view_for(site.workspace, Audience.PUBLIC)
    whole = _rows(sitemaps(view)["sitemap.xml"])
    files = sitemaps(view, most=4)
    index = ET.fromstring(files.pop("sitemap.xml"))  # noqa: S314 - our own
    assert [item.text for item in index.iterfind("s:sitemap/s:loc", NAMES)] == [
        f"{SITE}{name}" for name in files
    ]
    parts = [_rows(raw) for raw in files.values()]
    assert max(map(len, parts)) == 4
    assert [_address(row) for part in parts for row in part] == [_address(row) for row in whole]


def test_robots_are_told_the_sitemap_of_a_public_site_alone(site: Base) -> None:
    assert _files(site)["robots.txt"].decode().endswith(f"\nSitemap: {SITE}sitemap.xml\n")
    internal = _files(site, Audience.INTERNAL)
    assert internal["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert "sitemap.xml" not in internal
