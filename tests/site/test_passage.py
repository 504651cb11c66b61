"""The passage of a page that the site's search shows is the one that `kb find` shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cannery.content.files import scan
from cannery.content.library import load_each
from cannery.search.query_terms import query_terms
from cannery.search.snippet import snippet
from cannery.search.strip_markup import strip_markup
from cannery.site import web
from cannery.workspace import open_workspace

ROOT = Path(__file__).parents[2]
QUERIES = ("certificate proxy", "証明書の確認", "サーバー", "retry after rate limit", "取消", "e-mail", "the", "v2 getUserName", "xyzzy", "確")  # fmt: skip
AWKWARD = (
    "ｻｰﾊﾞｰの証明書と、ヴァイオリンのサーバー。取り消しと e\u0301mail を。",
    "ＡＢＣ ｅ-ｍａｉｌ getUserName v2 " * 20,
    "",
)
_CODE = """([texts, wanted]) => texts.map((text) => {
  const { text: shown, spans } = kbSearchPassage.passage(text, new Set(wanted));
  return [shown, spans.map(({ start, end }) => shown.slice(start, end))];
})"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=web.joined((*web.TEXT, *web.SEARCH)).decode())
    yield page
    page.close()


@pytest.mark.parametrize("query", QUERIES)
def test_the_passage_is_the_same(tab: Page, query: str) -> None:
    workspace = open_workspace(ROOT)
    found = [loaded.item for loaded in load_each(workspace, scan(workspace).stamps)]
    texts = [*AWKWARD, *(strip_markup(item.body) for item in found[::3] if item)]
    wanted = frozenset(query_terms(query))
    there = tab.evaluate(_CODE, [texts, sorted(wanted)])
    wrong = []
    for text, browser in zip(texts, there, strict=True):
        here = snippet(text, wanted)
        if browser != [here.text, [here.text[start:end] for start, end in here.spans]]:
            wrong.append((here, browser))
    assert wrong == []


def test_no_letter_is_cut_in_half(tab: Page) -> None:
    """A browser counts some letters twice, so these passages are a bit shorter there."""
    texts = ["👍🏽" * 100 + " certificate " + "👍🏽" * 100, "𠮷野家の証明書" * 30]
    for text, [shown, marked] in zip(
        texts, tab.evaluate(_CODE, [texts, ["certif", "証明"]]), strict=True
    ):
        assert shown.strip("…") in text
        assert set(marked) <= {"certificate", "証明"}
