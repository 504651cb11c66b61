from __future__ import annotations

import pytest

from cannery.content.markdown import parse
from cannery.site.gist import Gist, cut, gist_of


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("# T\n\nHello **you**, [a](b.md) `x`.\n\n- item\n", "Hello you, a x."),
        ("## First\n\nOne.\n\n## Second\n\nTwo.\n", "One."),
        ("- only\n- *lists*\n", "only lists"),
        ("> [!NOTE]\n> A box.\n\nThe text.\n", "The text."),
        ("![alone](a.png)\n\nThen text.\n", "Then text."),
        ("```\ncode\n```\n", "code"),
        ("| a |\n| - |\n| b |\n", "a b"),
        ("", ""),
        ("<b>&lt;</b>\n", "<b><</b>"),
    ],
)
def test_a_text_begins_with_its_first_own_sentences(text: str, lead: str) -> None:
    assert gist_of(parse(text)).lead == lead


@pytest.mark.parametrize(
    ("text", "width", "left"),
    [
        ("One is here. Two is there. Three.", 30, "One is here. Two is there."),
        ("Version 3.5 is the one that matters here", 20, "Version 3.5 is…"),
        ("最初の文です。次の文です。", 20, "最初の文です。"),
        ("おなじ長さの一つの文", 11, "おなじ長…"),
        ("A. Then a very long sentence that goes on", 24, "A. Then a very long…"),
        ("short", 30, "short"),
    ],
)
def test_a_text_is_cut_behind_a_sentence_or_marked(text: str, width: int, left: str) -> None:
    assert cut(text, width) == left


FAQ = "Some words.\n\n## Why?\n\nBecause.\n\n### More\n\nSo.\n\n## 何ですか？\n\nこれです。\n"


def test_questions_have_all_that_stands_below_them_as_answers() -> None:
    asked = (("Why?", "Because. More So."), ("何ですか？", "これです。"))
    assert gist_of(parse(FAQ)) == Gist("Some words.", asked)


@pytest.mark.parametrize(
    "text",
    [
        "## Why?\n\nBecause.\n",  # one question is a title
        f"{FAQ}\n## Not a question\n\nText.\n",
        "## Why?\n\n## What?\n\nThis.\n",  # one without an answer
        "".join(f"## Why {number}?\n\nSo.\n\n" for number in range(200)),
    ],
)
def test_a_page_that_has_more_or_less_than_questions_and_answers_is_none(text: str) -> None:
    assert gist_of(parse(text)).questions == ()


def test_questions_may_stand_in_groups() -> None:
    text = "## Group\n\n### A?\n\na\n\n## Other\n\n### B?\n\nb\n"
    assert gist_of(parse(text)).questions == (("A?", "a"), ("B?", "b"))
