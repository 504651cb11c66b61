from __future__ import annotations

from pathlib import Path

import pytest

from cannery.content.frontmatter import parse, read
from cannery.content.yamltext import refuse_heavy


@pytest.mark.parametrize(
    "written",
    [
        "10:30",
        "1.10",
        "0123",
        "+8190",
        "on",
        "=",
        "2026-02-30",
        "0xFF",
        ".inf",
        "1e9",
        "y",
        "1_000",
    ],
)
def test_a_scalar_stays_what_was_written(written: str) -> None:
    assert parse(f"a: {written}") == {"a": written}


def test_nothing_is_nothing() -> None:
    assert parse("a:\nb: ~\nc: null\nd: 'null'\n") == {"a": None, "b": None, "c": None, "d": "null"}


def test_keys_are_text_too() -> None:
    assert parse("on: a\n1: b\n2026-01-01: c\n") == {"on": "a", "1": "b", "2026-01-01": "c"}


@pytest.mark.parametrize(
    ("header", "lines", "data"),
    [
        ("a: 1\nb: 2\na: 3", [4], {"a": "3", "b": "2"}),
        ("a:\n  b: 1\n  b: 2", [4], {"a": {"b": "2"}}),
        ("'a': 1\n\"a\": 2", [3], {"a": "2"}),
        ("a: !!binary aGk=\nb: 2", [2], {"a": None, "b": "2"}),
        ("a: !foo x\nb: !!set {x}\nc: 3", [2, 3], {"a": None, "b": None, "c": "3"}),
        ("? [x]\n: 1\nb: 2", [2], {"b": "2"}),
        ("<<: 3\nb: 2", [2], {"b": "2"}),
    ],
)
def test_what_is_wrong_with_a_key_costs_that_key(
    header: str, lines: list[int], data: dict[str, object]
) -> None:
    found = read(header)
    assert found.data == data
    assert [fault.line for fault in found.faults] == lines


def test_tags_of_yaml_itself_are_harmless() -> None:
    assert read("a: !!str 1\nb: !!int 2\nc: !!map {d: !!float .5}") == (
        {"a": "1", "b": "2", "c": {"d": ".5"}},
        (),
        (),
    )


def test_mappings_are_merged() -> None:
    header = "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}"
    found = parse(header)
    assert found["y"] == {"a": "1", "b": "3"}
    assert found["z"] == {"a": "1", "b": "2", "c": "4"}


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("a: &a [*a]", "line 2: the alias a is not defined"),
        ("b: 1\na: *c", "line 3: the alias c is not defined"),
        ("a: 1\nb: \x1b", r"line 3: the character U\+001B"),
        ("a: b\x85c: d", "line 2: mapping values"),
        ("a: b\u2028c: d", "line 2: mapping values"),
        ("a: 1\n" + "b: [" + "[" * 60, "line 3: nested more than 50"),
        (
            "a: &a x\n" + "".join(f"{n}: [" + "*a, " * 9 + "]\n" for n in range(3)) + "- b",
            "line 6: ",
        ),
        ("a: &a [" + "x, " * 900 + "]\nb: [" + "*a, " * 900 + "]", "line 3: its aliases"),
        ("a: &a " + "x" * 60_000 + "\nb: [" + "*a, " * 900 + "]", "line 3: its aliases"),
        ("a: 1\n--- \nb: 2", "line 3: a second YAML document"),
    ],
    ids=range(10),
)
def test_what_cannot_be_read_is_told_with_its_line(header: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(header)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: " + "[" * 200_000, "line 1: .*nest"),
        ("x: 1\na:\n  " + "- " * 30_000, "line 3: nested more than 50"),
        ("a: &a [" + "x, " * 2000 + "]\nb: [" + "*a, " * 2000 + "]", "line 2: its aliases"),
        ("a: " + "x" * 1_000_000, "larger than 1,000,000 bytes"),
    ],
    ids=["brackets", "dashes", "aliases", "size"],
)
def test_a_file_for_another_reader_is_bounded_too(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text)
    with pytest.raises(ValueError, match=said):
        refuse_heavy(file)


def test_a_long_list_of_pages_is_not_heavy(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("nav:\n" + "".join(f"- 'Page {n}': pages/{n}.md\n" for n in range(20_000)))
    refuse_heavy(file)
