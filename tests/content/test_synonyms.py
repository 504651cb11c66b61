from __future__ import annotations

import pytest

from cannery.content.synonyms import read_synonyms


def test_words_are_texts_as_they_were_written() -> None:
    text = "- [10:30, 1.10, 0123, +8150, on, =, 2026-02-30, 'null', No]\n"
    words = ("10:30", "1.10", "0123", "+8150", "on", "=", "2026-02-30", "null", "No")
    assert read_synonyms(text.encode()) == ((words,), ())


@pytest.mark.parametrize(
    ("bad", "lines"),
    [
        ("- refund, money back", [3]),
        ("- {a: b}", [3]),
        ("- a: b\n  a: c", [3]),
        ("- [a, [b]]", [3]),
        ("- - a\n  - {b: c}", [4]),
        ("-", [3]),
        ("- [a, ~]", [3]),
        ("- [a, !x b]", [3]),
        ("- [a", [4]),
        ("- [a: b: c]", [3]),
        ("- [a\n- b", [4, 4]),
        ("- *gone", [3]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_bad_group_costs_itself_and_is_told_at_its_line(
    bad: str, lines: list[int], end: str
) -> None:
    text = f"# words\n- [refund, 返金]\n{bad}\n- [login, sign in]\n".replace("\n", end)
    found = read_synonyms(text.encode())
    assert found.groups[0] == ("refund", "返金")
    assert found.groups[-1] == ("login", "sign in")
    assert [line for line, _ in found.faults] == lines


@pytest.mark.parametrize("text", ["a: b\n", "words\n", "  - [a, b]\n - c\n", "[" * 60_000])
def test_what_is_no_list_has_no_groups(text: str) -> None:
    found = read_synonyms(text.encode())
    assert found.groups == ()
    assert len(found.faults) == 1


def test_an_empty_file_is_no_fault() -> None:
    assert read_synonyms(b"# nothing yet\n") == ((), ())


def test_more_groups_than_are_read_are_told() -> None:
    found = read_synonyms(b"- [a, b]\n" * 2001)
    assert (len(found.groups), [line for line, _ in found.faults]) == (2000, [2001])
