"""What a score is made of: the parts are its very sums, and tell where a term comes from."""

from __future__ import annotations

from typing import Unpack

import pytest
from tests.conftest import Base

import cannery
from cannery.model.explanation import ScorePart
from cannery.model.hit import Filters, Hit
from cannery.search.explain import Recorder
from cannery.search.tokens import MARK


@pytest.fixture
def desk(base: Base) -> Base:
    base.write("synonyms.yml", "- [refund, 返金, money back]\n")
    base.write(
        "articles/refund.md",
        "---\ntitle: Refund\nreviewed: 2020-01-01\n---\n## Money\n\nThe bad gateway is in Zürich.",
    )
    base.write("articles/refund.ja.md", "---\ntitle: 返金\n---\nパスワードは不要です。容量不足")
    base.write("articles/other.md", "---\ntitle: Other\n---\nbad weather, good gateway, e-mail")
    return base


def explained(base: Base, words: str, **more: Unpack[Filters]) -> list[Hit]:
    with cannery.open(base.root) as opened:
        return opened.search(words, **more | {"explain": True})


def parts(hit: Hit) -> dict[str, ScorePart]:
    """By the term, or else the name."""
    assert hit.explanation
    return {part.term or part.name: part for part in hit.explanation.parts}


QUERIES = (
    "refund", "refnud", "refu", "zurich", "bad gateway", "返金", "金", "ぱすわーど", "money back please", "容量不足", '"bad gateway" refund',
    "kind:article", "tag:none refund", '"gateway bad"', "how do I get my e-mail in Zürich back", "refund -weather",
    "status:500 bad",
)  # fmt: skip


@pytest.mark.parametrize("words", QUERIES)
def test_the_parts_add_up_to_the_score(desk: Base, words: str) -> None:
    usage = {"articles/refund": 0.7}
    hits = explained(desk, words, usage=usage)
    assert hits
    for hit in hits:
        assert hit.explanation
        assert sum(part.amount for part in hit.explanation.parts) == pytest.approx(hit.score)


@pytest.mark.parametrize("words", QUERIES)
def test_an_explained_search_finds_the_same(desk: Base, words: str) -> None:
    with cannery.open(desk.root) as opened:
        plain = opened.search(words)
    assert [hit.explanation for hit in plain] == [None] * len(plain)
    assert [hit._replace(explanation=None) for hit in explained(desk, words)] == plain


@pytest.mark.parametrize(
    ("words", "term", "typed", "relation"),
    [
        ("refund", "refund", "", ""),
        ("gateways", "gatewai", "gateways", "form"),
        ("Zürich", "zurich", "Zürich", "form"),
        ("the email", "email", "", ""),
        ("refnud", "refund", "refnud", "spelling"),
        ("weath", "weather", "weath", "beginning"),
        ("ぱすわーど", "パス", "ぱす", "katakana"),
        ("量", "量不", "量", "letter"),
        ("返金", "refund", "返金", "synonym"),
        ("容量不足", "容量不足", "容量不足", "phrase"),
    ],
)
def test_a_term_tells_what_it_comes_from(
    desk: Base, words: str, term: str, typed: str, relation: str
) -> None:
    all_parts = {name: part for hit in explained(desk, words) for name, part in parts(hit).items()}
    part = all_parts[term]
    assert (part.name, part.typed, part.relation) == ("term", typed, relation)


def test_an_unfinished_word_is_told_as_such(desk: Base) -> None:
    hit, *_ = explained(desk, "bad gateway weat", typing=True)
    assert parts(hit)["weather"].relation == "unfinished"


def test_a_term_tells_how_much_comes_from_each_field(desk: Base) -> None:
    hit, *_ = explained(desk, "refund")
    part = parts(hit)["refund"]
    assert [name for name, _ in part.fields] == ["text", "title"]
    assert sum(share for _, share in part.fields) == pytest.approx(part.amount, abs=0.001)


def test_what_an_entry_lacks_takes_from_its_score(desk: Base) -> None:
    hits = {hit.at.id: hit for hit in explained(desk, "bad gateway weather")}
    assert "coverage" not in parts(hits["articles/other"])
    coverage = parts(hits["articles/refund"])["coverage"]
    assert (coverage.amount < 0, coverage.lacks) == (True, ("weather",))


def test_a_word_is_lacked_once_and_only_where_no_spelling_of_it_stands() -> None:
    recorder = Recorder("log in page", [0])
    recorder.added("page", "text", [1.0], 0)
    recorder.covered(["page", f"{MARK}page", "login", f"{MARK}login"], [0.5], 0)
    assert recorder.parts(0, 0.5)[-1].lacks == ("login",)


def test_words_side_by_side_use_and_an_overdue_review_are_told(desk: Base) -> None:
    hits = explained(desk, "bad gateway", usage={"articles/refund": 1.0})
    refund = parts(next(hit for hit in hits if hit.at.id == "articles/refund"))
    assert refund["adjacent"].amount > 0
    assert refund["usage"].amount > 0
    assert refund["overdue"].amount < 0


def test_the_variant_that_has_the_score_is_told(desk: Base) -> None:
    desk.write("articles/two.md", "---\ntitle: Gauge gauge\n---\ngauge gauge")
    desk.write("articles/two.ja.md", "計測器の gauge のこと。長い文章がここに続きます。")
    hit, *_ = explained(desk, "gauge", prefer="ja")
    assert hit.explanation
    assert (hit.at.path, hit.explanation.path) == ("kb/articles/two.ja.md", "kb/articles/two.md")
