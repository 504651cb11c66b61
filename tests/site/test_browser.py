"""The built site in a real browser: what a reader and an agent do there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.site.served import serve

import cannery
from cannery.manual import ARTICLES
from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

ROOT = Path(__file__).parents[2]
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (item.types.includes(type) ? (await item.getType(type)).text() : null);
  return { html: await read("text/html"), text: await read("text/plain") };
}"""


CLIPBOARD_RIGHTS = ["clipboard-read", "clipboard-write"]
_FORGET = """async () => {
  localStorage.clear();
  sessionStorage.clear();
  await navigator.clipboard.writeText("");
}"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our own knowledge base and the manual, with what we would not write."""
    root = tmp_path_factory.mktemp("internal")
    for name in ("kb", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    shutil.copytree(ARTICLES, root / "kb/articles", dirs_exist_ok=True)
    (root / "kb/articles/net/italic.ja.md").write_text("---\ntitle: 斜体\n---\n*強調* です。\n")
    (root / "kb/macros/hostile.md").write_text(HOSTILE)
    (root / "kb/macros/boxes.md").write_text(BOXES)
    (root / "kb/macros/hole.md").write_text(HOLE)
    (root / "kb/macros/signed.md").write_text("---\ntitle: Signed\n---\nHi\n\n{{ agent.name }}\n")
    config = (
        (root / "mkdocs.yml").read_text().replace("https://help.example.com", "http://127.0.0.1")
    )
    (root / "mkdocs.yml").write_text(config)
    return root


@pytest.fixture(scope="module")
def site(own: Path) -> Iterator[str]:
    """The address of its internal site."""
    root = own
    build_site(open_workspace(root), Audience.INTERNAL, root / "out", mode=Mode(alone=True))
    with serve(root / "out") as address:
        yield address


HOLE = """---
title: Hole
fields:
  - {name: a, label: Who}
---
{% comment %} kb allow: placeholder because the button is called so {% endcomment %}
Open [Settings].

Hello {{ a }} and [Name].
"""
BOXES = """---
title: Boxes
fields:
  - {name: late, type: yesno}
  - {name: plan, type: choice, choices: {free: Free plan, pro: プロ}}
  - {name: parts, type: multichoice, choices: [a, "b, c"]}
---
{% if late %}Late{% else %}Early{% endif %} {{ plan }} {{ parts }}
"""
HOSTILE = """---
title: "</script><img src=x onerror=window.hacked=1>"
summary: "</script><script>window.hacked=2</script>"
fields:
  - name: a
    label: "<img src=x onerror=window.hacked=3>"
    default: "</script><script>window.hacked=4</script>"
  - {name: b, type: choice, choices: {"</script><script>window.hacked=5</script>": "<b>x</b>"}, required: false}
---
{{ a }} <img src=x onerror=window.hacked=6> [x](javascript:window.hacked=7) {{ b }}
"""


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A reader of its own, for a test that changes more than `page` puts back."""
    made = browser.new_context(permissions=CLIPBOARD_RIGHTS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """The one tab of all tests: to open another takes four times as long as to load a page."""
    made = browser.new_context(permissions=CLIPBOARD_RIGHTS)
    yield made.new_page()
    made.close()


@pytest.fixture
def page(tab: Page, site: str) -> Iterator[Page]:
    """A page that may raise no error, and ask nobody else for anything; it remembers nothing."""
    with _watched(tab, site):
        yield tab
        tab.evaluate(_FORGET)
    tab.unroute_all()
    tab.context.clear_cookies()
    tab.emulate_media(color_scheme="light")
    tab.goto("about:blank")


@contextmanager
def _watched(page: Page, site: str) -> Iterator[None]:
    wrong: list[str] = []
    heard: tuple[tuple[Any, Callable[[Any], None]], ...] = (
        ("pageerror", lambda error: wrong.append(str(error))),
        ("console", lambda said: wrong.append(said.text) if said.type == "error" else None),
        ("request", lambda sent: None if sent.url.startswith(site) else wrong.append(sent.url)),
    )
    for event, hear in heard:
        page.on(event, hear)
    yield
    for event, hear in heard:
        page.remove_listener(event, hear)
    assert [item for item in wrong if "404" not in item] == []
    assert page.evaluate("window.hacked") is None


def _search(page: Page, words: str) -> list[str]:
    page.keyboard.press("/")
    page.get_by_role("combobox", name=re.compile("Search|検索")).fill(words)
    expect(page.locator(".kb-search__said")).to_contain_text(words.strip())
    return page.locator(".kb-search__results .kb-hit__title").all_inner_texts()


def test_the_search_finds_and_the_keyboard_opens(page: Page, site: str) -> None:
    page.goto(site)
    found = _search(page, "502 gateway")
    assert found[0] == "502, 503 and 504"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/net/http-502/")
    expect(page.get_by_role("heading", level=1)).to_have_text("502, 503 and 504")


QUERIES = (
    "502 gateway", "har fil", "kubernetes pod restrats", "ERR_CERT_AUTHORITY_INVALID", "money back", "払い戻し",
    "エスカレーション", "証明書", "ssh key", "push rejected", ";refund", "429", "メモリ不足", "障害",
    "how do I write a ticket", "OOMKilled", "webhook", "rate limit", "ログ 時刻", "SAML", "disk full", "zzz nothing",
)  # fmt: skip


def _language(words: str) -> str:
    return "en" if words.isascii() else "ja"


@pytest.fixture(scope="module")
def first_hits(own: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What `kb` finds first, from an index that is made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with cannery.open(own) as knowledge_base:
            return {
                words: {
                    hit.at.id
                    for hit in knowledge_base.search(
                        words, prefer=_language(words), typing=True, limit=1
                    )
                }
                for words in QUERIES
            }


_HITS = """async ([site, queries]) => {
  const found = {};
  for (const [words, language] of queries) {
    const { hits } = await kbSearch.search(new URL("assets/search/", site), words, { language, limit: 3 });
    found[words] = hits.map((hit) => hit.entry);
  }
  return found;
}"""


def test_the_site_finds_what_kb_find_finds(
    page: Page, site: str, first_hits: dict[str, set[str]]
) -> None:
    page.goto(site)
    found = page.evaluate(_HITS, [f"{site}/", [(words, _language(words)) for words in QUERIES]])
    missed = {words: first - {*found[words]} for words, first in first_hits.items()}
    assert {words: missing for words, missing in missed.items() if missing} == {}


def test_the_pages_language_comes_first(page: Page, site: str) -> None:
    page.goto(f"{site}/ja/")
    _search(page, "HAR")
    expect(page.locator(".kb-search__results [role=option]").first).to_have_attribute("lang", "ja")


def test_nothing_found_is_said_and_escape_closes(page: Page, site: str) -> None:
    page.goto(site)
    assert _search(page, "xyzzyqq") == []
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("No results for xyzzyqq")
    page.keyboard.press("Escape")
    expect(page.locator(".kb-search")).to_be_hidden()


def test_a_japanese_enter_that_ends_a_word_opens_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/ja/")
    _search(page, "証明書")
    page.evaluate(
        """() => document.querySelector(".kb-search__input").dispatchEvent(
             new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }))"""
    )
    page.wait_for_timeout(150)
    assert page.url.partition("?")[0] == f"{site}/ja/"  # a search gets an address in a while


def test_a_page_that_is_not_there_looks_for_what_its_address_said(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/network/har-file")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page.locator("[data-kb-lost] a").first).to_have_text("Record a HAR file")


def test_a_macro_is_filled_in_by_keys_and_copied_rich(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/billing/refund/")
    expect(page.get_by_label("Customer's first name")).to_be_focused()
    page.keyboard.type("Kim")
    page.get_by_label("Decision").select_option("part")
    page.get_by_label("Number of the invoice").fill("INV-*7*")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".kb-reply__said")).to_contain_text("Missing: Amount, Reason")
    expect(page.get_by_label("Amount")).to_be_focused()
    page.keyboard.type("49.00 EUR")
    page.get_by_label("Reason").fill("it was used")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: rich text")
    expect(page.locator(".kb-reply__then")).to_contain_text("status: solved")
    copied = page.evaluate(CLIPBOARD)
    assert "<strong>49.00 EUR</strong> for invoice INV-*7*" in copied["html"]
    assert copied["text"].startswith("Hello Kim,\n\nWe've refunded 49.00 EUR for invoice INV-*7*")


def test_a_hole_holds_the_copy_back_until_a_key_lets_it_go_once(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/hole/")
    said = page.locator(".kb-reply__said")
    page.get_by_label("Who").fill("[Kim]")
    page.keyboard.press("F9")
    expect(said).to_have_text("")
    page.keyboard.press("Alt+t")
    expect(said).to_contain_text("Not copied. Unfilled placeholder: [Name]. What was copied")
    expect(said).to_contain_text("Press F9 to copy anyway.")
    page.keyboard.press("F9")
    expect(said).to_have_text("Copied: plain text")
    assert page.evaluate(CLIPBOARD)["text"] == "Open [Settings].\n\nHello [Kim] and [Name]."
    page.keyboard.press("F9")
    page.keyboard.press("Alt+t")
    expect(said).to_contain_text("Not copied")


@pytest.mark.parametrize(
    ("key", "said", "text"),
    [
        ("Alt+m", "Copied: Markdown", "**4** for invoice A\\*1 "),
        ("Alt+t", "Copied: plain text", "4 for invoice A*1 "),
    ],
)
def test_other_formats_are_a_key_away(
    page: Page, site: str, key: str, said: str, text: str
) -> None:
    page.goto(
        f"{site}/macros/billing/refund/?customer=Kim&decision=part&invoice=A*1&amount=4&reason=x"
    )
    page.keyboard.press(key)
    expect(page.locator(".kb-reply__said")).to_have_text(said)
    copied = page.evaluate(CLIPBOARD)
    assert text in copied["text"]
    assert copied["html"] is None


_COMPOSER = """() => {
  document.body.innerHTML = "<div id=composer contenteditable></div>";
  document.querySelector("#composer").focus();
}"""


def test_what_is_copied_for_slack_pastes_into_a_composer_as_rich_text(
    page: Page, site: str
) -> None:
    page.goto(
        f"{site}/macros/billing/refund/?customer=K%26C&decision=part&invoice=A*1_2&amount=4&reason=x"
    )
    page.keyboard.press("Alt+s")
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: Slack")
    assert "for invoice A*1_2" in page.evaluate(CLIPBOARD)["text"]
    page.evaluate(_COMPOSER)
    page.keyboard.press("Control+v")
    composer = page.locator("#composer")
    expect(composer).to_contain_text("Hello K&C,")
    expect(composer).to_contain_text("for invoice A*1_2")
    expect(composer.locator("strong").first).to_have_text("4")
    assert not [sign for sign in ("&amp;", "\u2060", "\u200b") if sign in composer.inner_text()]


def test_without_a_clipboard_interface_the_copy_event_has_both_kinds(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })"
    )
    page.goto(f"{site}/macros/general/merged/?customer=Kim")
    page.evaluate(
        """() => { const set = DataTransfer.prototype.setData; window.given = {};
             DataTransfer.prototype.setData = function (type, data) { window.given[type] = data; set.call(this, type, data); }; }"""
    )
    for box in page.locator(".kb-form input[type=text]").all():
        if not box.input_value():
            box.fill("7")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: rich text")
    given = page.evaluate("window.given")
    assert set(given) == {"text/plain", "text/html"}
    assert "<p>" in given["text/html"]


def test_values_come_from_the_address_and_go_to_the_other_language(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/billing/refund/?customer=Kim&ticket.requester.first_name=Lee")
    expect(page.get_by_label("Customer's first name")).to_have_value("Kim")
    page.get_by_label("Amount").fill("¥4,900")
    page.locator(".kb-menu--languages summary").click()
    page.get_by_role("link", name="日本語").click()
    page.wait_for_url("**/ja/macros/billing/refund/**")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator("#kb-customer").input_value() == "Kim"
    assert page.locator("#kb-amount").input_value() == "¥4,900"
    assert "?" not in page.url, "what was typed is sent to no server"


def test_an_address_chooses_in_any_width_and_by_label(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/boxes/?late=ＹＥＳ&plan=ﾌﾟﾛ&parts=ｂ，　ｃ")
    expect(page.get_by_label("yes", exact=True)).to_be_checked()
    expect(page.get_by_label("plan")).to_have_value("pro")
    expect(page.get_by_label("b, c")).to_be_checked()
    page.get_by_label("a", exact=True).check()
    expect(page.locator(".kb-reply__text")).to_have_text("Late pro a and b, c")


def test_what_is_neither_yes_nor_no_ticks_neither(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/boxes/?late=perhaps")
    expect(page.locator("#kb-late-said")).to_have_text("Enter yes or no.")
    expect(page.get_by_label("no", exact=True)).not_to_be_checked()


def test_a_tickets_values_fill_fields_that_want_them(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/billing/refund/?ticket.requester.first_name=Lee")
    expect(page.get_by_label("Customer's first name")).to_have_value("Lee")


def test_the_agent_is_asked_for_by_one_box_with_a_label(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/signed/")
    expect(page.locator(".kb-progress__lacks")).to_have_text("Missing: Your name")
    assert page.locator(".kb-form label").all_inner_texts() == ["Your name"]
    page.get_by_label("Your name").fill("Aoki")
    expect(page.locator(".kb-progress__lacks")).to_be_empty()


def test_the_agents_name_stays_in_the_browser(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/billing/refund/?customer=Kim")
    page.get_by_label("Your name").fill("Hanako <b>")
    expect(page.locator(".kb-reply__text")).to_contain_text("Hanako <b>")
    page.goto(f"{site}/macros/billing/licence/")
    expect(page.locator(".kb-you__known output")).to_have_text("Hanako <b>")


def test_a_wrong_value_is_told_in_the_language_of_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/ja/macros/billing/refund/")
    page.locator("#kb-days").fill("soon")
    expect(page.locator("#kb-days-said")).to_have_text(
        "数値を入力してください（例：42、3.5、1,000）。"
    )


def test_a_wrong_value_says_what_would_be_right(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/billing/refund/")
    page.get_by_label("Business days").fill("soon")
    expect(page.locator("#kb-days-said")).to_have_text("Enter a number, such as 42, 3.5 or 1,000.")
    assert page.locator("#kb-days").get_attribute("aria-invalid") == "true"
    page.get_by_label("Business days").fill("7")
    expect(page.locator("#kb-days-said")).to_be_empty()
    expect(page.locator(".kb-reply__text")).to_contain_text("within 7 business days")


def test_the_finder_goes_straight_to_the_form(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/")
    expect(page.get_by_role("combobox", name="Find a macro")).to_be_focused()
    page.keyboard.type(";refund")
    expect(page.locator("#kb-macros [aria-selected=true]")).to_contain_text("Refund")
    page.keyboard.press("Enter")
    page.wait_for_url("**/macros/billing/refund/")
    page.goto(f"{site}/ja/macros/")
    page.keyboard.type("払い戻し")
    expect(page.locator("#kb-macros [aria-selected=true] strong")).to_have_text("返金のご案内")


def test_a_word_that_no_macro_has_hides_none_in_the_finder(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/")
    page.keyboard.type("refund -xzf")
    expect(page.locator("#kb-macros [aria-selected=true]")).to_contain_text("Refund")


def test_what_means_ill_runs_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/hostile/")
    expect(page.locator(".kb-reply__text")).to_contain_text("window.hacked=4")
    page.goto(f"{site}/macros/")
    expect(page.locator("#kb-macros")).to_contain_text("window.hacked=1")
    page.goto(site)
    _search(page, "hacked")
    expect(page.locator(".kb-search__results")).to_contain_text("onerror")


def test_japanese_is_not_slanted_and_says_its_language(page: Page, site: str) -> None:
    page.goto(f"{site}/ja/articles/net/italic/")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert (
        page.locator("article em").evaluate("node => getComputedStyle(node).fontStyle") == "normal"
    )
    style = page.locator("article p").first.evaluate("node => getComputedStyle(node).lineBreak")
    assert style == "strict"


def test_everything_is_reached_by_the_tab_key(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/net/har-file/")
    page.keyboard.press("Tab")
    expect(page.locator(".kb-skip")).to_be_focused()
    seen = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.innerText ?? ''").strip())
    assert {"Cannery Support", "Home", "403 Forbidden", "Take the secrets out"} <= seen


KINDS = (
    "", "ja/", "articles/", "articles/net/", "articles/net/har-file/", "articles/guides/site/", "articles/rules/active/", "macros/",
    "macros/billing/refund/?customer=Kim", "macros/hostile/", "macros/billing/", "tags/", "tags/kb/", "changes/", "nowhere/at/all",
)  # fmt: skip
WATCH = """window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`));"""


# What a click does is asked of each page here; that a pointer gets there, of one elsewhere.
_CLICKS = "(places) => { for (const place of places) document.querySelector(place).click(); }"


# Each page is looked at in the other colours too.
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_each_kind_of_page_keeps_to_its_policy(
    browser: Browser, site: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(WATCH)
    for path in KINDS:
        page.goto(f"{site}/{path}")
        page.evaluate(_CLICKS, [".kb-searchbar"])
        page.locator(".kb-search__input").fill("har")
        page.locator(".kb-search__results [role=option]").first.wait_for()
        page.keyboard.press("Escape")
        page.evaluate(_CLICKS, [".kb-menu--scheme summary", "[data-kb-scheme-choice=dark]"])
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
        assert page.evaluate("window.broken") == [], path
    context.close()


def test_the_policy_forbids_what_is_no_file_of_the_site(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{site}/articles/net/har-file/")
    page.evaluate(
        """() => { const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
          add("script", { textContent: "window.hacked = 1" });
          add("script", { src: "data:text/javascript,window.hacked=2" });
          add("div", { innerHTML: "<img src=x onerror='window.hacked=3'><p style='color: red' id=red>x</p>" });
          add("iframe", { srcdoc: "<script>parent.hacked = 4</script>" });
          location.href = "javascript:window.hacked=5"; }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#red").evaluate("node => getComputedStyle(node).color") != "rgb(255, 0, 0)"
    broken = {said.split()[0] for said in page.evaluate("window.broken")}
    assert broken >= {"script-src-elem", "script-src-attr", "style-src-attr"}


def test_the_chosen_colours_stay_for_the_next_page(page: Page, site: str) -> None:
    page.goto(site)
    page.locator(".kb-menu--scheme summary").click()
    page.locator("[data-kb-scheme-choice=dark]").click()
    page.goto(f"{site}/articles/")
    assert page.locator("html").get_attribute("data-kb-scheme") == "dark"


def test_code_is_copied_with_a_click(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/guides/site/")
    page.locator("article pre").first.hover()
    page.locator("article .kb-code button").first.click()
    copied = page.evaluate(CLIPBOARD)
    assert copied["text"].startswith("$ kb site serve")


# What a new format and a new type take in the browser: a row each.
_ROWS = """
kbRenderers.RENDERERS.shout = {
  render: ({ nodes }) => kbRenderText.text(nodes).toUpperCase(), plain: "shout", key: "U",
};
kbFieldTypes.FIELD_TYPES.colour = {
  parse: (_, text) => {
    if (!/^#[0-9a-f]{6}$/.test(text)) throw new kbFieldTypes.Refused("no colour", "As in #c0ffee.");
    return text;
  },
  control: kbControls.line(),
};
"""


def test_a_made_up_format_and_type_are_a_row_each(page: Page, site: str) -> None:
    def with_rows(route: Route) -> None:
        route.fulfill(body=route.fetch().text() + _ROWS, content_type="text/javascript")

    def with_colour(route: Route) -> None:
        text, times = re.subn('"type": "text"', '"type": "colour"', route.fetch().text())
        assert times
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route("**/assets/kb/form.js", with_rows)
    page.route("**/macros/hostile/", with_colour)
    page.goto(f"{site}/macros/hostile/")
    field = page.get_by_label("<img src=x onerror=window.hacked=3>")
    field.fill("red")
    expect(page.locator(".kb-field__fault").first).to_have_text("no colour. As in #c0ffee.")
    field.fill("#c0ffee")
    page.get_by_role("button", name="Other formats").click()
    page.get_by_role("menuitem", name="shout").click()
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: shout")
    assert page.evaluate(CLIPBOARD)["text"].startswith("#C0FFEE")
    field.fill("#00ff00")
    page.keyboard.press("Alt+u")
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: shout")
    assert page.evaluate(CLIPBOARD)["text"].startswith("#00FF00")
