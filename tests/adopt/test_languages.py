"""Languages by folders and suffixes, where pages show that they are translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import read_tree


def _layout(root: Path, *paths: str, text: str = "# Page\n") -> tuple[object, ...]:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    found = folders_with_languages(read_tree(root), "docs")
    return found.articles, found.languages, found.default_language


def test_suffixes(tmp_path: Path) -> None:
    found = _layout(tmp_path, "docs/a.md", "docs/a.ja.md", "docs/b.md")
    assert found == (("docs",), ("en", "ja"), "en")


def test_a_suffix_that_no_other_page_has_is_a_name(tmp_path: Path) -> None:
    found = _layout(tmp_path, "docs/release.de.md", "docs/b.md")
    assert found == (("docs",), ("en",), "en")


def test_folders_beside_pages_of_the_default_language(tmp_path: Path) -> None:
    found = _layout(tmp_path, "docs/a.md", "docs/x/b.md", "docs/ja/a.md", "docs/ja/x/b.md")
    assert found == (("docs", "docs/{language}"), ("en", "ja"), "en")


def test_a_folder_for_each_language(tmp_path: Path) -> None:
    found = _layout(tmp_path, "docs/de/a.md", "docs/en/a.md", "docs/pt-br/a.md")
    assert found == (("docs/{language}",), ("en", "de", "pt-br"), "en")


def test_a_folder_named_like_a_language_without_translations_is_a_section(tmp_path: Path) -> None:
    found = _layout(tmp_path, "docs/start.md", "docs/it/printers.md", "docs/id/badges.md")
    assert found == (("docs",), ("en",), "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("パスワードの再設定をします。", "ja"),
        ("비밀번호를 재설정합니다.", "ko"),
        ("Reset it.", "en"),
    ],
)
def test_pages_that_name_no_language_are_told_by_their_letters(
    tmp_path: Path, text: str, language: str
) -> None:
    assert _layout(tmp_path, "docs/a.md", text=text)[2] == language
