"""Text that can't steer a terminal."""

from __future__ import annotations

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.util.plain import clean, escaped_json, one_line, printable

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("a\x1b]8;;https://evil.test\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1b]52;c;AAAA\x07b", "ab"),
        ("a\x1bPq#0~\x1b\\b", "ab"),
        ("a\x90q\x9cb", "ab"),
        ("a\x1b_Gf=100\x1b\\b\x1b^x\x07c\x1bXy\x9cd", "abcd"),
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b[38;2;1;2;3mred", "ared"),
        ("a\x1b[?1049hb\x1b[2Jc\x1b[1;1Hd", "abcd"),
        ("a\x9b31mred", "ared"),
        ("a\x1bcb\x1b(Bc\x1b#8d", "abcd"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\x1b]0;never ends", "anever ends"),
        ("a\x1b]0;over\nlines\x07b", "aover\nlinesb"),
        ("paid\rowed", "paidowed"),
        ("paid\x08\x08\x08\x08owed\x7f", "paidowed"),
        ("one\r\ntwo\tthree\n", "one\ntwo\tthree\n"),
        ("a\u202egnp.exe\u202c", "agnp.exe"),
        ("\u2066a\u2069\u2067b\u2069\u202ac\u202c\u206ad", "abcd"),
        ("one\u2028two\u2029three", "one two three"),
        ("a\udc9bb", "a\ufffdb"),
        ("\u05d0\u200f!\u200e \u061c\u0639 👨\u200d👩 é 日本", "\u05d0\u200f!\u200e \u061c\u0639 👨\u200d👩 é 日本"),
    ],
)  # fmt: skip
def test_a_text_is_left_with_nothing_that_steers(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_every_letter_that_steers_goes_wherever_it_stands() -> None:
    letters = STEERING.findall("".join(map(chr, range(sys.maxunicode + 1))))
    assert len(letters) > 2048
    for letter in letters:
        for text in (f"a{letter}b", f"一 \n\t\u3000\xa0{letter}"):
            assert not STEERING.search(clean(text)), ascii(letter)
            if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\r":
                assert letter not in printable(text), ascii(letter)
            if letter > "\x7e":
                assert letter not in escaped_json(text), ascii(letter)


@given(
    st.text(alphabet=st.sampled_from("\x1b[]0;m\x07\\\x9b\x9d\x9cP\nab\u202e\u2028\ud800\r\x08"))
)
def test_whatever_comes_is_clean_after_one_time(text: str) -> None:
    assert not STEERING.search(clean(text))
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_json_says_the_same_and_steers_nothing(text: str) -> None:
    told = escaped_json(json.dumps({text: [text]}, ensure_ascii=False))
    assert not STEERING.search(told)
    assert json.loads(told) == {text: [text]}


def test_a_line_has_no_breaks() -> None:
    assert one_line(" a\nb\r\n\u2028c\td ") == "a b c d"
