from __future__ import annotations

import pytest

from cannery.content.anchors import Anchors, Heading, anchors, slug, split_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("設定の手順", "設定の手順"),
        ("What's new? (v2.0)", "whats-new-v20"),
        ("Step 1 & 2", "step-1--2"),
        (" Café\u3000setup ", "café-setup"),
        ("snake_case - dash", "snake_case---dash"),
        ("が\u3099", "が\u3099"),
        ("!!!", ""),
    ],
)
def test_a_heading_is_spelt_as_git_hosts_spell_it(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Named {#its-own}", Heading("Named", "its-own")),
        ("Named {: #its.Own }", Heading("Named", "its.Own")),
        ("{#only}", Heading("", "only")),
        ("Not {#at} its end", Heading("Not {#at} its end")),
        ("No {#blank in it}", Heading("No {#blank in it}")),
    ],
)
def test_an_id_may_stand_behind_a_heading(text: str, expected: Heading) -> None:
    assert split_id(text) == expected


def _named(*texts: str) -> list[Anchors]:
    return anchors([split_id(text) for text in texts])


def test_the_former_name_stays_where_it_was_another() -> None:
    assert _named("Café & bar", "Plain words") == [
        Anchors("café--bar", "cafe-bar"),
        Anchors("plain-words"),
    ]


def test_equal_headings_are_numbered() -> None:
    assert _named("A", "A", "A-1") == [Anchors("a"), Anchors("a-1", "a_1"), Anchors("a-1-1")]


def test_no_anchor_is_one_that_an_author_has_given() -> None:
    assert _named("A", "B {#a}") == [Anchors("a-1", "a_1"), Anchors("a")]


def test_a_former_name_gives_way_to_a_name_of_today() -> None:
    assert _named("Step 1 & 2", "Step 1 2") == [
        Anchors("step-1--2"),
        Anchors("step-1-2", "step-1-2_1"),
    ]


def test_a_heading_without_letters_is_numbered() -> None:
    assert _named("!!!", "???") == [Anchors("-1"), Anchors("-2")]


def test_tens_of_thousands_that_are_called_alike_are_numbered() -> None:
    found = _named(*["A"] * 30_000, "A-1")
    assert found[-2] == Anchors("a-29999", "a_29999")
    assert found[-1] == Anchors("a-1-1")
    assert len({one.id for one in found}) == len(found)
