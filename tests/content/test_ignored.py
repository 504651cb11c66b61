from __future__ import annotations

import pytest

from cannery.content.ignored import is_ignored


@pytest.mark.parametrize(
    ("patterns", "ignored", "kept"),
    [
        (("_*",), ("docs/_old.md", "_old.md", "docs/_old/a/b.md"), ("docs/old_.md",)),
        (("docs/_*",), ("docs/_old.md", "docs/_a/b.md"), ("_old.md", "docs/a/_b.md")),
        (("/old.md",), ("old.md",), ("docs/old.md",)),
        (("old/",), ("old/a.md", "docs/old/a.md"), ("docs/old", "docs/old.md")),
        (("docs/**/old",), ("docs/old/a.md", "docs/a/b/old/c.md"), ("old/a.md", "docs/a.md")),
        (("docs/old/**",), ("docs/old/a.md", "docs/old/b/c.md"), ("docs/old", "docs/new/a.md")),
        (("**/old",), ("old/a.md", "docs/old"), ("docs/older/a.md",)),
        (("docs/*",), ("docs/a.md", "docs/a/b.md"), ("i18n/docs/a.md",)),
        (("*.txt",), ("docs/a.txt",), ("docs/a.txt.md",)),
        (("_*", "!_index.md"), ("docs/_old.md",), ("docs/_index.md",)),
        (("docs/old", "!docs/old/a.md"), ("docs/old/a.md",), ()),
        (("!_index.md", "_*"), ("docs/_index.md",), ()),
        ((r"docs/\*.md", r"\!a.md"), ("docs/*.md", "!a.md"), ("docs/a.md",)),
        (("docs/[ab].md",), ("docs/a.md",), ("docs/c.md",)),
        (("\u30c9",), ("\u30c8\u3099/a.md",), ()),
    ],
)
def test_patterns_are_those_of_gitignore(
    patterns: tuple[str, ...], ignored: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    assert [path for path in ignored if not is_ignored(path, patterns)] == []
    assert [path for path in kept if is_ignored(path, patterns)] == []


def test_a_hostile_pattern_takes_no_time() -> None:
    patterns = ("a*" * 200 + "/" + "**/*a*/" * 60 + "b",)
    assert not is_ignored("/".join(["a" * 250] * 40), patterns)


def test_a_path_without_end_takes_no_time() -> None:
    patterns = ("**/*a*/" * 60 + "b",) * 20
    assert is_ignored("a/" * 100_000 + "b.md", patterns)
    assert not is_ignored("a/" * 99 + "b" * 100_000, patterns)
