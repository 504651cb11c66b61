"""Patterns are read alike by `regex` and by the browser's steps, and none of them takes long."""

from __future__ import annotations

from itertools import product

import pytest
import regex
from playwright.sync_api import Page

from cannery.content.patterns import browser_program

PATTERNS = [
    r"INV-\d{4,8}", r"[\w\-@.]+", r"[\w-.]+", r"(?P<a>x)@?", r"\D\W", r"a\/b", "(a|aa)+", "(.*)*x", "(a*)*", "a+?b*?", "a?",
    "a{2}", "a{,2}", "a{1,}", "(?:ab|c){2,3}", "^a$", r"\ba+\b", r"a\Bb", "[^a-c]", "[]a]", "[^]a]", "[a-]+", r"\s+", r"\S", "",
    "a|", "(|a)b", r"\.", "x|y|z", "(a(b(c)?)?)?", r"[\d\s]+", "日本+", r"\p{L}+", r"\P{Nd}", r"\p{Script=Han}+", "[あ-ん]+", r"\t",
    "a}", "]", "((a{2}|b)+c)*", "((((x{1,9}){1,9})?)+)*",
]  # fmt: skip
TEXTS = [
    "", "a", "aa", "aaa", "b", "ab", "abab", "abc", "cc", "ccc", "aab", "INV-1234", "INV-123", "INV-１２３４", "x", "x@", "ax", "y",
    "a-b.c@d", "日本", "日本本", "あい", "é", "👍", " ", "\u3000", "\x85", "\ufeff", "\x1c", "\t", "a\n", "\n", "5", "٣", "_", "-", "]",
    "a}", "a/b", ".", "bc", "aabcbc", "aac", "xxxxxxxxxxxxx", "\u200d",
]  # fmt: skip
_IN_BROWSER = """([cases]) => cases.map(([program, text]) => kbPattern.matches(program, text))"""


def test_each_pattern_takes_the_same_texts(engine: Page) -> None:
    cases = list(product(PATTERNS, TEXTS))
    programs = {pattern: browser_program(pattern) for pattern in PATTERNS}
    found = engine.evaluate(_IN_BROWSER, [[[programs[pattern], text] for pattern, text in cases]])
    wanted = [regex.fullmatch(pattern, text) is not None for pattern, text in cases]
    wrong = [
        (case, there)
        for case, here, there in zip(cases, wanted, found, strict=True)
        if here != there
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "pattern", ["(a|aa)+", "(.*)*x", "(a+)+b", "(a|a?)+b", "a*a*a*a*a*a*a*b", "(a{1,30}){1,30}b"]
)
def test_a_value_from_the_address_is_refused_and_not_waited_for(engine: Page, pattern: str) -> None:
    program = browser_program(pattern)
    assert engine.evaluate(_IN_BROWSER, [[[program, "a" * 9000 + "!"]]]) == [False]


def test_a_value_that_is_too_long_for_a_pattern_is_refused(engine: Page) -> None:
    refused = """(program) => {
      const field = { name: "a", type: "text", pattern: program, required: true, choices: [] };
      try { kbFieldTypes.parse(field, "a".repeat(10_001), null); } catch (error) { return error.message; }
    }"""
    assert engine.evaluate(refused, browser_program("a+")) == "the value is too long"
