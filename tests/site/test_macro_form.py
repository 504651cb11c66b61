"""A macro's form in a real browser: keys, menu, what is kept and what is said of a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, FloatRect, Locator, Page, expect
from tests.site.checker import violations

STILL_THERE = "What was copied before is still on the clipboard."


@pytest.fixture(scope="module")
def site(macro_site: str) -> str:
    return macro_site


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    """The one tab of all tests: to open another takes longer than most of them."""
    return context.new_page()


@pytest.fixture
def page(tab: Page, site: str) -> Iterator[Page]:
    """The form of a visit, which may raise no error; the browser has nothing kept of it."""
    wrong: list[str] = []

    def hear(error: Error) -> None:
        wrong.append(str(error))

    tab.on("pageerror", hear)
    tab.goto(f"{site}/macros/visit/")
    yield tab
    tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    tab.remove_listener("pageerror", hear)
    assert wrong == []


def _said(page: Page) -> Locator:
    return page.locator(".kb-reply__said")


def _text(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def _filled(page: Page) -> None:
    page.get_by_label("Who").fill("Kim")
    page.get_by_label("Day", exact=True).fill("2026-12-24")


def _press(page: Page, key: str, code: str, **held: bool) -> None:
    """A key as a Mac sends it: with Option, another sign than the letter."""
    page.evaluate(
        """([key, code, held]) => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...held }))""",
        [key, code, held],
    )


@pytest.mark.parametrize(
    ("key", "code", "format_"), [("µ", "KeyM", "Markdown"), ("†", "KeyT", "plain text")]
)
def test_a_key_is_that_of_its_place_where_option_types_another_sign(
    page: Page, key: str, code: str, format_: str
) -> None:
    _filled(page)
    _press(page, key, code, altKey=True)
    expect(_said(page)).to_have_text(f"Copied: {format_}")


def test_a_letter_counts_where_a_keyboard_has_it(page: Page) -> None:
    _filled(page)
    _press(page, "m", "Semicolon", altKey=True)  # as on a French keyboard
    expect(_said(page)).to_have_text("Copied: Markdown")


def test_altgr_and_what_ends_a_word_copy_nothing(page: Page) -> None:
    _filled(page)
    _press(page, "m", "KeyM", altKey=True, ctrlKey=True)
    _press(page, "Enter", "Enter", ctrlKey=True, isComposing=True)
    expect(_said(page)).to_have_text("")


def test_the_other_formats_are_a_menu_for_the_keyboard(page: Page) -> None:
    _filled(page)
    more = page.get_by_role("button", name="Other formats")
    menu = page.get_by_role("menu", name="Other formats")
    more.focus()
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("menuitem", name="Markdown")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Slack")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Plain text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    more.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(_said(page)).to_have_text("Copied: Markdown")
    expect(more).to_be_focused()


def test_the_menu_closes_by_its_button_and_by_a_click_elsewhere(page: Page) -> None:
    more, menu = page.get_by_role("button", name="Other formats"), page.get_by_role("menu")
    more.click()
    expect(menu).to_be_visible()
    more.click()
    expect(menu).to_be_hidden()
    more.click()
    page.get_by_role("heading", level=1).click()
    expect(menu).to_be_hidden()


def test_the_calendar_writes_the_day_into_the_text(page: Page) -> None:
    page.get_by_label("Day", exact=True).fill("24 Dec 2026")
    calendar = page.locator(".kb-date__calendar")
    expect(calendar).to_have_value("2026-12-24")
    calendar.evaluate(
        "node => { node.value = '2026-12-31'; node.dispatchEvent(new InputEvent('input', { bubbles: true })); }"
    )
    expect(page.get_by_label("Day", exact=True)).to_have_value("2026-12-31")
    expect(page.locator(".kb-reply__text")).to_contain_text("on 31 December 2026")
    page.get_by_label("Day", exact=True).fill("soon")
    expect(calendar).to_have_value("")
    assert page.get_by_role("button", name="Choose a date").is_visible()


def test_progress_tells_what_is_missing_from_what_is_wrong(page: Page) -> None:
    progress = page.locator(".kb-progress")
    expect(progress).to_contain_text("0 of 2 required fields filled")
    expect(progress).to_contain_text("Missing: Who, Day")
    page.get_by_label("Day", exact=True).fill("soon")
    expect(progress).to_contain_text("Missing: Who. To correct: Day")
    expect(page.locator(".kb-field--invalid label")).to_have_text("Day")
    expect(page.locator(".kb-field--empty")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(_said(page)).to_have_text(f"Not copied. Missing: Who. To correct: Day. {STILL_THERE}")
    expect(page.get_by_label("Who")).to_be_focused()
    expect(page.locator(".kb-field--empty label")).to_have_text("Who")
    _filled(page)
    expect(progress).to_have_text("2 of 2 required fields filled")


def test_values_outlive_a_reload_and_the_way_back(page: Page, site: str) -> None:
    _filled(page)
    page.reload()
    expect(page.get_by_label("Who")).to_have_value("Kim")
    page.goto(f"{site}/macros/")
    page.go_back()
    expect(page.get_by_label("Who")).to_have_value("Kim")


def test_values_end_with_the_copy(page: Page) -> None:
    _filled(page)
    page.keyboard.press("Control+Enter")
    expect(_said(page)).to_have_text("Copied: rich text")
    page.reload()
    expect(page.get_by_label("Who")).to_have_value("")
    expect(page.locator(".kb-form__offer")).to_be_hidden()


def test_another_visit_begins_afresh_and_offers_what_was_typed(page: Page, site: str) -> None:
    _filled(page)
    page.goto(f"{site}/macros/")
    page.goto(f"{site}/macros/visit/")
    expect(page.get_by_label("Who")).to_have_value("")
    expect(page.locator(".kb-form__offer output")).to_have_text("Kim, 2026-12-24")
    page.get_by_role("button", name="Use them").click()
    expect(page.get_by_label("Who")).to_have_value("Kim")
    expect(page.locator(".kb-form__offer")).to_be_hidden()


def test_another_tickets_address_is_not_mixed_with_the_last_ones_values(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/macros/visit/?who=Kim")
    page.get_by_label("Day", exact=True).fill("fri")
    page.reload()
    expect(page.get_by_label("Day", exact=True)).to_have_value("fri")
    page.goto(f"{site}/macros/visit/?who=Lee")
    expect(page.get_by_label("Who")).to_have_value("Lee")
    expect(page.get_by_label("Day", exact=True)).to_have_value("")
    page.get_by_role("button", name="Discard").click()
    page.goto(f"{site}/macros/visit/")
    expect(page.locator(".kb-form__offer")).to_be_hidden()


def test_the_next_ticket_finds_nothing_of_the_last_one_until_that_is_undone(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/macros/visit/?who=Kim&ticket.id=7")
    page.get_by_label("Note").fill("Bring *it*")
    page.keyboard.press("Alt+r")
    expect(page.get_by_label("Who")).to_have_value("")
    expect(page.get_by_label("Who")).to_be_focused()
    assert page.url == f"{site}/macros/visit/"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Who")).to_have_value("Kim")
    expect(page.get_by_label("Note")).to_have_value("Bring *it*")
    assert page.url.endswith("?who=Kim&ticket.id=7")
    page.get_by_role("button", name="Next ticket").click()
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("")


def test_a_link_in_the_reply_opens_beside_the_form(page: Page, context: BrowserContext) -> None:
    _filled(page)
    context.route("https://help.example.com/**", lambda route: route.fulfill(body="there"))
    with context.expect_page() as opened:
        page.locator(".kb-reply__text a").click()
    opened.value.close()
    expect(page.get_by_label("Who")).to_have_value("Kim")


def test_the_agent_is_asked_once(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/signed/")
    expect(page.locator(".kb-progress")).to_contain_text("Missing: Your name, agent.team")
    page.get_by_label("Your name").fill("Aoki")
    page.get_by_label("agent.team").fill("Night")
    expect(page.locator(".kb-reply__text")).to_contain_text("Aoki, Night")
    page.goto(f"{site}/macros/visit/")
    page.goto(f"{site}/macros/signed/")
    expect(page.locator(".kb-you__known output")).to_have_text("Aoki, Night")
    expect(page.get_by_label("Your name")).to_be_hidden()
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Your name")).to_be_focused()


_REFUSING = """() => {
  navigator.clipboard.write = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  document.execCommand = () => %s;
}"""


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        ("false", STILL_THERE),
        ("true", "The clipboard may contain other text now, so check before you paste."),
    ],
)
def test_a_refused_copy_says_what_the_clipboard_holds(page: Page, answer: str, holds: str) -> None:
    _filled(page)
    page.evaluate(_REFUSING % answer)
    page.keyboard.press("Control+Enter")
    expect(_said(page)).to_have_text(
        f"The browser did not allow copying. {holds} Select the text and copy it by hand."
    )
    assert "Hello Kim" in page.evaluate("getSelection().toString()")
    page.reload()
    expect(page.get_by_label("Who")).to_have_value("Kim")


def test_the_subject_is_copied_by_itself_once_the_form_is_whole(page: Page) -> None:
    page.get_by_role("button", name="Copy the subject").click()
    expect(_said(page)).to_have_text(f"Not copied. Missing: Who, Day. {STILL_THERE}")
    _filled(page)
    page.get_by_role("button", name="Copy the subject").click()
    expect(_said(page)).to_have_text("Copied: Subject")
    assert _text(page) == "About Kim"


def test_the_preview_calls_the_agents_values_as_the_form_does(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/signed/")
    expect(page.locator(".kb-reply__text mark")).to_have_text(["Your name", "agent.team"])


def _box(item: Locator) -> FloatRect:
    box = item.bounding_box()
    assert box is not None
    return box


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_screen_reader_finds_nothing_wrong_with_faults_and_the_menu_shown(
    page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_label("Day", exact=True).fill("soon")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Other formats").click()
    assert violations(page, "main") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")


def test_a_long_word_makes_nothing_wider_than_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("macros/long/?c=soon", "macros/?q=rindfl", "macros/"):
        page.goto(f"{site}/{path}")
        page.locator(".kb-bar:visible, #kb-macros li").first.wait_for()
        assert page.locator("main").evaluate("node => node.scrollWidth") <= 360, path
    page.set_viewport_size({"width": 1280, "height": 720})


def test_on_a_phone_the_buttons_stay_in_sight_and_a_finger_wide(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    try:
        page.get_by_label("Note").fill("a\n" * 80)
        copy = page.get_by_role("button", name="Copy", exact=True)
        for name in ("note", "who", "day"):
            page.locator(f"#kb-{name}").focus()
            expect(copy).to_be_in_viewport(ratio=1)
            # The page goes on scrolling for a moment; the bar must not hide what has the focus.
            page.wait_for_function(
                """([name, copy]) => document.getElementById(name).getBoundingClientRect().top
                     < copy.getBoundingClientRect().top - 20""",
                arg=[f"kb-{name}", copy.element_handle()],
            )
        for button in page.locator(".kb-bar button:visible, .kb-date__open").all():
            assert _box(button)["height"] >= 43.9
    finally:  # the other tests have the same page
        page.set_viewport_size({"width": 1280, "height": 720})


def test_a_hole_may_be_let_through_by_a_button(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/hole/")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(_said(page)).to_contain_text(f"Unfilled placeholder: [Name]. {STILL_THERE}")
    page.get_by_role("button", name="Copy anyway").click()
    expect(_said(page)).to_have_text("Copied: rich text")
    assert _text(page) == "Hello [Name]."


def test_the_other_language_begins_with_what_was_typed(page: Page, site: str) -> None:
    _filled(page)
    page.locator(".kb-menu--languages summary").click()
    page.get_by_role("link", name="日本語").click()
    page.wait_for_url("**/ja/macros/visit/**")
    expect(page.locator("#kb-who")).to_have_value("Kim")
    expect(page.locator(".kb-form__offer")).to_be_hidden()


def test_a_text_that_is_slow_to_render_waits_for_the_end_of_the_typing(page: Page) -> None:
    page.evaluate(
        """() => { const slow = kbRenderers.RENDERERS.markdown.render; window.times = 0;
             kbRenderers.RENDERERS.markdown.render = (body) => {
               window.times += 1;
               for (const end = performance.now() + 60; performance.now() < end; );
               return slow(body);
             }; }"""
    )
    _filled(page)
    page.get_by_label("Note").fill("a")
    page.evaluate("window.times = 0")
    page.get_by_label("Note").press_sequentially("several keys")
    page.keyboard.press("Alt+t")
    expect(_said(page)).to_have_text("Copied: plain text")
    assert _text(page).endswith("several keys")
    assert page.evaluate("window.times") < len("several keys")


def test_a_former_address_takes_the_values_along(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/calls/visit/?who=Kim#day=fri")
    page.wait_for_url("**/macros/visit/**")
    assert page.url == f"{site}/macros/visit/?who=Kim#day=fri"
    expect(page.get_by_label("Who")).to_have_value("Kim")
    expect(page.get_by_label("Day", exact=True)).to_have_value("fri")
