"""Which records of a desk are one entry, and what they say together."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.texts.group import concerns, grouped, record_of
from cannery.exchange.desks.texts.item import Item
from cannery.exchange.desks.texts.label import Label


def _text(item_id: str, language: str = "en", shortcut: str = ";a", *, active: bool = True) -> Item:
    return Item(item_id, Label("A", shortcut, language), {"body": item_id, "active": active})


def _acts(shortcut: str = ";a") -> Item:
    return Item("9", Label("A", shortcut, "en"), {"actions.status": "solved", "active": True})


def test_texts_of_one_shortcut_and_their_actions_are_one_record() -> None:
    (group,) = grouped([_text("2", "ja"), _text("1")], [_acts()])
    record = record_of(group, "en")
    assert record.id == "1"
    assert record.parts == {
        "shortcut": ";a",
        "active": True,
        "title.en": "A",
        "body.en": "1",
        "title.ja": "A",
        "body.ja": "2",
        "actions.status": "solved",
    }


def test_of_two_that_are_the_same_the_second_is_another_record() -> None:
    groups = grouped([_text("1"), _text("2"), _text("3", "ja")], [_acts()])
    assert [sorted(group.texts) for group in groups] == [["en", "ja"], ["en"]]
    assert [group.acts is not None for group in groups] == [True, False]


def test_what_only_acts_is_no_record() -> None:
    assert grouped([], [_acts()]) == []


def test_the_record_has_the_id_of_the_default_language_else_of_the_oldest() -> None:
    (group,) = grouped([_text("10", "ja"), _text("9", "fr")], [])
    assert record_of(group, "en").id == "9"
    assert record_of(group, "ja").id == "10"


def test_a_language_that_agents_do_not_have_is_not_there() -> None:
    (group,) = grouped([_text("1"), _text("2", "ja", active=False)], [])
    assert "body.ja" not in record_of(group, "en").parts


def test_of_what_agents_have_in_no_language_all_are_there() -> None:
    (group,) = grouped([_text("1", active=False), _text("2", "ja", active=False)], [])
    record = record_of(group, "en")
    assert (record.parts["active"], record.parts["body.ja"]) == (False, "2")


def test_usage_of_all_languages_counts() -> None:
    texts = [_text("1")._replace(usage={"all": 2}), _text("2", "ja")._replace(usage={"all": 3})]
    (group,) = grouped(texts, [])
    assert record_of(group, "en").usage == {"all": 5}


@pytest.mark.parametrize(
    ("changed", "is_due"),
    [
        ({"body.en"}, True),
        ({"body.ja"}, False),
        ({"shortcut"}, True),
        ({"active"}, True),
        ({"actions.status"}, False),
        (set[str](), False),
    ],
)
def test_a_text_is_written_for_what_concerns_it(changed: set[str], is_due: bool) -> None:
    assert concerns(changed, ("body", "active"), "en") == is_due
