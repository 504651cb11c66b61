"""Where pages and pictures go: names that every computer and every id can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.targets import Targets, clean_path, our_languages, section_of
from cannery.model.adoption import SourceLayout
from cannery.settings import Settings

_SOURCE = SourceLayout(("docs", "docs/{language}"), ("en", "ja", "de"), "en")


def _targets(into: str = "guides", source: SourceLayout = _SOURCE) -> Targets:
    return Targets(Settings(), source, into)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("docs/a.md", "kb/articles/guides/a.md"),
        ("docs/a.ja.md", "kb/articles/guides/a.ja.md"),
        ("docs/ja/x/a.mdx", "kb/articles/guides/x/a.ja.md"),
        ("docs/My notes/What's new?.md", "kb/articles/guides/My-notes/What's-new.md"),
        ("docs/v1.2.md", "kb/articles/guides/v1-2.md"),
        ("docs/_index.md", "kb/articles/guides/index.md"),
        ("docs/con.md", "kb/articles/guides/con-page.md"),
        ("docs/返金.md", "kb/articles/guides/返金.md"),
        ("docs/%23...md", "kb/articles/guides/23.md"),
    ],
)
def test_a_page_goes_to_its_section(path: str, new: str) -> None:
    targets = _targets()
    targets.add_page(path)
    assert targets.moved == {path: new}


def test_a_picture_stays_beside_its_pages() -> None:
    targets = _targets()
    targets.add_file("docs/img/Big Menu.PNG")
    targets.add_file("static/.hidden/logo.svg")
    assert targets.moved == {
        "docs/img/Big Menu.PNG": "kb/articles/guides/img/Big-Menu.png",
        "static/.hidden/logo.svg": "kb/articles/guides/static/hidden/logo.svg",
    }


def test_of_two_files_for_a_place_the_second_is_told() -> None:
    targets = _targets()
    targets.add_page("docs/a b.md")
    targets.add_page("docs/A-b.md")
    assert [*targets.moved] == ["docs/a b.md"]
    assert targets.losses[0].path == "docs/A-b.md"


def test_pages_in_a_language_that_the_knowledge_base_lacks_are_counted() -> None:
    targets = _targets()
    targets.add_page("docs/de/a.md")
    assert (targets.moved, targets.missing_languages) == ({}, {"de": 1})


@pytest.mark.parametrize(
    ("tags", "ours"),
    [
        (("en-us", "ja"), {"en-us": "en", "ja": "ja"}),
        (("en-us", "en-gb"), {}),
        (("EN", "ja_JP"), {"EN": "en", "ja_JP": "ja"}),
        (("en", "en-gb"), {"en": "en"}),
    ],
)
def test_a_language_is_ours_though_it_is_called_otherwise(
    tags: tuple[str, ...], ours: dict[str, str]
) -> None:
    assert our_languages(SourceLayout(("docs",), tags, tags[0]), Settings()) == ours


def test_nothing_leaves_the_section() -> None:
    assert clean_path("../../etc/passwd") == "page/page/etc/passwd"
    assert clean_path("a/\x1b[31m/\u202eb") == "a/31m/b"
    targets = _targets()
    targets.add_page("docs/" + "long/" * 60 + "a.md")
    assert targets.losses[0].why == "its path would be too long"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("guides", "guides"),
        ("articles/a/b/", "a/b"),
        ("../x", ""),
        ("a b", ""),
        ("", ""),
        ("a/.b", ""),
    ],
)
def test_a_section_is_as_one_would_type_it(text: str, section: str) -> None:
    assert section_of(text) == section


def test_a_folder_of_kb_toml_takes_them(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "kb/kb.toml").write_text('[content]\narticles = ["docs", "docs/{language}"]\n')
    from cannery.settings import read_settings

    targets = Targets(read_settings(tmp_path / "kb/kb.toml"), _SOURCE, "x")
    targets.add_page("docs/ja/a.md")
    assert targets.moved == {"docs/ja/a.md": "docs/ja/x/a.md"}
