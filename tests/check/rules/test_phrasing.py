"""Phrases that nobody writes whose language it is are found, and those that people write are not.

`phrasing_kept.json` has sentences that the rule is not made after.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.check.page import page
from cannery.check.rules.phrasing import phrased
from cannery.workspace import Settings

_SETTINGS = Settings(languages=("en", "ja", "de"))
_HERE = Path(__file__).parent
_SETS = [json.loads(file.read_text("utf-8")) for file in sorted(_HERE.glob("phrasing*.json"))]


def _problems(text: str, language: str, settings: Settings | None = None) -> list[str]:
    name = "a.md" if language == "en" else f"a.{language}.md"
    source = f"---\ntitle: A\n---\n{text}\n"
    made = page(f"kb/macros/{name}", source.encode(), settings or _SETTINGS)
    return [problem.message for problem in phrased(made)]


def _sentences(kind: str, language: str) -> list[str]:
    return [sentence for one in _SETS for sentence in one[language][kind]]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("one", _SETS, ids=["worked with", "kept back"])
def test_at_least_three_in_four_stiff_sentences_are_found(
    one: dict[str, dict[str, list[str]]], language: str
) -> None:
    planted = one[language]["planted"]
    missed = [sentence for sentence in planted if not _problems(sentence, language)]
    assert len(planted) == 10
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_good_sentence_is_taken_for_a_stiff_one(language: str) -> None:
    good = _sentences("good", language)
    assert len(good) == 40
    assert {sentence: found for sentence in good if (found := _problems(sentence, language))} == {}


def test_the_line_is_told_with_what_to_say_instead(base: Base, kb: Run) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\nHello,\n\nkindly\nwait.\n")
    out = kb("check").out
    assert "kb/macros/a.md:6: warning: stiff phrase: “kindly” [phrasing]" in out
    assert "Say please." in out


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("確認させていただきます。結果をお知らせさせていただきます。", "ja", 1),
        ("確認させていただきます。\n\n結果をお知らせさせていただきます。", "ja", 0),
        ("よろしくお願いいたします。\n\n何卒よろしくお願い申し上げます。", "ja", 1),
        ("I'm sorry about the delay.\n\n- Sorry again.", "en", 1),
        ("`kindly` and\n\n```\nkindly\n```", "en", 0),
        ("Unkindly. Kindly.", "en", 1),
        ("Kindly.", "de", 0),
    ],
)
def test_only_prose_counts_and_some_phrases_may_stand_once(
    text: str, language: str, count: int
) -> None:
    assert len(_problems(text, language)) == count


@pytest.mark.parametrize("where", ["avoid", "keep"])
def test_what_the_team_says_of_a_phrase_goes_first(where: str) -> None:
    settings = Settings(**{where: {"en": {"Kindly": "as the customer writes"}}})  # type: ignore[arg-type]
    assert _problems("Kindly wait, as per the log.", "en", settings) == ["stiff phrase: “as per”"]


@pytest.mark.parametrize("where", ["avoid", "keep"])
@pytest.mark.parametrize("table", ["en", "en-GB", "en_gb"])
@pytest.mark.parametrize("language", ["en-GB", "en_GB"])
def test_what_the_team_says_holds_in_a_region_too(where: str, table: str, language: str) -> None:
    settings = Settings(
        languages=("en", "en-GB", "en_GB"),
        **{where: {table: {"kindly": "a reason"}}},  # type: ignore[arg-type]
    )
    assert _problems("Kindly wait, as per the log.", language, settings) == [
        "stiff phrase: “as per”"
    ]


def test_a_phrase_is_kept_and_the_rule_switched_off_in_kb_toml(base: Base, kb: Run) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\nKindly wait, as per the log.\n")
    assert kb("check").out.count("[phrasing]") == 2
    base.write("kb.toml", '[check.keep.en]\nkindly = "customers like it"\n')
    assert kb("check").out.count("[phrasing]") == 1
    base.write("kb.toml", '[check.allow]\nphrasing = "an editor reads each reply"\n')
    assert "[phrasing]" not in kb("check").out


def test_articles_may_quote_what_customers_write(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\nCustomers write: kindly revert back.\n")
    assert "[phrasing]" not in kb("check").out
