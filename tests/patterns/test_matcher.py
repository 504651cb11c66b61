"""The matcher that counts finds what `re` finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patterns.found import held
from tests.patterns.matcher import Stepper, TooManyStepsError, agrees
from tests.patterns.pumps import pumps

_PATTERNS = (
    "a*b", "(a|ab)(c|bcd)(d*)", r"(?m)^[ \t]*(\S+?)\s*$", "(?<=a)b{1,2}?", "(?>a+)a|b", "(a?)*b",
    r"(?i:STR)x|\bw\B", r"(.)\1+", r"(?:a{2,3}+b|\d*?x)*", "(?!a)[^b-d]", "(?<!a)b|(?=(c))c", "a++b?",
    r"\Aa|b\Z|c$", "(?s:.)(?i:é)", "(?:)*", "(a)|(b)*?c", "[あ-ん]+?(?:い|う)", r"\w\W\s\S\d\D",
    "(?:a|b|)*c", "(a*?)(a*)b", "((?:a|ab)+?)b", r"(?a)\w+\b|\W(?=\d)", r"(?a)(?<!\w)あ\B",
)  # fmt: skip
_LETTERS = st.text("abcdxAB あい1é\n\t_.", max_size=12)


@pytest.mark.parametrize("pattern", _PATTERNS)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(text=_LETTERS)
def test_it_finds_what_re_finds(pattern: str, text: str) -> None:
    assert agrees(re.compile(pattern), text)


def test_it_finds_what_the_patterns_of_the_package_find() -> None:
    wrong = [
        (use.module, use.name, pump)
        for use in held()
        for pump in pumps(use.pattern, use.flags)[::12]
        if not agrees(re.compile(use.pattern, use.flags), pump.text(16))
    ]
    assert wrong == []


def test_a_step_is_counted_for_each_letter_and_each_way_back() -> None:
    short, long = Stepper("a*b"), Stepper("a*b")
    assert short.match("a" * 10) is None
    assert long.match("a" * 20) is None
    assert long.steps - short.steps == 3 * 10  # taken, given back, and found to be no b


def test_too_many_steps_end_a_match() -> None:
    with pytest.raises(TooManyStepsError):
        Stepper("(a+)+b", limit=10_000).match("a" * 30)
