from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.bare_links import IS_END, Linkify, end


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.test/b c", "https://a.test/b c"),
        ("https://a.test/b\\\nc", "https://a.test/b"),
        ("https://a.test/b\\\nあ", "https://a.test/b"),
        ("https://a.test/bを見る", "https://a.test/b"),
        ("https://例え.jp/bを見る", "https://例え.jp/b"),
    ],
)
def test_an_address_ends_at_a_backslash_or_a_wide_letter(text: str, shown: str) -> None:
    assert text[: end(text, len("https:"))] == shown


def test_the_backslash_is_the_only_ascii_letter_that_ends_one() -> None:
    assert [letter for letter in map(chr, range(128)) if IS_END.match(letter)] == ["\\"]


_PIECES = (
    "http",
    "HTTPS",
    "ftp",
    "mailto",
    ":",
    "//",
    "a.test",
    "x@",
    "_",
    " ",
    "あ",
    "｜",
    "www.",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_text_is_passed_by_only_where_it_has_no_address(text: str) -> None:
    linkify = Linkify(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    assert linkify.pretest(text) or not linkify.match(text)


@pytest.mark.parametrize("text", ["Note: a.test, x@a.test", "at 10:30", "a/b"])
def test_a_text_without_a_scheme_is_passed_by(text: str) -> None:
    assert not Linkify().pretest(text)
