"""The search of a built site, as a reader uses it: by keys, by pointer, by address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, expect
from tests.conftest import Base
from tests.site.checker import violations
from tests.site.served import serve

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

_SETTINGS = """
languages = ["en", "ja"]
name = "Test help"
[site]
contact = "mailto:help@example.com"
picks = ["articles/net/proxy"]
"""
_ARTICLES = {
    "net/proxy": "---\ntitle: Behind a proxy\n---\nA proxy stands between. Its certificate is the reason, as a rule.\n",
    "net/dns": "---\ntitle: Names that do not resolve\n---\nThe resolver has no certificate at all.\n",
    "auth/passwords": "---\ntitle: Reset a password\ntags: [account]\n---\nOpen the settings and choose Reset password.\n",
    "auth/passwords.ja": "---\ntitle: パスワードを再設定する\n---\n設定を開いて再設定を選びます。証明書は要りません。\n",
}
_ROOT = Path(__file__).parents[2]
_MACRO = "---\ntitle: Ask for the certificate\nshortcut: ;cert\n---\nPlease send the certificate.\n"


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small internal site, in a subfolder."""
    base = Base(tmp_path_factory.mktemp("search"))
    base.write("kb.toml", _SETTINGS)
    for name, text in _ARTICLES.items():
        base.write(f"articles/{name}.md", text)
    base.write("macros/cert.md", _MACRO)
    base.write("macros/form.md", "---\ntitle: Form\n---\nHello {{ who }}\n")
    builder = (_ROOT / "mkdocs.yml").read_text("utf-8")
    address = "http://127.0.0.1/help"
    (base.root / "mkdocs.yml").write_text(builder.replace("https://help.example.com", address))
    out = base.root / "out"
    build_site(open_workspace(base.root), Audience.INTERNAL, out / "help", mode=Mode(alone=True))
    with serve(out, "help/404.html") as found:
        yield f"{found}/help"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """The one tab of all tests: to open another takes longer than most of them."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(tab: Page, site: str) -> Iterator[Page]:
    """A page that may raise no error, of a reader of whom nothing is kept."""
    wrong: list[str] = []

    def hear_error(error: Error) -> None:
        wrong.append(str(error))

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            wrong.append(said.text)

    tab.on("pageerror", hear_error)
    tab.on("console", hear)
    tab.goto(f"{site}/articles/net/proxy/")
    yield tab
    tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    tab.remove_listener("pageerror", hear_error)
    tab.remove_listener("console", hear)
    assert [item for item in wrong if "404" not in item] == []


def _box(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("^(Search|検索)$"))


def _titles(page: Page) -> Locator:
    return page.locator(".kb-hit__title")


def _options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def _search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    _box(page).fill(words)
    expect(page.locator(".kb-search__said")).to_contain_text(words.strip())


def test_what_matched_is_marked_in_title_and_passage(page: Page) -> None:
    _search(page, "proxy certificate")
    first = _options(page).first
    expect(first.locator(".kb-hit__title mark")).to_have_text("proxy")
    expect(first.locator(".kb-hit__passage mark").first).to_have_text(
        re.compile("proxy|certificate")
    )


def test_the_address_has_the_search_and_back_returns_to_it(page: Page, site: str) -> None:
    before = page.evaluate("history.length")
    _search(page, "certificate")
    page.wait_for_url("**/proxy/?q=certificate")
    assert page.evaluate("history.length") == before
    _titles(page).filter(has_text="Names that do not resolve").click()
    page.wait_for_url("**/articles/net/dns/")
    page.go_back()
    page.wait_for_url("**/proxy/?q=certificate")
    expect(_box(page)).to_have_value("certificate")
    expect(_titles(page).first).to_be_visible()


def test_an_address_with_a_search_opens_it_and_closing_takes_it_away(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=password&q.kind=article&q.section=auth")
    expect(_titles(page)).to_have_text(["Reset a password"])
    expect(page.get_by_role("radio", name="Articles")).to_be_checked()
    expect(page.get_by_role("dialog").get_by_label("Section")).to_have_value("auth")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url == f"{site}/"


def test_filters_narrow_what_is_found(page: Page) -> None:
    _search(page, "certificate")
    expect(_options(page)).to_have_count(3)
    page.get_by_role("radio", name="Macros").check()
    expect(_titles(page)).to_have_text(["Ask for the certificate"])
    page.get_by_role("radio", name="All").check()
    page.get_by_role("dialog").get_by_label("Section").select_option("net")
    expect(_titles(page)).to_have_count(2)
    _box(page).fill("certificate -resolver")
    expect(_titles(page)).to_have_text(["Behind a proxy"])


def test_nothing_found_says_whom_to_ask(page: Page) -> None:
    _search(page, "xyzzy & qq")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        "No results for xyzzy & qq"
    )
    contact = page.get_by_role("dialog").get_by_role("link", name="Contact us")
    expect(contact).to_have_attribute("href", "mailto:help@example.com?subject=xyzzy%20%26%20qq")


def test_an_empty_search_offers_picks_and_what_was_searched_for(page: Page, site: str) -> None:
    page.keyboard.press("/")
    group = page.get_by_role("group", name="Popular")
    expect(group.get_by_role("option")).to_have_text(["Behind a proxy"])
    expect(page.get_by_role("group", name="Recent searches")).to_have_count(0)
    _box(page).fill("password")
    expect(_titles(page).first).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    recent = page.get_by_role("group", name="Recent searches").get_by_role("option")
    expect(recent).to_have_text(["password"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(_box(page)).to_have_value("password")
    _box(page).fill("")
    page.get_by_role("button", name="Clear recent searches").click()
    expect(recent).to_have_count(0)
    assert page.evaluate("Object.values(localStorage).join()") in ("[]", "")


def test_arrows_go_round_and_focus_returns_where_it_was(page: Page) -> None:
    link = page.get_by_role("link", name="Home").first
    link.focus()
    _search(page, "certificate")
    box, options = _box(page), _options(page)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert options.last.get_attribute("id") == active
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_keys_wait_for_what_was_typed_last(page: Page) -> None:
    _search(page, "password")
    expect(_titles(page)).to_have_text(["Reset a password"])
    _box(page).fill("certificate")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/net/dns/")


def test_a_search_that_fails_leaves_no_hits_of_another(page: Page) -> None:
    _search(page, "password")
    expect(_titles(page)).to_have_text(["Reset a password"])
    page.evaluate("void (console.error = () => {})")
    page.evaluate("void (kbSearch.search = () => Promise.reject(new Error('cut off')))")
    _box(page).fill("certificate")
    page.keyboard.press("Enter")
    expect(_options(page)).to_have_count(0)
    page.wait_for_url("**/articles/net/proxy/?q=certificate")


_EDITORS = """() => {
  document.querySelector("main").insertAdjacentHTML("beforeend",
    `<input id="i"><textarea id="t"></textarea><select id="s"><option>/</select><div id="c" contenteditable><b>x</b></div>
     <div id="o"></div><x-closed id="x"></x-closed><div id="r" role="textbox" tabindex="0"></div>`);
  document.querySelector("#o").attachShadow({ mode: "open" }).innerHTML = "<input>";
  const closed = document.querySelector("#x").attachShadow({ mode: "closed" });
  closed.innerHTML = "<input>";
  window.closedInput = closed.querySelector("input");
}"""


def test_a_slash_that_is_typed_opens_nothing(page: Page) -> None:
    page.evaluate(_EDITORS)
    for selector in ("#i", "#t", "#s", "#c", "#o input", "#x", "#r"):
        if selector == "#x":
            page.evaluate("window.closedInput.focus()")
        else:
            page.locator(selector).focus()
        page.keyboard.press("/")
        if selector in {"#c", "#x", "#r"}:  # an editor's own key, such as for a link
            page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog"), selector).to_be_hidden()


def test_control_k_opens_and_a_composed_key_does_not(page: Page) -> None:
    page.evaluate(
        """() => document.body.dispatchEvent(
             new KeyboardEvent("keydown", { key: "/", isComposing: true, bubbles: true }))"""
    )
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(_box(page)).to_be_focused()


def test_a_page_that_is_not_there_has_the_search_too(page: Page, site: str) -> None:
    page.goto(f"{site}/no/such/page/?q=password")
    expect(_titles(page).first).to_have_text("Reset a password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/articles/auth/passwords/")


def test_a_hit_in_another_language_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}/ja/")
    _search(page, "proxy")
    expect(_options(page).first).to_contain_text("英語")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (768, "light"), (1440, "dark")])
def test_the_dialog_has_no_barrier(page: Page, width: int, scheme: Any) -> None:  # noqa: ANN401
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.reload()
    for words in ("certificate", "xyzzyqq", ""):
        page.keyboard.press("/")
        _box(page).fill(words)
        expect(page.locator(".kb-search__said")).to_contain_text(words)
        assert violations(page) == []
        wide = page.evaluate("document.querySelector('.kb-search').scrollWidth")
        assert wide <= width
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")
