"""The finder of macros in a real browser: what it lists, in which order, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from tests.site.checker import violations

TITLES = "#kb-macros [role=option] strong"


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page(tab: Page, macro_site: str) -> Iterator[Page]:
    wrong: list[str] = []

    def hear(error: Error) -> None:
        wrong.append(str(error))

    tab.on("pageerror", hear)
    tab.goto(f"{macro_site}/macros/")
    expect(tab.get_by_role("combobox")).to_be_focused()
    yield tab
    tab.evaluate("localStorage.clear()")
    tab.remove_listener("pageerror", hear)
    assert wrong == []


def test_all_are_listed_by_section(page: Page) -> None:
    groups = page.locator("#kb-macros [role=group]")
    expect(groups).to_have_count(3)
    expect(page.get_by_role("group", name="Billing").get_by_role("option")).to_have_count(2)


def test_the_one_that_is_called_so_comes_first_then_what_the_search_finds(page: Page) -> None:
    page.keyboard.type("refund")
    expect(page.locator(TITLES)).to_have_text(["Refund", "Outage, refund asked", "Quote"])
    page.get_by_role("combobox").fill("offe")  # half a word of a text, which only the search knows
    expect(page.locator(TITLES)).to_have_text(["Quote"])


def test_a_section_narrows_what_is_listed_and_found(page: Page, macro_site: str) -> None:
    page.get_by_role("button", name="Outage 1").click()
    expect(page.locator(TITLES)).to_have_text(["Outage, refund asked"])
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("refund")
    expect(page.locator(TITLES)).to_have_text(["Outage, refund asked"])
    assert page.url == f"{macro_site}/macros/?q=refund&section=outage"
    page.reload()
    expect(page.get_by_role("button", name="Outage 1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(TITLES)).to_have_text(["Outage, refund asked"])


def test_what_was_used_last_is_listed_first(page: Page, macro_site: str) -> None:
    page.keyboard.type(";quote")
    expect(page.locator(TITLES)).to_have_text(["Quote"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/macros/billing/quote/")
    page.goto(f"{macro_site}/macros/")
    used = page.get_by_role("group", name="Recently used").get_by_role("option")
    expect(used.locator("strong")).to_have_text(["Quote"])


def test_back_from_a_form_leads_to_what_was_looked_for(page: Page) -> None:
    page.keyboard.type("refund")
    expect(page.locator(TITLES).first).to_have_text("Refund")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/macros/outage/start/")
    page.go_back()
    expect(page.get_by_role("combobox")).to_have_value("refund")
    expect(page.locator(TITLES).first).to_have_text("Refund")


# A search that takes the milliseconds that `after` tells for what is searched for.
_SLOW = """(after) => { const search = kbSearch.search;
  kbSearch.search = async (index, query, more) => {
    await new Promise((done) => setTimeout(done, after[query] ?? after[""]));
    return search(index, query, more);
  }; }"""


@pytest.mark.parametrize("took", [60, 400])  # shorter and longer than the names wait for it
def test_keys_wait_for_what_was_typed_last(page: Page, took: int) -> None:
    page.evaluate(_SLOW, {"": took})
    page.keyboard.type(";refund")
    page.keyboard.press("Enter")
    page.wait_for_url("**/macros/billing/refund/")
    page.go_back()
    page.get_by_role("combobox").fill("")
    page.evaluate(_SLOW, {"": took})
    page.keyboard.type("refund")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/macros/outage/start/")


def test_an_answer_that_comes_late_takes_no_list_back(page: Page) -> None:
    page.evaluate(_SLOW, {"": 0, "quot": 200})
    page.keyboard.type("quot")
    page.get_by_role("combobox").fill("refund")
    expect(page.locator(TITLES).first).to_have_text("Refund")
    page.wait_for_timeout(300)
    expect(page.locator(TITLES).first).to_have_text("Refund")


def test_an_enter_before_more_is_typed_opens_nothing(page: Page, macro_site: str) -> None:
    page.evaluate(_SLOW, {"": 60})
    page.keyboard.type("quot")
    page.keyboard.press("Enter")
    page.keyboard.type("e refund")
    page.wait_for_timeout(200)
    assert page.url == f"{macro_site}/macros/?q=quote+refund"


def test_without_the_search_names_are_found(page: Page) -> None:
    page.route("**/assets/search/**", lambda route: route.abort())
    page.reload()
    page.keyboard.type("back")
    expect(page.locator(TITLES)).to_have_text(["Refund"])
    page.unroute_all()


def test_a_tickets_values_go_on_to_the_form(page: Page, macro_site: str) -> None:
    page.goto(f"{macro_site}/macros/?ticket.requester.first_name=Kim%20%26%20Co")
    page.keyboard.type(";refund")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator(".kb-reply__text")).to_contain_text("Hello Kim & Co, the sum")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Customer")).to_have_value("Kim & Co")


def test_the_preview_has_the_fields_and_the_text_of_the_one_that_is_chosen(page: Page) -> None:
    page.keyboard.type("refund")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", level=2)).to_have_text("Refund")
    expect(preview.get_by_role("listitem")).to_have_text(["Customer", "Part", "Reason (sometimes)"])
    expect(preview.locator("mark")).to_have_text(["Customer"])
    page.keyboard.press("ArrowDown")
    expect(preview.locator(".kb-reply__text")).to_have_text("We are down.")
    page.set_viewport_size({"width": 390, "height": 800})
    page.keyboard.press("ArrowUp")
    expect(preview).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_mouse_that_rests_chooses_nothing(page: Page) -> None:
    page.mouse.move(300, 700)
    page.mouse.move(320, 430)
    page.keyboard.type("refund")
    expect(page.locator(TITLES)).to_have_count(3)
    chosen = page.locator("#kb-macros [aria-selected=true] strong")
    expect(chosen).to_have_text("Refund")
    row = page.locator("#kb-macros [role=option]").nth(1)
    row.hover()
    expect(chosen).to_have_text("Outage, refund asked")


def test_nothing_found_is_said(page: Page) -> None:
    page.keyboard.type("xyzzyqq")
    expect(page.locator(".kb-finder__none")).to_have_text("No results for xyzzyqq")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_screen_reader_finds_nothing_wrong(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("button", name="Billing 2").click()
    page.keyboard.type("refund")
    expect(page.locator(TITLES).first).to_have_text("Refund")
    assert violations(page, "main") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chip in page.locator(".kb-chip").all():
        assert chip.evaluate("node => node.scrollWidth - node.clientWidth") <= 0, "cut off"
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_ticket_is_answered_without_a_mouse(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.type("refund")
    expect(page.locator(TITLES).first).to_have_text("Refund")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Customer")).to_be_focused()
    page.keyboard.type("Kim")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # yes
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("It was late.")
    for name in ("Reply", "Copy", "Other formats"):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"
        )
        assert focused.startswith(name)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-reply__said")).to_have_text("Copied: plain text")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == "Hello Kim, the sum is on its way. It was late."
    page.keyboard.press("Alt+r")
    expect(page.get_by_label("Customer")).to_be_focused()
    expect(page.get_by_label("Customer")).to_have_value("")


def test_a_preview_that_cannot_be_read_shows_no_other_macros_text(page: Page) -> None:
    page.route("**/macros/outage/start/", lambda route: route.abort())
    page.keyboard.type("refund")
    text = page.get_by_role("region", name="Preview").locator(".kb-reply__text")
    expect(text).to_contain_text("Hello Customer")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", level=2)).to_have_text("Outage, refund asked")
    expect(text).to_be_hidden()
    page.unroute_all()
