"""The front matter of an imported page has our keys alone."""

from __future__ import annotations

from collections import Counter

from cannery.adopt.keys import KeyPlan
from cannery.adopt.our_header import our_header

_KEYS = KeyPlan(("sidebar_position", "weight", "status"), {"lastmod": "reviewed"})


def test_keys_of_another_tool_are_dropped_and_counted() -> None:
    text = "---\ntitle: A # mine\nweight: 3\nsidebar_position: 1\n---\nText\n"
    dropped: Counter[str] = Counter()
    assert our_header(text, _KEYS, dropped) == "---\ntitle: A # mine\n---\nText\n"
    assert dropped == {"weight": 1, "sidebar_position": 1}


def test_keys_that_mean_ours_are_ours_and_no_loss() -> None:
    dropped: Counter[str] = Counter()
    made = our_header("---\ntitle: A\nlastmod: 2026-01-02\n---\n", _KEYS, dropped)
    assert made == "---\ntitle: A\nreviewed: 2026-01-02\n---\n"
    assert not dropped


def test_what_can_not_be_read_stays_as_it_is() -> None:
    text = '---\ntitle: "A\nweight: 3\n---\nText\n'
    assert our_header(text, _KEYS, Counter()) == text


def test_a_rare_key_is_left_to_the_check() -> None:
    text = "---\nTitle: A\n---\n"
    assert our_header(text, _KEYS, Counter()) == text
