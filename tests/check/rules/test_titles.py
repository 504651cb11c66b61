"""Two entries of one title are told once, where their readers can't tell them apart."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.conftest import Base

from cannery.operations.check import check


def _found(base: Base, titles: Iterable[tuple[str, str]]) -> list[str]:
    for path, title in titles:
        base.write(path, f"---\ntitle: {title}\n---\nText of {path}.\n")
    found = [item for item in check(base.workspace).problems if item.code == "same-title"]
    return [item.path.removeprefix("kb/") for item in found]


@pytest.mark.parametrize(
    ("titles", "path"),
    [
        ([("articles/a/x.md", "Overview"), ("articles/b/x.md", "overview")], "articles/b/x.md"),
        ([("articles/a/x.md", "How to restart"), ("articles/a/y.md", "How to restart")], "articles/a/y.md"),
        ([(f"articles/a{n}/x{n}.md", "Restart the old server") for n in range(3)], "articles/a1/x1.md"),
        ([(f"macros/a{n}/x.md", "Refund") for n in range(9)], "macros/a1/x.md"),
    ],
)  # fmt: skip
def test_a_title_that_entries_share_is_told_once(
    base: Base, titles: list[tuple[str, str]], path: str
) -> None:
    assert _found(base, titles) == [path]


def test_titles_in_other_sections_are_told_however_many_there_are(base: Base) -> None:
    titles = [
        (f"articles/{part}/topic{n}-{part}.md", f"How to restart {n}")
        for n in range(9)
        for part in ("one", "two")
    ]
    assert len(_found(base, titles)) == 9


_NAMES = ("install", "upgrade", "faq", "limits")


@pytest.mark.parametrize(
    "titles",
    [
        [(f"articles/{tag}/{name}.md", f"How to {name} it") for tag in ("en", "ja") for name in _NAMES],
        [(f"articles/{of}/{name}.md", f"How to {name} it") for of in ("docs", "old/v2") for name in _NAMES],
        [(f"articles/a{n}/start.md", "Getting started with it") for n in range(4)],
        [(f"articles/{part}{n}/x{part}.md", f"Topic {n}") for n in range(6) for part in "ab"],
        [(f"articles/{part}{n}/page{n}.md", f"How it works in {n}") for n in range(6) for part in "ab"],
        [("articles/_note.md", "Mind the gap"), ("articles/b.md", "Mind the gap")],
    ],
    ids=["languages", "versions", "every section", "short titles", "names", "a piece"],
)  # fmt: skip
def test_what_sections_languages_and_versions_share_is_no_fault(
    base: Base, titles: list[tuple[str, str]]
) -> None:
    assert _found(base, titles) == []


def test_a_title_in_six_languages_is_told_for_one(base: Base) -> None:
    tags = ("en", "ja", "de", "fr", "es", "it")
    pages = [(f"articles/{tag}/{name}.md", f"{name} {tag}") for tag in tags for name in _NAMES]
    twice = [
        (f"articles/{tag}/{path}.md", f"Roles for {tag}") for tag in tags for path in ("a/r", "b/s")
    ]
    assert _found(base, [*pages, *twice]) == ["articles/en/b/s.md"]


def test_a_page_that_names_no_title_has_none_to_share(base: Base) -> None:
    for name in ("a", "b"):
        base.write(f"articles/{name}.md", "Text.\n\n## What it is\n\nMore.\n")
    assert _found(base, []) == []
