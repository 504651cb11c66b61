from __future__ import annotations

import re

from cannery.util.lazy_pattern import LazyPattern

TEXT = "Ab, ab, b"


def test_it_finds_what_the_pattern_finds() -> None:
    lazy, plain = LazyPattern("a(b)", re.IGNORECASE), re.compile("a(b)", re.IGNORECASE)
    assert [match.span() for match in lazy.finditer(TEXT, 1)] == [(4, 6)]
    assert lazy.findall(TEXT) == plain.findall(TEXT) == ["b", "b"]
    assert lazy.sub(r"\1", TEXT) == plain.sub(r"\1", TEXT) == "b, b, b"
    assert lazy.match(TEXT, 1) is None
    assert lazy.fullmatch("AB") is not None
    assert lazy.search(TEXT, 1, 5) is None


def test_it_is_compiled_when_it_is_first_used() -> None:
    lazy = LazyPattern("ab")
    assert "compiled" not in vars(lazy)
    assert lazy.search(TEXT)
    assert vars(lazy)["compiled"] is lazy.compiled
