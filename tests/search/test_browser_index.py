"""The index of a site, as a browser reads it."""

from __future__ import annotations

import json
from pathlib import Path

from cannery.model.hit import SearchRecord
from cannery.search.browser_files import Kept, SearchContent, search_files
from cannery.search.browser_index import index_files
from cannery.search.browser_shards import terms_in
from cannery.search.browser_terms import page_terms


def _said(number: int, title: str, body: str) -> SearchRecord:
    return SearchRecord(
        f"articles/{number}/", f"articles/{number}", "en", title, "", title, body, "article"
    )


PAGES = [
    _said(number, f"Page {number}", f"words of page {number} 計算量の話") for number in range(40)
]


def test_the_same_pages_make_the_same_files(tmp_path: Path) -> None:
    one = index_files(PAGES, [page_terms(page) for page in PAGES], [("page", "sheet")])
    content = SearchContent(PAGES, synonyms=[("page", "sheet")])
    again = search_files(content, Kept(tmp_path, "all"))
    known = search_files(content, Kept(tmp_path, "all"))
    assert one == again.files == known.files
    assert again.names == frozenset(one)


def test_a_cache_that_is_broken_is_no_matter(tmp_path: Path) -> None:
    whole = search_files(SearchContent(PAGES), Kept(tmp_path, "all"))
    for path in tmp_path.iterdir():
        path.write_bytes(b"nonsense")
    (tmp_path / "site-search.lines").write_bytes(b"nonsense\n" * 999)
    assert search_files(SearchContent(PAGES), Kept(tmp_path, "all", whole.id)) == whole
    nowhere = tmp_path / "site-search.lines" / "below"
    assert search_files(SearchContent(PAGES), Kept(nowhere, "all")) == whole


def test_no_pages_make_an_empty_index() -> None:
    files = index_files([], [], [("a", "b")])
    assert json.loads(files["root.json"])["count"] == 0


def test_a_synonym_that_no_page_has_is_told_by_a_number_only() -> None:
    groups = [("page", "bluewhale"), ("secretone", "secrettwo")]
    files = index_files(PAGES, [page_terms(page) for page in PAGES], groups)
    everything = b"".join(files.values())
    assert b"bluewhale" not in everything
    assert b"secret" not in everything
    assert list(json.loads(files["root.json"])["synonyms"].values()) == [["page"]]


def test_only_loan_words_that_a_page_has_are_in_the_index() -> None:
    pages = [_said(1, "One", "サーバーの話"), _said(2, "Two", "the printer")]
    files = index_files(pages, [page_terms(page) for page in pages], ())
    terms = b"".join(data for name, data in files.items() if name.startswith("t-"))
    assert "プリンタ=".encode() in terms
    assert b"server=" in terms
    assert "ファイアウォール=".encode() not in terms


def test_what_stands_for_another_spelling_is_no_word_of_a_page() -> None:
    pages = [_said(1, "One", "サーバーの話")]
    files = index_files(pages, [page_terms(page) for page in pages], ())
    shards = [data for name, data in files.items() if name.startswith("t-")]
    words = {term for data in shards for term in terms_in(data)}
    assert "サー" in words
    assert not [word for word in words if "=" in word or word == "server"]
