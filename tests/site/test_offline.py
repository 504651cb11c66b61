"""A site that is read from a disk: its links, its search, its policy."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.conftest import Base
from tests.site.served import MKDOCS

from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.operations.offline_site import build_offline
from cannery.site.offline import offline_page


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ('<a href="../b/">', '<a href="../b/index.html">'),
        ('<a href="../b/?x=1#y">', '<a href="../b/index.html?x=1#y">'),
        ('<a href=".">', '<a href="./index.html">'),
        ('<a title="a > b" href="../..">', '<a title="a > b" href="../../index.html">'),
        ('<meta http-equiv="refresh" content="0; url=../b/">', '<meta http-equiv="refresh" content="0; url=../b/index.html">'),
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">", "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file:\">"),
        ('<a href="#top">', '<a href="#top">'),
        ('<a href="">', '<a href="">'),
        ('<a href="/feedback/">', '<a href="/feedback/">'),
        ('<a href="https://example.com/">', '<a href="https://example.com/">'),
        ('<a href="mailto:a@example.com">', '<a href="mailto:a@example.com">'),
        ('<a href="p.pdf">', '<a href="p.pdf">'),
        ('<a href="https://example.com/?url=b/">', '<a href="https://example.com/?url=b/">'),
        ('<a title="url=b/" data-href="b/" href="c/">', '<a title="url=b/" data-href="b/" href="c/index.html">'),
        ('<meta name="description" content="Send url=b/">', '<meta name="description" content="Send url=b/">'),
        ('<code>&lt;a href="b/"&gt;</code>', '<code>&lt;a href="b/"&gt;</code>'),
    ],
)  # fmt: skip
def test_links_name_the_files_of_pages(written: str, there: str) -> None:
    assert offline_page(written) == there


def test_the_policy_knows_a_disk_and_what_an_article_says_of_policies_stays(base: Base) -> None:
    text = "default-src 'self' is a policy."
    base.write("articles/a.md", f"---\ntitle: A\naudience: public\n---\n{text}\n")
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    folder = base.root / "copy"
    build_offline(base.workspace, Audience.PUBLIC, folder, mode=Mode(alone=True))
    page = unescape((folder / "articles/a/index.html").read_text())
    assert "content=\"default-src 'self' file:;" in page
    assert f"<p>{text}</p>" in page


@pytest.fixture
def out(base: Base) -> Path:
    base.write(
        "articles/net/reset.md",
        "---\ntitle: Reset\naudience: public\n---\nSee [other](../other.md#part).\n",
    )
    base.write(
        "articles/other.md", "---\ntitle: Other\naudience: public\n---\n## Part\n\nzanzibar\n"
    )
    base.write("articles/other.ja.md", "---\ntitle: 証明書\naudience: public\n---\n更新します。\n")
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    folder = base.root / "copy"
    build_offline(base.workspace, Audience.PUBLIC, folder, mode=Mode(alone=True))
    return folder


def test_a_reader_goes_and_searches_without_a_server(out: Path, browser: Browser) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto((out / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("zanzibar")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Other", exact=True)).to_be_visible()
    assert page.url.split("?")[0].endswith("/articles/other/index.html")
    page.goto((out / "articles/net/reset/index.html").as_uri())
    page.get_by_role("link", name="other", exact=True).click()
    expect(page.get_by_role("heading", name="Part")).to_be_in_viewport()
    page.keyboard.press("/")
    page.keyboard.insert_text("証明書")
    expect(page.get_by_role("option").first).to_contain_text("証明書")
    assert faults == []
    page.close()


def test_a_site_that_is_published_from_the_same_folder_is_built_anew(base: Base, out: Path) -> None:
    built = build_site(base.workspace, Audience.PUBLIC, out, mode=Mode(alone=True))
    assert built.rebuilt == built.pages
    assert not [*out.rglob("*.bin.js")]
    assert "index.html" not in (out / "index.html").read_text()


def test_no_other_folder_is_written_over(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\nText.\n")
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    (base.root / "mine").mkdir()
    (base.root / "mine/letter.txt").write_text("Dear")
    with pytest.raises(SiteError, match="other files"):
        build_offline(base.workspace, Audience.PUBLIC, base.root / "mine")
