"""A site of a repository that keeps its own layout: pages, pictures, links and leaks."""

from __future__ import annotations

import posixpath
import re

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.check import check
from cannery.operations.stage import view_for
from cannery.site.plan import FaultyContentError
from cannery.site.stage import Stage, render_stage

JA = "i18n/ja/docusaurus-plugin-content-docs/current"
SETTINGS = """\
languages = ["en", "ja"]
[content]
articles = ["docs", "i18n/{language}/docusaurus-plugin-content-docs/current", "guides"]
macros = ["replies"]
ignore = ["docs/_*"]
"""
PUBLIC = "---\ntitle: {}\naudience: public\n---\n{}\n"
PNG = b"\x89PNG"
_LINK = re.compile(r"\]\(([^)#]+)")


@pytest.fixture
def docs(base: Base) -> Base:
    files = {
        "docs/index.md": "[HAR](net/har.md)",
        "docs/net/har.md": "[P](proxy.md) ![m](img/m.png) ![s](../shared.png) [J](../../{JA}/net/har.md)",
        "docs/net/proxy.md": "[H](har.md)",
        f"{JA}/net/har.md": "[P](proxy.md) ![m](img/m.png) ![s](../shared.png)",
        "guides/start.md": "![s](shared.png) [H](../docs/net/har.md)",
    }
    for path, body in files.items():
        base.write(f"../{path}", PUBLIC.format(path, body.replace("{JA}", JA)))
    for path in (
        "docs/net/img/m.png",
        f"{JA}/net/img/m.png",
        "docs/shared.png",
        "guides/shared.png",
    ):
        base.write(f"../{path}", PNG + path.encode())
    base.write("../replies/hello.md", "---\ntitle: Hello\n---\nHello\n")
    base.write("../docs/_hidden/plan.md", PUBLIC.format("Plan", "hush"))
    base.write("../docs/_hidden/plan.png", PNG)
    base.write("kb.toml", SETTINGS)
    return base


def _staged(base: Base, audience: Audience = Audience.PUBLIC, *, lenient: bool = False) -> Stage:
    return render_stage(view_for(base.workspace, audience), lenient=lenient)


def test_pages_are_where_their_ids_say_and_pictures_beside_them(docs: Base) -> None:
    files = _staged(docs).files
    assert {
        "articles/index.md", "articles/net/har.md", "articles/net/proxy.md", "articles/start.md",
        "ja/articles/net/har.md", "articles/net/img/m.png", "ja/articles/net/img/m.png",
        "articles/shared.png", "assets/kb/files/guides/shared.png",
    } <= {*files}  # fmt: skip
    assert files["ja/articles/net/img/m.png"] == PNG + f"{JA}/net/img/m.png".encode()
    assert files["assets/kb/files/guides/shared.png"] == PNG + b"guides/shared.png"


def test_every_link_and_picture_of_a_page_leads_to_a_file_of_the_site(docs: Base) -> None:
    files = _staged(docs).files
    for page in ("articles/net/har.md", "ja/articles/net/har.md", "articles/start.md"):
        links = _LINK.findall(files[page].decode().partition("\n---\n")[2])
        assert links
        for link in links:
            assert posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) in files


def test_what_is_not_translated_is_that_of_the_originals(docs: Base) -> None:
    page = _staged(docs).files["ja/articles/net/har.md"].decode()
    assert "[P](../../../articles/net/proxy.md)" in page
    assert "![s](../../../articles/shared.png)" in page
    assert [item for item in check(docs.workspace).problems if item.code in {"link", "image"}] == []


def test_an_internal_original_stays_internal_for_its_translations(docs: Base) -> None:
    docs.write("../docs/net/proxy.md", "---\ntitle: Proxies\n---\nhush\n")
    docs.write("../docs/net/har.md", PUBLIC.format("HAR", "x"))
    with pytest.raises(FaultyContentError, match="internal article"):
        _staged(docs)
    assert {
        (item.path, item.code) for item in check(docs.workspace).problems if item.code == "leak"
    } == {(f"{JA}/net/har.md", "leak")}


@pytest.mark.parametrize("link", ["_hidden/plan.md", "_hidden/plan.png"])
def test_what_is_ignored_is_on_no_site(docs: Base, link: str) -> None:
    docs.write("../docs/more.md", PUBLIC.format("More", f"![x]({link})"))
    with pytest.raises(FaultyContentError):
        _staged(docs)
    stage = _staged(docs, lenient=True)
    assert [name for name in stage.files if "plan" in name] == []
    assert b"hush" not in b"".join(stage.files.values())


@pytest.mark.parametrize(
    "link", ["../secret.png", "../../secret.png", "../replies/x.png", "../kb/kb.toml"]
)
def test_nothing_from_beside_the_folders_is_on_a_site(docs: Base, link: str) -> None:
    docs.write("../secret.png", PNG)
    docs.write("../../secret.png", PNG)
    docs.write("../docs/more.md", PUBLIC.format("More", f"![x]({link})"))
    with pytest.raises(FaultyContentError):
        _staged(docs)


def test_a_public_site_has_no_macro_and_an_internal_one_has(docs: Base) -> None:
    assert "macros/hello.md" not in _staged(docs).files
    assert "macros/hello.md" in _staged(docs, Audience.INTERNAL).files


def test_a_public_page_may_not_lead_to_a_part_of_macros(docs: Base) -> None:
    docs.write("../replies/_parts/bye.md", "Bye\n")
    docs.write("../docs/more.md", PUBLIC.format("More", "[x](../replies/_parts/bye.md)"))
    assert [
        (item.path, item.code) for item in check(docs.workspace).problems if item.code == "leak"
    ] == [("docs/more.md", "leak")]
