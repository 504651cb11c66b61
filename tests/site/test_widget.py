"""The help centre on a page of another host, whose policy allows next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.conftest import Base
from tests.site.checker import violations
from tests.site.served import MKDOCS, serve

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site

ARTICLE = """---
title: Reset a password
summary: With a link that we send.
audience: public
---
For a new password, open [the form](other.md), then [the portal](https://portal.example.com/).

## Step

![Button](p.png)

[The tour](tour.mp4)

- [x] Done

=== "Phone"

    Tap.
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63"
    "6460f8cf500f0003850180c5c5d3260000000049454e44ae426082"
)
# What a bank's page may allow: scripts, styles and answers of the help centre, and no HTML from text.
STRICT = """<!doctype html><html lang="{language}"><head><title>Shop</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {site}; connect-src {site}; img-src {site}; require-trusted-types-for 'script'">
</head><body><main><h1>Shop</h1><label>Name <input id="name"></label></main>
<script src="{site}/assets/kb/widget.js" defer></script></body></html>"""


# Pages of other hosts may read the files, as the header files of a site say.
SHARED = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("widget"))


@pytest.fixture(scope="module")
def site(base: Base) -> Iterator[str]:
    base.write("kb.toml", 'name = "Acme Help"\n[site]\ncontact = "mailto:help@example.com"\n')
    base.write("articles/reset.md", ARTICLE)
    base.write("articles/p.png", PIXEL)
    base.write("articles/tour.mp4", "video")
    base.write("articles/other.md", "---\ntitle: The form\naudience: public\n---\nHere it is.\n")
    base.write(
        "articles/reset.ja.md",
        "---\ntitle: パスワードの再設定\naudience: public\n---\nリンクを送ります。\n",
    )
    base.write("articles/secret.md", "---\ntitle: Internal\n---\nzanzibar\n")
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    build_site(base.workspace, Audience.PUBLIC, base.root / "out", mode=Mode(alone=True))
    with serve(base.root / "out", headers=SHARED) as address:
        yield address


@contextmanager
def _shop(base: Base, browser: Browser, site: str, language: str = "en") -> Iterator[Page]:
    folder = base.root / "shop"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(STRICT.format(site=site, language=language))
    page = browser.new_page()
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', "
        "(event) => window.broken.push(event.violatedDirective + event.blockedURI));"
    )
    with serve(folder) as shop:
        page.goto(f"{shop}/index.html")
        yield page
    assert page.evaluate("window.broken") == []
    assert page.context.cookies() == []
    page.close()


def test_an_article_is_found_and_read_on_another_hosts_page(
    base: Base, browser: Browser, site: str
) -> None:
    with _shop(base, browser, site) as page:
        page.get_by_role("button", name="Help").click()
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
        page.keyboard.type("password")
        expect(page.locator("mark").first).to_have_text("password")
        page.get_by_role("link", name="Reset a password").click()
        expect(page.get_by_role("heading", name="Reset a password")).to_be_focused()
        picture = page.get_by_role("img", name="Button")
        expect(picture).to_have_attribute("src", f"{site}/articles/p.png")
        assert picture.evaluate("node => node.complete && node.naturalWidth") == 1
        portal = page.get_by_role("link", name="the portal")
        expect(portal).to_have_attribute("href", "https://portal.example.com/")
        assert (
            page.evaluate("document.querySelector('kb-help').shadowRoot.querySelector('[style]')")
            is None
        )
        page.get_by_role("link", name="the form").click()
        expect(page.get_by_role("heading", name="The form")).to_be_visible()
        page.get_by_role("button", name="Back to the results").click()
        expect(page.get_by_role("link", name="Reset a password")).to_be_focused()


def test_videos_ticks_and_tabs_of_an_article_are_what_they_are(
    base: Base, browser: Browser, site: str
) -> None:
    with _shop(base, browser, site) as page:
        page.get_by_role("button", name="Help").click()
        page.keyboard.type("password")
        page.get_by_role("link", name="Reset a password").click()
        tour = page.get_by_role("link", name="The tour")
        expect(tour).to_have_attribute("href", f"{site}/articles/tour.mp4")
        expect(page.get_by_role("checkbox")).to_be_checked()
        expect(page.locator(".text input")).to_have_count(1)
        expect(page.locator(".text").get_by_text("Tap.")).to_be_visible()


def test_the_keyboard_alone_does_and_the_page_keeps_its_keys(
    base: Base, browser: Browser, site: str
) -> None:
    with _shop(base, browser, site) as page:
        page.locator("#name").focus()
        page.keyboard.type("/k")
        page.keyboard.press("Control+k")
        expect(page.locator("#name")).to_have_value("/k")
        expect(page.locator("#name")).to_be_focused()
        page.get_by_role("button", name="Help").focus()
        page.keyboard.press("Enter")
        page.keyboard.type("form")
        page.get_by_role("link", name="The form").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="The form")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Help")).to_be_focused()
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_arrow_waits_for_what_was_typed_last(base: Base, browser: Browser, site: str) -> None:
    with _shop(base, browser, site) as page:
        page.get_by_role("button", name="Help").click()
        page.keyboard.type("password")
        page.get_by_role("link", name="Reset a password").wait_for()
        page.get_by_role("searchbox").fill("form")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="The form")).to_be_focused()


def test_it_speaks_the_pages_language(base: Base, browser: Browser, site: str) -> None:
    with _shop(base, browser, site, "ja-JP") as page:
        page.get_by_role("button", name="ヘルプ").click()
        page.keyboard.insert_text("パスワード")
        page.get_by_role("link", name="パスワードの再設定").click()
        expect(page.locator(".text").get_by_text("リンクを送ります。")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_finds_nothing_wrong_in_it(
    base: Base, browser: Browser, site: str, scheme: str
) -> None:
    with _shop(base, browser, site) as page:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.get_by_role("button", name="Help").click()
        page.keyboard.type("password")
        page.get_by_role("link", name="Reset a password").wait_for()
        page.evaluate("document.documentElement.style.colorScheme = 'light dark'")
        assert violations(page, without=("region",)) == []


def test_it_holds_no_word_of_what_is_internal(base: Base, site: str) -> None:
    script = (base.root / "out/assets/kb/widget.js").read_text()
    assert site
    assert "zanzibar" not in script
    assert "Acme Help" in script
