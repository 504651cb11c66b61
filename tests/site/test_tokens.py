"""A query is split in the browser as `kb find` splits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cannery import search
from cannery.content.files import scan
from cannery.content.library import load_each
from cannery.content.search_words import search_words
from cannery.search.query_terms import query_terms
from cannery.search.tokens import counts, has_cjk, pairs
from cannery.site import web
from cannery.workspace import open_workspace

ROOT = Path(__file__).parents[2]
AWKWARD = (
    "", "a", "the", "to be or not to be", "Running RUNNER runs ran flies dying happily relational",
    "x-request-id ERR_SSL_PROTOCOL v2.14.3 /etc/hosts kim@example.com", "getUserName HTTPServer iPhone12 v2 V10",
    "don't can’t Kim's O'Neil", "ｻｰﾊﾞｰ サーバー キー プリンター", "払い戻しの手順を教えてください。", "メモリ確保 計算量 証明書",
    "々 〇 一 ー ゝ", "ＡＢＣ１２３ ①②③ ㍻ ﬁne", "한국어 검색 中文搜索", "naïve café Straße ÇA İstanbul", "👍🏽 emoji e\u0301 \u200d",
    "How can I get my e-mail back please", "what is it", "a_b __c__ -d- e.f. g..h", "1,000 3.14 2026-11-24 12:30", "ロードバランサーのヘルスチェック", "A" * 100, "𠮷野家 叱る",
    "e-mails, the Wi\u2010Fi, set-up x-y-z a-1", "Zürich São Øre Łódź Йога Ελλάδα", "取り消しと申し込み、お問い合わせ", "ヴァイオリン、ラヴ ｳﾞｨ",
    "渡邊と齋藤、髙橋", "時々、佐々木と檜山 𠮷野 一か月 3ヶ月 何箇所", "ウェブのフアイル、ディスク ヂヅヷ", "引っ越し İçel ёлка",
)  # fmt: skip


@pytest.fixture(scope="module")
def analyser(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    names = (web.SEARCH_WORDS, "tokens.js", "query_terms.js")
    page.add_script_tag(content=web.joined(names).decode())
    yield page
    page.close()


def _texts() -> list[str]:
    workspace = open_workspace(ROOT)
    found = [loaded.item for loaded in load_each(workspace, scan(workspace).stamps)]
    return [line for item in found if item for line in item.body.splitlines() if line.strip()]


def test_every_line_of_our_own_has_the_same_terms(analyser: Page) -> None:
    texts = [*AWKWARD, *_texts()]
    code = "(texts) => texts.map((text) => [...kbTokens.counts(text)])"
    there = analyser.evaluate(code, texts)
    wrong = [
        (text, here, dict(browser))
        for text, browser in zip(texts, there, strict=True)
        if (here := counts(text)) != dict(browser)
    ]
    assert wrong == []


def test_both_read_the_one_file_of_words(analyser: Page) -> None:
    assert analyser.evaluate("kbSearchWords") == search_words()
    places = (web.FOLDER, Path(search.__file__).parent)
    sources = [text.read_text("utf-8") for place in places for text in place.glob("*.[jp][sy]")]
    assert len(sources) > len(web.SEARCH)
    for word in ("斎斉", "tried trying", '"バ"', '"ss"', "their then"):
        assert not [text for text in sources if word in text], word


def test_queries_weigh_the_same(analyser: Page) -> None:
    code = "(texts) => texts.map((text) => [...kbQueryTerms.queryTerms(text)])"
    for text, browser in zip(AWKWARD, analyser.evaluate(code, list(AWKWARD)), strict=True):
        assert dict(browser) == pytest.approx(query_terms(text)), text


def test_the_same_terms_stand_side_by_side(analyser: Page) -> None:
    code = (
        "(texts) => texts.map((text) => kbTokens.pairsOf(text).map((pair) => Object.values(pair)))"
    )
    for text, browser in zip(AWKWARD, analyser.evaluate(code, list(AWKWARD)), strict=True):
        here = [
            [one, two, -1 if has_cjk(one) else number & 0xFFFF] for one, two, number in pairs(text)
        ]
        assert browser == here, text
