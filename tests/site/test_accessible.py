"""Each kind of page for everyone: what a checker says, the keyboard alone, a screen reader's order, any width and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, pairwise, product
from typing import Literal, NamedTuple, cast

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.checker import violations
from tests.site.rich import LONG, rich
from tests.site.served import build, serve

from cannery.model.entry import Audience

WIDTHS = {390: 844, 768: 1024, 1440: 900}
NARROWEST = 320
"""What 1,280 px are at a zoom of 400 %, which everyone may need."""
_MOST_SHIFT = 0.02
_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
_WIDE = """() => [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
  .map((one) => one.outerHTML.slice(0, 80))]"""


class Kind(NamedTuple):
    path: str
    act: Callable[[Page], object] = lambda _: None
    widths: tuple[int, ...] = tuple(WIDTHS)


def _search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search", exact=True).fill(words)
    expect(page.locator(".kb-search__said")).to_contain_text(re.compile(r"\S"))


def _typed(page: Page) -> None:
    page.get_by_role("textbox").first.fill("Ada")


KINDS = {
    "front": Kind(""),
    "articles": Kind("articles/"),
    "section": Kind("articles/all/"),
    "article": Kind("articles/all/everything/"),
    "macros": Kind("macros/all/"),
    "form": Kind("macros/all/form/"),
    "form filled": Kind("macros/all/form/", _typed),
    "finder": Kind("macros/"),
    "tag": Kind("tags/network/"),
    "changes": Kind("changes/"),
    "missing page": Kind("no/such/page/"),
    "search": Kind("articles/all/second/", lambda page: _search(page, "gateway")),
    "sheet of a phone": Kind(
        "articles/all/everything/", lambda page: page.locator("[data-kb-open-menu]").click(), (390,)
    ),
    "languages": Kind(
        "articles/all/everything/",
        lambda page: page.locator(".kb-menu--languages summary").click(),
        (1440,),
    ),
    "ways to copy": Kind("macros/all/form/", lambda page: page.locator(".kb-copy__more").click()),
    "nothing found": Kind("articles/all/second/", lambda page: _search(page, "qqqqzzzz")),
}
_ALL = {
    name: [(name, width, scheme) for width, scheme in product(kind.widths, ("light", "dark"))]
    for name, kind in KINDS.items()
}
_SOME = [looks[at % len(looks)] for at, looks in enumerate(_ALL.values())]
"""Each kind once, at widths and in schemes by turns; all of them are looked at with `-m long`."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = rich(tmp_path_factory.mktemp("rich"))
    with serve(build(root, {}, Audience.INTERNAL)) as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script(f"({_SHIFTS})()")
    yield page
    page.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The one tab, as wide as a desktop's and light."""
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.emulate_media(color_scheme="light")
    yield tab
    tab.evaluate("sessionStorage.clear(); localStorage.clear()")


def _faults(page: Page, address: str, kind: Kind, width: int, scheme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    # What still moves has colours of its own.
    light_or_dark = cast("Literal['light', 'dark']", scheme)
    page.emulate_media(color_scheme=light_or_dark, reduced_motion="reduce")
    page.goto(f"{address}/{kind.path}")
    kind.act(page)
    return violations(page)


@pytest.mark.parametrize(("kind", "width", "scheme"), _SOME)
def test_a_checker_finds_nothing_wrong(
    page: Page, site: str, kind: str, width: int, scheme: str
) -> None:
    assert _faults(page, site, KINDS[kind], width, scheme) == []


@pytest.mark.long
@pytest.mark.parametrize(("kind", "width", "scheme"), [*chain.from_iterable(_ALL.values())])
def test_a_checker_finds_nothing_wrong_anywhere(
    page: Page, site: str, kind: str, width: int, scheme: str
) -> None:
    assert _faults(page, site, KINDS[kind], width, scheme) == []


# The narrowest is the hardest; of the others each page has one by turns, and all with `-m long`.
@pytest.mark.parametrize("every", [len(WIDTHS), pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("language", LONG)
def test_no_page_is_wider_than_the_screen(page: Page, site: str, language: str, every: int) -> None:
    root = "" if language == "en" else f"{language}/"
    turn = [*LONG].index(language)
    for at, kind in enumerate(("front", "section", "article", "form", "finder"), turn):
        page.goto(f"{site}/{root}{KINDS[kind].path}")
        for width in (NARROWEST, *[*WIDTHS][at % every :: every]):
            page.set_viewport_size({"width": width, "height": 800})
            more, *places = page.evaluate(_WIDE)
            assert more <= 0, (kind, width, places)


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_a_page_comes(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    shifts = {}
    for kind in ("front", "section", "article", "form", "finder"):
        page.goto(f"{site}/{KINDS[kind].path}")
        page.wait_for_timeout(100)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        shifts[kind] = page.evaluate("window.shifted")
    assert {kind: shift for kind, shift in shifts.items() if shift >= _MOST_SHIFT} == {}


_FOCUSED = """() => {
  const one = document.activeElement;
  return `${one.localName} ${(one.getAttribute("aria-label") || one.innerText || "").trim().split("\\n")[0]}`;
}"""


def _tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until an element of this name has the focus, and can be seen to have it."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(_FOCUSED))
        if name in passed[-1]:
            assert page.locator(":focus").evaluate(
                "(one) => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none'"
            ), f"the focus on {passed[-1]} is not seen"
            return
    raise AssertionError(f"{name} is not reached: {passed}")


def test_a_trip_by_the_keyboard_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    _tab_to(page, "Skip to content", 1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    _tab_to(page, LONG["en"])  # a pick, or the section's card
    _search(page, "gateway")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/all/second/")
    page.go_back()
    page.goto(f"{site}/articles/all/second/")
    _tab_to(page, "Search")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
    assert "Search" in page.evaluate(_FOCUSED)  # where it was before


def test_a_screen_reader_hears_what_the_page_is_then_its_text_then_what_is_next(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/articles/all/everything/")
    told = page.locator("body").aria_snapshot()
    order = [line.strip("- :").split(' "')[0] for line in told.splitlines() if line[:2] == "- "]
    assert [part for part in order if part in {"banner", "main", "contentinfo"}] == [
        "banner",
        "main",
        "contentinfo",
    ]
    assert order[0] == "link"  # to the content
    levels = [int(level) for level in re.findall(r"heading .*?\[level=(\d)\]", told)]
    assert levels[0] == 1
    assert all(deeper <= above + 1 for above, deeper in pairwise(levels))
    assert levels.count(1) == 1
    named = re.findall(r"^ *- navigation(.*)$", told, re.MULTILINE)
    assert all('"' in name for name in named), named
    assert len(named) == len(set(named)), named


def test_a_screen_reader_hears_a_form_in_its_order(page: Page, site: str) -> None:
    page.goto(f"{site}/macros/all/form/")
    told = page.get_by_role("main").aria_snapshot()
    form, reply, copy = (told.index(part) for part in ("- form", "Hello", 'button "Copy'))
    assert form < reply
    assert form < copy
    fields = page.get_by_role("form").locator(":is(input, select, textarea):not([aria-hidden])")
    for at in range(fields.count()):
        html = fields.nth(at).evaluate("(one) => one.outerHTML")
        assert fields.nth(at).evaluate("(one) => one.labels?.length || one.ariaLabel"), html
