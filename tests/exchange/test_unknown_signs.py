from __future__ import annotations

import pytest

from cannery.exchange.unknown_signs import with_signs_told
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.loss import Loss


def _told(*bodies: str) -> list[list[str]]:
    replies = [CannedReply("R", body, Origin("a.csv", 3)) for body in bodies]
    return [[loss.what for loss in one.losses] for one in with_signs_told(replies)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<device>", "<plan name>"), ("#name#", "#plan#"), ("~name~", "~plan~"),
        ("|name|", "|plan|"), ("$device$", "$plan$"), ("«name»", "«name»"), ("<端末>", "<機種>"),
    ],
)  # fmt: skip
def test_a_word_between_signs_that_several_replies_have_is_told(one: str, other: str) -> None:
    assert _told(f"Your {one}, {one}.", f"A {other}", "Text") == [[one], [other], []]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<device>", "#plan#"), ("«hola»", "«adi»"), ("<br>", "<strong>"), ("`<device>`", "<x>"),
        ("# Heading", "#one#two"), ("a | b | c", "|a|b|"), ("~5 and ~6", "if a<b and c>d"),
        ("$5 and $6", "/etc/<host>/x"), ("{{ a }}<{{ b }}>", "{% if a %}|{% endif %}"),
        ("    <code>x", "```\n<device>\n```"), ("<https://x.com/>", "<a@b.com>"),
    ],
)  # fmt: skip
def test_what_may_be_anything_is_not(one: str, other: str) -> None:
    assert _told(one, other) == [[], []]


def test_it_is_told_with_the_place_of_the_reply() -> None:
    replies = [CannedReply("R", "<device>", Origin("a.csv", line)) for line in (3, 7)]
    told = [one.losses for one in with_signs_told(replies)]
    why = "looks like a placeholder, and stays in the text"
    assert told == [(Loss("a.csv", line, "<device>", why),) for line in (3, 7)]
