"""Pages of figures in a browser: what a phone's first screen tells, a checker, and a strict policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from tests.insight.desk_of_months import MONTHS, fill
from tests.site.checker import violations
from tests.site.served import serve

from cannery.operations.insight_site import build_insight_site
from cannery.workspace import open_workspace

_ROOT = Path(__file__).parents[2]
_PHONE = {"width": 390, "height": 844}
_VISIBLE = """() => {
  const words = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const boxes = [...range.getClientRects()];
    if (boxes.length && boxes.every((box) => box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth))
      words.push(walker.currentNode.textContent);
  }
  return words.join(" ").replace(/\\s+/g, " ");
}"""
_OLDER = {f"2025-{month:02}": (40, 28) for month in range(9, 13)}
_OLDER |= {f"2026-{month:02}": (40, 28) for month in range(1, 8)}


_OWN = """# Are all served alike?

```measure
solved_within by team by month
arrivals by week since 2026-06
solved_within by language since 2026-09
nosuch
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("figures")
    (root / "kb").mkdir()
    (root / "kb/kb.toml").write_text('name = "Help"\nlanguages = ["en", "ja", "ar"]\n', "utf-8")
    shutil.copy(_ROOT / "mkdocs.yml", root)
    (root / "kb/insight").mkdir()
    (root / "kb/insight/own.md").write_text(_OWN, "utf-8")
    workspace = open_workspace(root)
    teams = ("EMEA", "日本", "A team whose name is no line of a phone")
    fill(workspace, {**_OLDER, **MONTHS}, {"team": teams, "language": ("en", "ja")})
    with serve(build_insight_site(workspace, root / "out").folder) as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def open_page(tab: Page, address: str, scheme: Literal["light", "dark"] = "light") -> Page:
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(address)
    return tab


def test_a_phones_first_screen_answers_what_last_months_share_was_and_whether_it_is_better(
    tab: Page, site: str
) -> None:
    text = open_page(tab, f"{site}/").evaluate(_VISIBLE)
    assert re.search(
        r"In October 2026, 92% of tickets stood solved within 7 days \(81 to 97%, n = 50\):"
        r" better than the month before \(72%\)\.",
        text,
    )


def test_it_answers_in_japanese(tab: Page, site: str) -> None:
    text = open_page(tab, f"{site}/ja/").evaluate(_VISIBLE)
    assert (
        "2026年10月は、チケットの 92% が 7 日以内に解決していました（81〜97%、n = 50）。前月（72%）より改善しました。"
        in text
    )


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("", "light"),
        ("ja/", "dark"),
        ("insight/solved-within-7d/", "light"),
        ("ja/insight/solved-within-7d/", "dark"),
        ("insight/by-team/", "dark"),
        ("insight/pages/own/", "light"),
        ("ja/insight/health/", "light"),
    ],
)
def test_a_checker_finds_nothing_wrong(
    tab: Page, site: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(tab, f"{site}/{path}", scheme)
    for table in page.locator(".kb-chart__table summary").all():
        table.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"]


def test_each_list_at_the_end_of_a_page_has_something_in_it(tab: Page, site: str) -> None:
    page = open_page(tab, f"{site}/")
    assert page.locator(".kb-footer li").count() > 0
    assert page.locator(".kb-footer nav:not(:has(li))").count() == 0


def test_charts_are_drawn_under_the_policy_of_the_site(tab: Page, site: str) -> None:
    """Their colours come from classes alone: no style is refused, none is missing."""
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    page = open_page(tab, f"{site}/insight/solved-within-7d/")
    line = page.locator(".kb-chart__line").first
    assert line.evaluate("one => getComputedStyle(one).stroke") != "none"
    assert page.locator("[style]").count() == 0
    assert told == []


def test_each_chart_has_its_numbers_as_a_table(tab: Page, site: str) -> None:
    page = open_page(tab, f"{site}/insight/solved-within-7d/")
    charts, tables = (
        page.locator(".kb-chart").count(),
        page.locator(".kb-chart__table table").count(),
    )
    assert charts == tables == 2
    first = page.locator(".kb-chart__table").first.locator("tr").nth(1).locator("th, td")
    assert [text.replace("\xa0", " ") for text in first.all_text_contents()][:4] == [
        "Oct 2026",
        "92%",
        "81 to 97%",
        "50",
    ]


def test_a_teams_page_has_charts_where_it_asks_for_them(tab: Page, site: str) -> None:
    page = open_page(tab, f"{site}/insight/pages/own/")
    assert page.locator(".kb-charts .kb-chart").count() == 3
    assert page.locator(".kb-chart__bar").count() > 10
    assert "kb-figure" not in page.locator("main").inner_text()
    assert "No measure of the data is named nosuch." in page.locator("main").inner_text()


def test_where_we_have_no_words_figures_are_english_from_left_to_right(
    tab: Page, site: str
) -> None:
    page = open_page(tab, f"{site}/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    figures = page.locator(".kb-figures")
    assert (figures.get_attribute("dir"), figures.get_attribute("lang")) == ("ltr", "en")
    open_page(tab, f"{site}/ja/")
    assert tab.locator(".kb-figures").get_attribute("dir") is None


def test_the_search_finds_a_measure(tab: Page, site: str) -> None:
    page = open_page(tab, f"{site}/")
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search", exact=True).fill("solved within")
    page.locator(".kb-search__results .kb-hit__title").first.wait_for()
    assert (
        "Solved within 7 days"
        in page.locator(".kb-search__results .kb-hit__title").all_inner_texts()
    )
