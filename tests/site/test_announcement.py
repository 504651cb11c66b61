"""An announcement stays above every page until its reader closes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from cannery.site import web

_NAMES = (*web.SCRIPTS["scheme.js"], *web.SCRIPTS["announcement.js"])
_SCRIPT = web.joined(_NAMES).decode()
_PAGE = "<aside data-kb-notice><p>{}</p><button>x</button></aside><main id=kb-content tabindex=-1></main><script>{}</script>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.route("http://kb.test/**", _answer)
    yield context.new_page()
    context.close()


def _answer(route: Route) -> None:
    """A page that announces what its address ends with."""
    text = route.request.url.rpartition("/")[2]
    route.fulfill(content_type="text/html", body=_PAGE.format(text, _SCRIPT))


def _is_shown(page: Page, text: str) -> bool:
    page.goto(f"http://kb.test/{text}")
    return page.locator("[data-kb-notice]").is_visible()


def test_what_was_closed_stays_closed_until_it_says_something_else(page: Page) -> None:
    assert _is_shown(page, "down")
    page.click("button")
    assert not page.locator("[data-kb-notice]").is_visible()
    assert page.evaluate("document.activeElement.id") == "kb-content", "the focus is not lost"
    assert not _is_shown(page, "down")
    assert _is_shown(page, "up-again")


def test_without_storage_it_is_shown_and_can_be_closed(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw Error(); }})"
    )
    assert _is_shown(page, "down")
    page.click("button")
    assert not page.locator("[data-kb-notice]").is_visible()
