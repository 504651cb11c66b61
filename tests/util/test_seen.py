"""What shows nothing is empty, and what shows something keeps all that it is made of."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest

from cannery.util.seen import shows_nothing, stripped

NOTHING = {
    "no letter": "",
    "blanks": " \t\n\r\x0b\x0c\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000",
    "controls": "\x00\x01\x1f\x7f\x80\x9f",
    "a sequence to a terminal, whose letters have shapes": "\x1b[31m\x1b]0;title\x07",
    "a soft hyphen": "\xad",
    "a joiner of graphemes": "\u034f",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "marks of direction": "\u200e\u200f\u061c\u202a\u202e\u2066\u2069",
    "fillers of Hangul": "\u115f\u1160\u3164\uffa0",
    "inherent vowels of Khmer": "\u17b4\u17b5",
    "variation selectors": "\ufe0f\U000e0100\u180b\u180f",
    "tags": "\U000e0001\U000e0041\U000e007f",
    "braille without a dot": "\u2800",
    "a note without its head": "\U0001d159",
    "a blank hieroglyph": "\U00013441",
    "what stands for an object": "\ufffc",
    "halves of characters": "\ud800\udfff",
    "no characters": "\ufffe\uffff\ufdd0",
    "what marks a value's place": "\ue000\ue001",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_it_shows_nothing(text: str) -> None:
    assert shows_nothing(text)
    assert all(shows_nothing(letter) for letter in text if letter.isspace() or ord(letter) > 0x9F)
    assert stripped(f" {text}") == ""


@pytest.mark.parametrize(
    "text",
    [
        "0", "-", ".", "a\u200b", "\u200bAnna", "👩\u200d💻", "❤\ufe0f", "نامه\u200cای", "क्\u200dष",
        "🏴\U000e0067\U000e0062\U000e007f", "\u0301", "\u20e3", "\u3099", "\ue002", "\U000f0000", "ㅤ㈱", "\ufffd",
        "\u0600", "葛\U000e0100",
    ],
)  # fmt: skip
def test_what_shows_something_is_left_as_it_is(text: str) -> None:
    assert not shows_nothing(text)
    assert stripped(f" {text}\n") == text


def test_each_kind_of_blank_and_control_shows_nothing() -> None:
    """Of what Unicode calls a format, only the signs of Arabic and its like have a shape."""
    kinds = {"Zs", "Zl", "Zp", "Cc", "Cs"}
    unseen = [chr(point) for point in range(sys.maxunicode + 1) if category(chr(point)) in kinds]
    assert [letter for letter in unseen if not shows_nothing(letter)] == []
    formats = [chr(point) for point in range(sys.maxunicode + 1) if category(chr(point)) == "Cf"]
    with_shape = {*"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"}  # fmt: skip
    assert {letter for letter in formats if not shows_nothing(letter)} <= with_shape
