"""A query is taken apart in the browser as `kb find` takes it apart."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.search.pasted import AWKWARD, CASES
from tests.site.search_tab import SearchTab, search_tab

import cannery
from cannery.model.entry import Audience
from cannery.model.hit import Query
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.query import parse
from cannery.site import web

ROOT = Path(__file__).parents[2]
_PIECES = (
    "refund", "the", "返金", "容量不足", "-v2", "-43", "-t", "-word", '-"two words"', '"two words"', "「返金の手順」", "『x』", '"', "-", "--", "--all",
    "tag:billing", "tag:Billing", "TAG:x", "kind:macro", "kind:x", "section:net", 'owner:"Ana Lee"', "lang:ja", "language:xx", "status:500", "status:draft",
    "https://e.com/x?a=b", "~/x", "a|b", "$HOME", "x.tar", "localhost:80", "\u3000", "\u00a0", "ＴＡＧ:x", "tag:\u3000", "-ａｂ", "-返金", "٣", "-٣٤",
)  # fmt: skip
_CODE = """([texts, known, dashed]) => texts.map((text) => kbSearchQuery.parse(
  text, { kind: ["macro"] }, (field, value) => known.includes(`${field}:${value}`),
  (piece) => dashed.includes(piece)))"""
_KNOWN = [
    "tag:billing",
    "kind:macro",
    "section:net",
    "owner:ana lee",
    "language:ja",
    "status:draft",
]
_IN_TEXTS = ["-v2"]


def _queries() -> list[str]:
    """Pieces side by side in any order, with a blank between them or none; and some as they are."""
    chosen = random.Random(23)  # noqa: S311 - the same queries each time
    mixed = [
        "".join(
            chosen.choice(_PIECES) + chosen.choice(("", " ")) for _ in range(chosen.randint(1, 6))
        )
        for _ in range(1500)
    ]
    return [*_PIECES, *AWKWARD, *(words for words, _ in CASES), *mixed]


@pytest.fixture(scope="module")
def parser(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=web.joined((*web.TEXT, *web.SEARCH)).decode())
    yield page
    page.close()


def test_a_query_is_the_same_parts(parser: Page) -> None:
    texts = _queries()
    there = parser.evaluate(_CODE, [texts, _KNOWN, _IN_TEXTS])
    wrong = []
    for text, browser in zip(texts, there, strict=True):
        asked = parse(
            Query(text, kind="macro"),
            lambda name, value: f"{name}:{value}" in _KNOWN,
            _IN_TEXTS.__contains__,
        )
        here = {
            "words": asked.words,
            "phrases": [*asked.phrases],
            "lifted": [*asked.lifted],
            "without": [*asked.without],
            "filters": {name: [*values] for name, values in asked.filters.items()},
            "asWords": asked.as_words,
        }
        if here != browser:
            wrong.append((text, here, browser))
    assert wrong == []


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[SearchTab]:
    with search_tab(browser, ROOT, Audience.INTERNAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with cannery.open(ROOT) as opened:
            opened.update()
            yield opened


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", '"status page"'),
        ("en", '"rate limit"'),
        ("en", '"page status the"'),  # a phrase that no page has: its words are looked for
        ("ja", "「確認期限」"),
        ("en", "pods -kubernetes"),
        ("en", 'certificate -"rotation"'),
        ("en", "certificate kind:macro"),
        ("en", "kind:macro lang:ja certificate"),
        ("en", "section:net timeout"),
        ("en", "error status:500"),
        ("en", "-kubernetes"),
        ("en", "kubectl logs -p"),
        ("en", "tag:nothing-has-this certificate"),
    ],
)
def test_syntax_finds_the_same(
    tab: SearchTab, own: KnowledgeBase, language: str, words: str
) -> None:
    hits = own.search(words, limit=3, typing=True, snippets=False)
    assert tab.search(words, language) == [hit.at.id for hit in hits]


def test_what_is_chosen_beside_the_words_filters_too(tab: SearchTab) -> None:
    macros = tab.search("certificate", "en", limit=10, kind="macro")
    assert macros
    assert all(entry.startswith("macros/") for entry in macros)
    section = tab.search("certificate", "en", limit=10, section="auth")
    assert section
    assert all(entry.split("/")[1] == "auth" for entry in section)


def test_filters_alone_list_all_that_pass(tab: SearchTab) -> None:
    found = tab.search("section:net lang:en", "en", limit=100)
    assert found == sorted(found)
    assert len(found) > 3
