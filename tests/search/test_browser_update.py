"""After an edit of a few pages the index is what it would be if all of it were made anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cannery.model.hit import SearchRecord
from cannery.search import browser_pages
from cannery.search.browser_files import Kept, SearchContent, SearchFiles, search_files
from cannery.search.browser_index import index_files
from cannery.search.browser_postings import Postings, gaps, merged, replaced
from cannery.search.browser_terms import page_terms

_WORDS = (
    "alpha beta gamma server サーバー プリンター 計算量 設定 reset-password time out 49.00 Büro"
)


def _text(chance: random.Random, size: int) -> str:
    words = [*_WORDS.split(), *(f"w{chance.randrange(4_000)}" for _ in range(size))]
    return " ".join(chance.choices(words, k=size))


@pytest.fixture(scope="module")
def pages() -> list[SearchRecord]:
    chance = random.Random(11)  # noqa: S311
    return [
        SearchRecord(
            f"articles/{number}/", f"articles/{number}", "en", f"Page {number}", "", f"Page {number}",
            _text(chance, 300), "article",
        )
        for number in range(120)
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def _many_text_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_pages, "FEW_TEXTS", 0)


@pytest.fixture
def cache(tmp_path: Path, pages: list[SearchRecord]) -> Path:
    search_files(SearchContent(pages), Kept(tmp_path, "all"))
    return tmp_path


def _after(cache: Path, pages: list[SearchRecord], known: str = "") -> SearchFiles:
    return search_files(SearchContent(pages), Kept(cache, "all", known))


def _anew(pages: list[SearchRecord]) -> dict[str, bytes]:
    return index_files(pages, [page_terms(page) for page in pages])


def test_many_edits_end_where_a_new_index_begins(cache: Path, pages: list[SearchRecord]) -> None:
    chance = random.Random(5)  # noqa: S311
    edited = [*pages]
    for turn in range(6):
        for number in chance.sample(range(len(pages)), turn % 3 + 1):
            body = chance.choice(
                ("", "プリンター", _text(chance, 400), edited[number].body + " bluewhale")
            )
            shortcut = chance.choice(("", ";vpn", f";{turn}"))
            edited[number] = edited[number]._replace(body=body, shortcut=shortcut)
        assert dict(_after(cache, edited).files) == _anew(edited)


def test_a_site_that_grows_has_its_texts_cut(
    cache: Path, pages: list[SearchRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        browser_pages, "FEW_TEXTS", sum(len(page.body.encode()) for page in pages) + 99
    )
    small = _after(cache, pages)
    grown = [pages[0]._replace(body=pages[0].body * 2), *pages[1:]]
    after = _after(cache, grown, small.id)
    made = _anew(grown)
    assert after.names == made.keys()
    assert sum(name.startswith("p") for name in small.names) == 1
    assert {name for name in made if name.startswith("p")} <= after.files.keys()


def test_only_what_is_another_than_before_is_written(
    cache: Path, pages: list[SearchRecord]
) -> None:
    before = _after(cache, pages)
    edited = [*pages[:40], pages[40]._replace(body=f"{pages[40].body} w17"), *pages[41:]]
    after = _after(cache, edited, before.id)
    assert after.names == frozenset(_anew(edited))
    assert len([name for name in after.files if name.startswith("t-")]) <= 2  # the last word, too
    assert len([name for name in after.files if name.startswith("p")]) == 1
    assert dict(before.files) | dict(after.files) == _anew(edited)


def test_another_page_or_files_of_others_have_all_written(
    cache: Path, pages: list[SearchRecord]
) -> None:
    known = _after(cache, pages).id
    assert dict(_after(cache, pages[1:], known).files) == _anew(pages[1:])
    assert dict(_after(cache, pages, "of others").files) == _anew(pages)


@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize("posting", [b"", b"\x08", b"\x0e\x01\x02aabb"])
def test_a_posting_is_replaced_where_it_stands(number: int, posting: bytes) -> None:
    there = [{"a": b"\x10"} if page % 2 else {} for page in range(9)]
    before = merged([*there, {"a": b"\x08"}])["a"]
    there[number] = {"a": posting} if posting else {}
    assert replaced("a", before, number, posting) == merged([*there, {"a": b"\x08"}])["a"]


def test_the_last_page_of_a_term_leaves_nothing() -> None:
    assert replaced("a", Postings(1, gaps([3]) + b"\x08"), 3, b"") == Postings(0, b"")


def test_a_site_without_pages_is_built_again(tmp_path: Path) -> None:
    first = _after(tmp_path, [])
    assert dict(_after(tmp_path, []).files) == dict(first.files)
