from __future__ import annotations

from cannery.util.spans import Lines, between, code_spans

_COMMENT = {"<!--": "-->"}
_LIQUID = {"{{": "}}", "{%": "%}"}


def _pieces(text: str, marks: dict[str, str]) -> list[str]:
    return [text[start:end] for start, end in between(text, marks)]


def test_a_piece_ends_with_the_first_mark_that_closes_it() -> None:
    assert _pieces("a<!-- one -->b<!---->c", _COMMENT) == ["<!-- one -->", "<!---->"]


def test_a_mark_inside_of_a_piece_opens_nothing() -> None:
    assert _pieces("{{ '{%' }} {% if '{{' %}", _LIQUID) == ["{{ '{%' }}", "{% if '{{' %}"]


def test_what_nothing_closes_is_no_piece() -> None:
    assert _pieces("{{ a {% b %} {{ c", _LIQUID) == ["{% b %}"]


def test_marks_that_nothing_closes_are_not_looked_at_again() -> None:
    assert _pieces("<!--" * 1_000_000, _COMMENT) == []


def test_lines_are_told_in_any_order() -> None:
    lines = Lines("a\nb\nc", first=7)
    assert [lines.of(4), lines.of(0), lines.of(2)] == [9, 7, 8]


def _code(text: str) -> list[str]:
    return [text[start:end] for start, end in code_spans(text, 0, len(text))]


def test_code_ends_with_as_many_backticks_as_it_begins() -> None:
    assert _code("`a` ``b`c`` `d") == ["`a`", "``b`c``"]


def test_a_backslash_escapes_backticks_in_text_alone() -> None:
    assert _code(r"\`a `b\` \\`c`") == [r"`b\`", "`c`"]


def test_backticks_that_nothing_closes_are_looked_at_once() -> None:
    assert _code("".join("`" * size + " " for size in range(1, 1000))) == []
    assert _code("\\" * 1_000_000) == []
