"""What the scripts of a page make of an article's text, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.article_tab import ADDRESS, article_tab, document, rendered

TABS = '=== "Debian"\n\n    one\n\n=== "Windows"\n\n    two\n\n'
TEXT = f"""## Settings

| {" | ".join(f"column{number}" for number in range(20))} |
|{"---|" * 20}

| a |
| - |

{TABS}
Between.

=== "Windows"

    three

=== "Debian"

    #### 四つ目

    four

## Picture

![A plan](b.svg "The plan")

```sh title="x"
echo one
echo two
```
"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    html = f'{rendered(TEXT)}<a data-kb-contact href="mailto:help@e.com">Mail</a>'
    html += '<a data-kb-contact href="https://e.com/ask?a=b#c">Ask</a>'
    with article_tab(browser, html) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


@pytest.fixture
def page(tab: Page) -> Page:
    tab.evaluate("localStorage.clear()")
    tab.goto(ADDRESS)
    return tab


def test_tabs_follow_the_arrow_keys_and_say_what_they_are(page: Page) -> None:
    first = page.get_by_role("tablist").first
    expect(first.get_by_role("tab", name="Debian")).to_have_attribute("aria-selected", "true")
    first.get_by_role("tab", name="Debian").focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("tab", name="Windows")).to_be_focused()
    expect(page.get_by_role("tabpanel").first).to_have_text("two")
    expect(page.get_by_role("tabpanel").first).to_have_accessible_name("Windows")
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("tab", name="Debian")).to_be_focused()


def test_sets_with_the_same_names_go_together_and_are_remembered(page: Page) -> None:
    page.get_by_role("tab", name="Windows").first.click()
    expect(page.get_by_role("tabpanel")).to_have_text(["two", "three"])
    page.reload()
    expect(page.get_by_role("tabpanel")).to_have_text(["two", "three"])


def test_an_address_names_a_tab(page: Page) -> None:
    page.goto(f"{ADDRESS}?again#__tabbed_1_2")
    expect(page.get_by_role("tabpanel").first).to_have_text("two")


def test_an_address_of_what_a_tab_hides_opens_the_tab(page: Page) -> None:
    page.get_by_role("tab", name="Windows").first.click()
    expect(page.get_by_text("四つ目")).to_be_hidden()
    page.goto(f"{ADDRESS}#四つ目")
    expect(page.get_by_text("四つ目")).to_be_in_viewport()


def test_only_what_is_too_wide_is_a_group_that_the_keyboard_reaches(page: Page) -> None:
    frame = page.get_by_role("group")
    expect(frame).to_have_count(1)
    expect(frame).to_have_accessible_name("Table: Settings")
    expect(frame).to_have_attribute("tabindex", "0")


def test_a_picture_is_shown_whole_and_the_focus_comes_back(page: Page) -> None:
    button = page.get_by_role("button", name="A plan")
    button.press("Enter")
    expect(page.get_by_role("dialog", name="A plan")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_click_on_a_headings_link_copies_its_address(page: Page) -> None:
    page.get_by_role("heading", name="Settings").get_by_role("link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{ADDRESS}#settings"
    assert page.url.endswith("#settings")


def test_code_is_copied_whole_and_said(page: Page) -> None:
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "echo one\necho two"


def test_the_team_is_told_which_page_a_reader_comes_from(page: Page) -> None:
    here = "https%3A%2F%2Farticle.invalid%2Fa%2F"
    mail = f"mailto:help@e.com?subject=A%20page&body=%0A%0A{here}"
    expect(page.get_by_text("Mail")).to_have_attribute("href", mail)
    form = f"https://e.com/ask?a=b&page={here}&title=A%20page#c"
    expect(page.get_by_text("Ask")).to_have_attribute("href", form)


def test_without_scripts_radio_buttons_show_a_tab(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(document(rendered(TABS)))
    expect(page.get_by_text("two")).to_be_hidden()
    page.get_by_text("Windows").click()
    expect(page.get_by_text("two")).to_be_visible()
    expect(page.get_by_text("one")).to_be_hidden()
    context.close()
