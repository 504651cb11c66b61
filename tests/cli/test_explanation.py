"""The table of a score: in columns, whatever is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from tests.conftest import Base, Run
from wcwidth import wcswidth

from cannery.cli.explanation import as_data, show
from cannery.model.explanation import Explanation, ScorePart
from cannery.model.hit import Hit, Snippet
from cannery.model.location import Kind, Location

PARTS = (
    ScorePart("term", 2.5, "返金", fields=(("title", 1.5), ("text", 1.0))),
    ScorePart("term", 1.25, "refund", "返金", "synonym", (("heading", 1.25),)),
    ScorePart("coverage", -0.5, lacks=("たい", "\x1b]0;x\x07money")),
    ScorePart("adjacent", 0.25),
)


def _lines(parts: Sequence[ScorePart], capfd: pytest.CaptureFixture[str]) -> list[str]:
    at = Location("kb/articles/a.ja.md", "articles/a", Kind.ARTICLE, "ja")
    score = sum(part.amount for part in parts)
    hit = Hit(at, "A", "", "published", (), score, Snippet(""))
    show(hit, Explanation("kb/articles/a.ja.md", tuple(parts)))
    return capfd.readouterr().out.splitlines()


def test_columns_stand_below_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    head, first, second, coverage, adjacent = _lines(PARTS, capfd)
    assert head.split() == ["3.5000", "title", "headings", "text"]
    assert first.split() == ["+2.5000", "返金", "1.5000", "1.0000"]
    assert wcswidth(first) == wcswidth(head)
    assert second[: second.index("  synonym of 返金")].endswith("1.2500".ljust(16))
    assert wcswidth(coverage[: coverage.index("  lacks")]) == wcswidth(head)
    assert coverage.endswith("lacks たい, money")
    assert adjacent.split() == ["+0.2500", "side", "by", "side"]


def test_the_small_terms_of_a_long_text_are_summed_up(capfd: pytest.CaptureFixture[str]) -> None:
    parts = [ScorePart("term", 1.0, f"t{number}") for number in range(40)]
    rows = _lines([*parts, ScorePart("adjacent", 0.5)], capfd)
    assert rows[-2].split() == ["+28.0000", "...", "28", "more"]
    amounts = [float(re.findall(r"[\d.]+", row)[0]) for row in rows]
    assert amounts[0] == sum(amounts[1:])


def test_json_leaves_out_what_a_part_has_not() -> None:
    data = as_data(Explanation("kb/a.md", PARTS))
    assert data == {
        "path": "kb/a.md",
        "parts": [
            {
                "name": "term",
                "amount": 2.5,
                "term": "返金",
                "fields": {"title": 1.5, "text": 1.0},
            },
            {
                "name": "term",
                "amount": 1.25,
                "term": "refund",
                "typed": "返金",
                "relation": "synonym",
                "fields": {"heading": 1.25},
            },
            {"name": "coverage", "amount": -0.5, "lacks": ("たい", "\x1b]0;x\x07money")},
            {"name": "adjacent", "amount": 0.25},
        ],
    }


def test_find_explains_where_it_is_asked_to(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: Proxy hosts\n---\nwords")
    text = kb("find", "proxies", "--explain").out
    assert re.search(
        r"\n +(\d\.\d{4}) +title +headings +text\n +\+\1  proxi .* from proxies\n", text
    )
    assert kb("find", "--explain", "proxies", "--json").out.count('"explanation"') == 1
    hit = json.loads(kb("find", "proxies", "--json", "--explain").out)[0]
    assert hit["explanation"]["path"] == "kb/articles/a.md"
    assert sum(part["amount"] for part in hit["explanation"]["parts"]) == hit["score"]
    assert "explanation" not in json.loads(kb("find", "proxies", "--json").out)[0]
    assert "+" not in kb("find", "proxies").out
