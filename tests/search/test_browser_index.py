"""The index of a site, as a browser reads it."""

from __future__ import annotations

import json
from pathlib import Path

from cannery.model.hit import Said
from cannery.search.browser_index import analyse, index_files
from cannery.search.browser_index_cache import analysed


def _said(number: int, title: str, body: str) -> Said:
    return Said(
        f"articles/{number}/", f"articles/{number}", "en", title, "", title, body, "article"
    )


PAGES = [
    _said(number, f"Page {number}", f"words of page {number} 計算量の話") for number in range(40)
]


def test_the_same_pages_make_the_same_files(tmp_path: Path) -> None:
    one = index_files(PAGES, [analyse(page) for page in PAGES], [("page", "sheet")])
    kept = tmp_path / "kept"
    again = index_files(PAGES, [*analysed(PAGES, kept)], [("page", "sheet")])
    known = index_files(PAGES, [*analysed(PAGES, kept)], [("page", "sheet")])
    assert one == again == known
    assert kept.exists()


def test_a_cache_that_is_broken_is_no_matter(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"nonsense")
    assert [*analysed(PAGES, kept)] == [analyse(page) for page in PAGES]
    assert [*analysed(PAGES, tmp_path / "file" / "below")] == [analyse(page) for page in PAGES]


def test_no_pages_make_an_empty_index() -> None:
    files = index_files([], [], [("a", "b")])
    assert json.loads(files["meta.json"])["count"] == 0


def test_a_synonym_that_no_page_has_is_told_by_a_number_only() -> None:
    groups = [("page", "bluewhale"), ("secretone", "secrettwo")]
    files = index_files(PAGES, [analyse(page) for page in PAGES], groups)
    everything = b"".join(files.values())
    assert b"bluewhale" not in everything
    assert b"secret" not in everything
    assert list(json.loads(files["meta.json"])["synonyms"].values()) == [["page"]]
