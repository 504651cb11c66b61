from __future__ import annotations

from unicodedata import normalize

import pytest
from tests.conftest import Base

from cannery.operations.check import check

_PAGE = "---\ntitle: {}\n---\nWords.\n"


def _told(base: Base) -> list[str]:
    problems = check(base.workspace).problems
    return [item.path.removeprefix("kb/") for item in problems if item.code == "file-name"]


@pytest.mark.parametrize(
    "path",
    [
        "articles/aux.md", "articles/Con.ja.md", "macros/nul .txt", "articles/com1/a.md",
        "articles/LPT¹.png", "articles/a:b.md", "articles/what?.md", "articles/a\\b.md",
        "articles/x./a.md", "articles/x /a.md", "pictures/<a>.png", "notes/prn",
        "articles/.aux.d/nul.md", "macros/_parts/con.md",
    ],
)  # fmt: skip
def test_a_name_that_windows_cannot_hold_is_told(base: Base, path: str) -> None:
    base.write(path, _PAGE.format("A"))
    assert _told(base) == [path]


@pytest.mark.parametrize(
    "path",
    ["articles/console.md", "articles/com.md", "articles/com10.md", "articles/.hidden/a b.md",
     "articles/パスワード.md", "articles/aux-cable.md", "articles/v1.2.md"],
)  # fmt: skip
def test_other_names_are_left_alone(base: Base, path: str) -> None:
    base.write(path, _PAGE.format("A"))
    assert _told(base) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("articles/Ask.md", "articles/ask.md", "articles/ask.md"),
        ("articles/Net/a.md", "articles/net/b.md", "articles/net/b.md"),
        ("pictures/A.png", "pictures/a.PNG", "pictures/a.PNG"),
        ("articles/É.md", "articles/é.md", "articles/é.md"),
    ],
)
def test_names_that_differ_in_capitals_alone_are_told(
    base: Base, one: str, other: str, told: str
) -> None:
    base.write(one, _PAGE.format("One"))
    base.write(other, _PAGE.format("Two"))
    assert _told(base) == [told]


def test_names_that_differ_in_how_letters_are_composed_are_told(base: Base) -> None:
    apart = normalize("NFD", "articles/パス.md")
    base.write(apart, _PAGE.format("One"))
    base.write("articles/パス.md", _PAGE.format("Two"))
    assert _told(base) == ["articles/パス.md"]


def test_a_folder_is_told_once(base: Base) -> None:
    for name in ("Net/a", "net/b", "net/c"):
        base.write(f"articles/{name}.md", _PAGE.format(name))
    assert _told(base) == ["articles/net/b.md"]
