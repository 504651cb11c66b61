"""What the one name of a text says: its title, its shortcut and its language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.texts.label import Label, read, written

_LANGUAGES = ("ja", "pt-BR")
LABELS = [
    (Label("Refund", ";refund"), "Refund ;refund"),
    (Label("返金のご案内", ";refund", "ja"), "返金のご案内 ;refund (ja)"),
    (Label("Thanks"), "Thanks"),
    (Label("Thanks", "", "pt-BR"), "Thanks (pt-BR)"),
    (Label("Close (solved)", "/close"), "Close (solved) /close"),
]


@pytest.mark.parametrize(("label", "name"), LABELS)
def test_a_name_says_what_it_was_made_of(label: Label, name: str) -> None:
    assert (written(label), read(name, _LANGUAGES)) == (name, label)


@pytest.mark.parametrize("name", ["A (fr)", "(ja)", "A :)", ";refund", "A ;", "a(ja)"])
def test_what_is_no_language_and_no_shortcut_is_the_title(name: str) -> None:
    assert read(name, _LANGUAGES) == Label(name)


def test_the_texts_of_one_shortcut_are_one_entry() -> None:
    english, japanese = (read(name, _LANGUAGES) for _, name in LABELS[:2])
    assert english.key == japanese.key != read("Refund", _LANGUAGES).key


def test_a_title_that_is_the_shortcut_of_another_is_another_entry() -> None:
    assert Label(";refund").key != Label("A", ";refund").key


@given(st.text(max_size=40))
def test_any_name_is_read_as_something_that_reads_the_same(name: str) -> None:
    first = read(name, _LANGUAGES)
    assert read(written(first), _LANGUAGES) == first
