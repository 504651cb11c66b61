"""The index of a site, as a browser reads it."""

from __future__ import annotations

import json
from pathlib import Path

from cannery.model.hit import SearchRecord
from cannery.search.browser_index import index_files, page_terms
from cannery.search.browser_index_cache import cached_terms


def _said(number: int, title: str, body: str) -> SearchRecord:
    return SearchRecord(
        f"articles/{number}/", f"articles/{number}", "en", title, "", title, body, "article"
    )


PAGES = [
    _said(number, f"Page {number}", f"words of page {number} 計算量の話") for number in range(40)
]


def test_the_same_pages_make_the_same_files(tmp_path: Path) -> None:
    one = index_files(PAGES, [page_terms(page) for page in PAGES], [("page", "sheet")])
    kept = tmp_path / "kept"
    again = index_files(PAGES, [*cached_terms(PAGES, kept)], [("page", "sheet")])
    known = index_files(PAGES, [*cached_terms(PAGES, kept)], [("page", "sheet")])
    assert one == again == known
    assert kept.exists()


def test_a_cache_that_is_broken_is_no_matter(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"nonsense")
    assert [*cached_terms(PAGES, kept)] == [page_terms(page) for page in PAGES]
    assert [*cached_terms(PAGES, tmp_path / "file" / "below")] == [
        page_terms(page) for page in PAGES
    ]


def test_no_pages_make_an_empty_index() -> None:
    files = index_files([], [], [("a", "b")])
    assert json.loads(files["meta.json"])["count"] == 0


def test_a_synonym_that_no_page_has_is_told_by_a_number_only() -> None:
    groups = [("page", "bluewhale"), ("secretone", "secrettwo")]
    files = index_files(PAGES, [page_terms(page) for page in PAGES], groups)
    everything = b"".join(files.values())
    assert b"bluewhale" not in everything
    assert b"secret" not in everything
    assert list(json.loads(files["meta.json"])["synonyms"].values()) == [["page"]]
