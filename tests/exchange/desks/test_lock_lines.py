"""A lock file read by lines says what a parser of TOML finds in it, or is left to that parser."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.lock import Agreed, Lock, lock_text
from cannery.exchange.desks.lock_lines import table_of_lines
from cannery.git.tables import HEAD

ONE = Agreed("7", {"en": "a" * 40}, {"title": "1" * 16, "body.en": "2" * 16}, {"title": "3" * 16})


def test_a_lock_file_needs_no_parser() -> None:
    lock = Lock({"macros/billing/返金": ONE, "macros/b": ONE}, {"groups": {"Billing & 請求": "42"}})
    text = lock_text(lock)
    assert table_of_lines(text) == tomllib.loads(text)


_LINES = (
    HEAD, "", "# x", "[a]", '["a"]', "[a.b]", '[b."c d"]', 'k = "1"', '"k" = "2"', 'k.x = "3"',
    'b.c = "4"', 'k = "\\u0041"', "k = 1", 'k = "5"\r', ' k = "6"', '"" = ""', 'k.x.y = "7"',
    '"é\u2028" = "\u0085"', "[a", 'k = "a"b"', "k = '8'", '[""]', 'k = "\t"', "[[a]]",
)  # fmt: skip


@given(st.lists(st.sampled_from(_LINES), max_size=8).map("\n".join))
def test_what_is_read_by_lines_is_what_toml_says(text: str) -> None:
    table = table_of_lines(text)
    if table is not None:
        assert table == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        'k = "1"',
        '[a]\nk = "1"\nk = "2"',
        '[a]\nk = "1"\nk.x = "2"',
        "[a]\n[a]",
        "[a.b]\n[a]",
        '[a]\nk = "\\n"',
        "[a]\nk = 1",
    ],
)
def test_what_is_written_otherwise_is_left_to_the_parser(text: str) -> None:
    assert table_of_lines(text) is None
