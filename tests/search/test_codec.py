from __future__ import annotations

import time
from array import array

import pytest
from tests.conftest import Base
from whoosh.query import And, Prefix, Term
from whoosh.searching import Searcher

import cannery
from cannery.search import codec
from cannery.search.codec import PackedPool
from cannery.search.folder import IndexFolder
from cannery.search.manifest import index_folder, latest_manifest


@pytest.fixture
def pieces(base: Base) -> Base:
    """A knowledge base whose index has several segments, and deleted documents."""
    for number in range(200):
        base.write(f"articles/{number}.md", f"proxy word{number}")
    time.sleep(0.05)  # or the next search reads some of them again
    with cannery.open(base.root) as opened:
        opened.search("proxy")
        base.write("articles/7.md", "proxy proxy change")
        (base.root / "kb/articles/8.md").unlink()
        opened.search("proxy")
    return base


def test_whoosh_itself_reads_the_index(pieces: Base) -> None:
    folder = index_folder(pieces.workspace.cache)
    generation, contents = latest_manifest(folder)
    with Searcher(IndexFolder(folder).reader(contents, generation)) as searcher:
        reader = searcher.reader()
        assert len(reader.leaf_readers()) == 2
        assert len(searcher.search(Term("text", "proxi"), limit=None)) == 199
        both = And([Term("text", "proxi"), Term("text", "word9")])
        assert [hit["entry"] for hit in searcher.search(both)] == ["articles/9"]
        assert len(searcher.search(Prefix("text", "word19"), limit=None)) == 11
        info = reader.term_info("text", "proxi")
        assert (info.doc_frequency(), info.weight()) == (201, 202)  # deleted ones are counted yet
        assert reader.frequency("text", "proxi") == 202
        assert reader.doc_frequency("text", "nothing") == 0


def test_words_that_begin_so_are_found_in_all_segments(pieces: Base) -> None:
    with cannery.open(pieces.root) as opened:
        assert [hit.at.id for hit in opened.search("chan", typing=True)] == ["articles/7"]
        assert len(opened.search("prox", typing=True, limit=500)) == 199
        assert opened.search("wrod9")
        assert opened.search("prxoy")


def test_a_pool_yields_terms_in_order_with_their_documents() -> None:
    pool = PackedPool()
    for document, term, count in ((0, b"b", 1), (0, b"a", 2), (1, b"b", 999), (2, b"b", 3)):
        pool.add(("text", term, document, count, b""))
    assert list(pool.iter_postings()) == [
        ("text", b"a", array("I", [0]), b"\x02"),
        ("text", b"b", array("I", [0, 1, 2]), b"\x01\xff\x03"),
    ]


def test_a_large_segment_has_wider_numbers(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        base.write(f"articles/{number}.md", f"proxy word{number}")
    monkeypatch.setattr(codec, "_NARROW", 10)
    with cannery.open(base.root) as opened:
        assert len(opened.search("proxy", limit=99)) == 30
        assert [hit.at.id for hit in opened.search("word21")] == ["articles/21"]
