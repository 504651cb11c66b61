from __future__ import annotations

import pytest

from cannery.content.patterns import browser_program, is_too_large


@pytest.mark.parametrize(
    "pattern",
    ["", r"INV-\d{4,8}", r"[\w\-@.]+", "(a|aa)+", "(?P<a>x)*", "(?:a|b){2,3}?", r"\p{L}+", "a{,2}"],
)
def test_what_is_made_of_letters_choices_and_repeats_works_in_a_browser(pattern: str) -> None:
    assert browser_program(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)x", "a++", "a**", r"\Ax\Z", r"[\W]", "(?>x)", "(?=x)", "(?!x)", "(?<=x)", r"(x)\1", "(?P=a)", "[[:alpha:]]",
        "(abc){e<=1}", "(", ")", "*", "[", "x{9999}", "(x{1000}){3}", "(" * 40 + "x" + ")" * 40, r"\p{Nonsense}", "x" * 501,
    ],
)  # fmt: skip
def test_what_is_more_than_that_works_in_kb_reply_only(pattern: str) -> None:
    assert browser_program(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "is_large"),
    [
        ("x{999999999}", True), ("x{1,999999999}", True), ("((x{1000}){1000}){1000}", True), ("x" * 501, True),
        (r"[a-z]{1,64}@[a-z]{1,255}\.[a-z]{2,24}", False), ("[]{9999}]{7}", False), (r"\{99999}", False),
    ],
)  # fmt: skip
def test_a_pattern_takes_memory_for_its_repeats(pattern: str, is_large: bool) -> None:
    assert is_too_large(pattern) is is_large
