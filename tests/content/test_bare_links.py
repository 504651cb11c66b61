from __future__ import annotations

import pytest

from cannery.content.bare_links import IS_END, end


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
