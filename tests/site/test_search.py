"""A reader of the site finds first what `kb find` finds first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.conftest import Base
from tests.search.pasted import ARTICLES, AWKWARD, CASES
from tests.site.search_tab import SearchTab, search_tab

import cannery
from cannery.model.entry import Audience
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.browser_readings import readings_file
from cannery.search.readings import read_as, readings, romaji, spelt_in
from cannery.search.title_words import spelt_like, title_words
from cannery.site import web

ROOT = Path(__file__).parents[2]
_QUESTIONS = (ROOT / "tests/benchmarks/questions/open.tsv").read_text("utf-8").splitlines()[::4]
QUESTIONS = [tuple(row.split("\t")[:2]) for row in _QUESTIONS]


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


def first_three(own: KnowledgeBase, words: str, *, typing: bool = False) -> list[str]:
    return [hit.at.id for hit in own.search(words, limit=3, typing=typing, snippets=False)]


@pytest.mark.parametrize(("language", "words"), QUESTIONS)
def test_the_first_three_are_those_of_kb_find(
    tab: SearchTab, own: KnowledgeBase, language: str, words: str
) -> None:
    assert tab.search(words, language) == first_three(own, words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "money back"),  # a synonym of two words
        ("ja", "容量不足"),  # a Japanese word as it stands
        ("ja", "「確認期限」の意味"),  # a quotation
        ("en", 'what is "status page" for'),
        ("en", "rate limit retry after"),  # words side by side
        ("ja", "pendingのpod"),  # a synonym of a word within Japanese
        ("en", "closing"),  # the name of a file, which is not in the text
        ("en", "retr"),  # a word that is not finished
        ("ja", "ぱすわーど"),
        ("ja", "ゲートウェイタイムアウトのログ"),  # loan words, and the English ones that they are
        ("en", "server certificate"),
        ("en", "time out"),  # a compound that others write as one word
        ("en", "passwrod rset"),
        ("ja", "しょうめいしょ"),  # as it sounds, before it is kanji
        ("ja", "しょうめいし"),
        ("ja", "しょうm"),
        ("ja", "へんきんのてつづき"),
        ("ja", "にんしょう できません"),
        ("ja", "shoumei"),
        ("ja", "syoumeisyo"),
        ("ja", "henkin houhou"),
        ("ja", "ninnsho"),
    ],
)
def test_what_is_typed_means_the_same(
    tab: SearchTab, own: KnowledgeBase, language: str, words: str
) -> None:
    assert tab.search(words, language) == first_three(own, words, typing=True)


@pytest.mark.parametrize("words", ["shoumei", "しょうめいしょ", "しょうめ", "shoumeisho"])
def test_what_is_typed_as_it_sounds_finds_the_word(tab: SearchTab, words: str) -> None:
    assert "articles/net/tls-failures" in tab.search(words, "ja")


def test_a_reading_is_the_same_words(tab: SearchTab) -> None:
    """With the whole table on both sides: a site's file has only what its pages have."""
    table = readings()
    letters = [
        word[at : at + 2]
        for same in table.words.values()
        for word in same
        for at in range(len(word) - 1)
    ]
    has = {*letters[::2], *(f"{one[-1]}{two}" for one in letters[::5] for two in "書者料")}
    file = readings_file(has).decode()
    chosen = [*table.words][::25]
    typed = [
        *chosen,
        *(f"{one}no{two}sho" for one, two in pairwise(chosen)),
        *(one[:-2] for one in chosen),
        "",
        "n",
        "sho",
    ]
    code = """([file, typed]) => {
      const table = new kbSearchReadings.Readings(file);
      return typed.map((run) => kbSearchReadings.readAs(run, table).map(({ word, isWhole }) => [word, isWhole]));
    }"""
    there = tab.page.evaluate(code, [file, typed])
    here = [[[*read] for read in read_as(run, has.__contains__)] for run in typed]
    assert sum(map(bool, here)) > 300
    assert there == here


def test_letters_are_the_same_in_both(tab: SearchTab) -> None:
    typed = [
        "しょうめいしょ",
        "syoumeisyo",
        "ninnshou",
        "annnai",
        "きっさてん",
        "shuuri",
        "tuuti",
        "しんぶn",
        "jimu",
        "zyouhou",
        "ぱーてぃ",
        "を",
    ]
    there = tab.page.evaluate("(all) => all.map(kbSearchReadings.romaji)", typed)
    assert there == [*map(romaji, typed)]
    runs = tab.page.evaluate("(all) => all.map(kbSearchReadings.speltIn)", typed)
    assert runs == [[*spelt_in(text)] for text in typed]


def test_a_shortcut_comes_first(tab: SearchTab, own: KnowledgeBase) -> None:
    for typed in (";ask-tls", ";ASK-TLS ", ";outage-end"):
        found = tab.search(typed, "en", limit=1)
        assert found == [hit.at.id for hit in own.search(typed, limit=1, typing=True)]
        assert found[0].endswith(typed.strip().lower().removeprefix(";"))


def test_what_has_little_of_the_query_is_left_out(tab: SearchTab, own: KnowledgeBase) -> None:
    words = "how do I reset the password of my account"
    everything = own.search(words, limit=200, snippets=False, typing=True)
    found = tab.search(words, "en", limit=200)
    assert 3 <= len(found) <= len(everything) / 3
    assert found == [hit.at.id for hit in everything][: len(found)]


_MEANT = "async ([a, w, o]) => (await kbSearch.search(new URL(a), w, o)).meant"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("certifcate rotaton", "certificate rotation"),  # found all the same, by its slips
        ("xqzzy certifcate", "xqzzy certificate"),
        ("certificate rotation", ""),
        ("certifi", ""),  # half typed
        ("shoumei", ""),  # found as it sounds
        ("xyzzyqq", ""),
    ],
)
def test_what_may_be_meant_by_a_slip(tab: SearchTab, words: str, meant: str) -> None:
    asked = ["http://search.invalid/", words, {"language": "en"}]
    assert tab.page.evaluate(_MEANT, asked) == meant


def test_slips_are_told_as_kb_find_tells_them(tab: SearchTab) -> None:
    titles = (
        "Certificate rotation",
        "Password reset",
        "証明書の更新手順",
        "Reset passwords",
        "Pass words",
    )
    vocabulary = title_words(titles)
    typed = [
        "certifcate rotatoin",
        "pasword rest",
        "passward",
        "証明書の更新",
        "xyzzy",
        "Certificate",
        "pas wrds",
    ]
    code = "([typed, words]) => typed.map((text) => kbSearchMeant.suggest(text, words))"
    there = tab.page.evaluate(code, [typed, vocabulary])
    assert there == [[*spelt_like(text, vocabulary)] for text in typed]


@pytest.fixture(scope="module")
def pasted(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchTab]:
    base = Base(tmp_path_factory.mktemp("pasted"))
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    for path, text in ARTICLES.items():
        base.write(path, text)
    with search_tab(browser, base.root, Audience.INTERNAL) as opened:
        yield opened


_SCORES = """async ([address, words]) => {
  const { hits } = await kbSearch.search(new URL(address), words, { language: "-", limit: 3 });
  return hits.map((hit) => [hit.entry, hit.score]); }"""


def test_words_are_read_whatever_languages_are_configured(browser: Browser, base: Base) -> None:
    """Pages in Japanese may stand where `languages` has English alone."""
    base.write("articles/a.md", "---\ntitle: 証明書を消す\n---\n古い証明書を消します。\n")
    base.write("articles/b.md", "---\ntitle: 書類\n---\n証明書と書類を更新します。\n")
    with search_tab(browser, base.root, Audience.INTERNAL) as tab, cannery.open(base.root) as own:
        for words in ("しょうめいしょ", "shoumei", "古い書類の こうしん"):
            there = tab.page.evaluate(_SCORES, ["http://search.invalid/", words])
            here = [[hit.at.id, pytest.approx(hit.score, abs=1e-4)] for hit in own.search(words)]
            assert len(here) == 2
            assert there == here


def test_what_is_pasted_hides_nothing(pasted: SearchTab) -> None:
    found = {
        words: pasted.search(words, language, limit=10)
        for words, _ in CASES
        for language in (["en"] if words.isascii() else ["ja"])
    }
    wrong = [words for words, article in CASES if f"articles/{article}" not in found[words]]
    assert wrong == []


def test_nothing_that_is_typed_breaks_the_search(pasted: SearchTab) -> None:
    for words in AWKWARD:
        pasted.search(words, "ja")


_READ = """async (address) => {
  const index = await kbIndex.open(new URL(address));
  const numbers = [...(await index.withShortcut(";VPN"))];
  const [row] = await index.pages.rows(numbers);
  const [text] = await index.pages.texts(numbers);
  return { row, text }; }"""


def test_a_page_is_shown_with_its_sections_tags_and_text(browser: Browser, tmp_path: Path) -> None:
    base = Base(tmp_path)
    base.write("kb.toml", "")
    base.write("articles/vpn.md", "---\ntitle: About VPN\n---\nHello.\n")
    head = "---\ntitle: VPN\nsummary: What to try\ntags: [Network]\nshortcut: ;vpn\n---\n"
    base.write("macros/remote-work/vpn.md", f"{head}Any **router** will do.\n")
    with search_tab(browser, base.root, Audience.INTERNAL) as opened:
        told = opened.page.evaluate(_READ, "http://search.invalid/")
    assert told == {
        "row": {
            "number": 1,
            "entry": "macros/remote-work/vpn",
            "title": "VPN",
            "language": "en",
            "address": "macros/remote-work/vpn/",
            "kind": "macro",
            "sections": ["Remote work"],
            "tags": ["Network"],
            "shortcut": ";vpn",
        },
        "text": {"number": 1, "lead": "What to try", "text": "Any router will do."},
    }


def test_a_word_is_found_with_few_requests(tab: SearchTab) -> None:
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.reload()
    tab.page.add_script_tag(content=web.joined((*web.TEXT, *web.SEARCH)).decode())
    asked.clear()
    tab.search("reset password", "en", limit=10)
    assert len(asked) <= 4
