from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.files import all_files
from cannery.content.layout import locate
from cannery.content.library import catalogue, resolve
from cannery.model.location import Kind

IN_PLACE = """\
languages = ["en", "ja", "pt-BR"]
[content]
articles = ["docs", "i18n/{language}/docusaurus-plugin-content-docs/current"]
macros = ["replies", "replies/{language}"]
"""
JA = "i18n/ja/docusaurus-plugin-content-docs/current"


@pytest.fixture
def in_place(base: Base) -> Base:
    base.write("../docs/guide/har.md", "# HAR files\n")
    base.write(f"../{JA}/guide/har.md", "# HAR ファイル\n")
    base.write("../replies/refund.md", "Hello\n")
    base.write("kb.toml", IN_PLACE)
    return base


@pytest.mark.parametrize(
    ("path", "id_", "kind", "language"),
    [
        ("docs/guide/har.md", "articles/guide/har", Kind.ARTICLE, "en"),
        ("docs/guide/har.ja.md", "articles/guide/har", Kind.ARTICLE, "ja"),
        (f"{JA}/guide/har.md", "articles/guide/har", Kind.ARTICLE, "ja"),
        (f"{JA}/guide/har.en.md", "articles/guide/har", Kind.ARTICLE, "en"),
        ("replies/refund.md", "macros/refund", Kind.MACRO, "en"),
        ("replies/ja/refund.md", "macros/refund", Kind.MACRO, "ja"),
        ("replies/pt-BR/a/refund.mdx", "macros/a/refund", Kind.MACRO, "pt-BR"),
        ("replies/de/refund.md", "macros/de/refund", Kind.MACRO, "en"),
        ("replies/_parts/bye.md", "macros/_parts/bye", Kind.PART, "en"),
        ("replies/ja/_parts/bye.md", "macros/_parts/bye", Kind.PART, "ja"),
        ("docs/_parts/bye.md", "articles/_parts/bye", Kind.ARTICLE, "en"),
        ("kb/index.ja.md", "index", Kind.ARTICLE, "ja"),
    ],
)
def test_the_innermost_folder_says_what_a_file_is(
    in_place: Base, path: str, id_: str, kind: Kind, language: str
) -> None:
    assert locate(path, in_place.workspace.settings) == (path, id_, kind, language)


def test_only_the_folders_that_are_named_have_content(in_place: Base) -> None:
    in_place.write("articles/old.md", "x")
    in_place.write("../other/readme.md", "x")
    in_place.write("../readme.md", "x")
    in_place.write("../i18n/de/docusaurus-plugin-content-docs/current/a.md", "no such language")
    found = in_place.scan()
    assert {*found.stamps} == {"docs/guide/har.md", f"{JA}/guide/har.md", "replies/refund.md"}
    assert not found.problems


def test_two_folders_have_two_languages_of_an_entry(in_place: Base) -> None:
    entry = resolve(in_place.workspace, in_place.scan(), "har")
    assert {language: at.path for language, at in entry.by_language.items()} == {
        "en": "docs/guide/har.md",
        "ja": f"{JA}/guide/har.md",
    }


def test_a_folder_of_a_language_may_be_in_that_of_the_default_one(base: Base) -> None:
    content = 'articles = ["src/content/docs", "src/content/docs/{language}"]'
    base.write("kb.toml", f"[content]\n{content}\n")
    base.write("../src/content/docs/a.md", "x")
    base.write("../src/content/docs/ja/a.md", "x")
    entries = catalogue(base.workspace, base.scan())
    assert {id_: {*entry.by_language} for id_, entry in entries.items()} == {
        "articles/a": {"en", "ja"}
    }


def test_the_whole_folder_may_be_articles_and_kb_is_none_of_them(base: Base) -> None:
    base.write("kb.toml", '[content]\narticles = ["."]\n')
    for path in ("../Notes/Proxies.md", "macros/hello.md", "index.md", "notes.md", "../.x/a.md"):
        base.write(path, "x")
    settings = base.workspace.settings
    found = {path: locate(path, settings).id for path in base.scan().stamps}
    assert found == {
        "Notes/Proxies.md": "articles/Notes/Proxies",
        "kb/macros/hello.md": "macros/hello",
    }


def test_a_folder_whose_name_has_marks_is_found_however_they_are_stored(base: Base) -> None:
    base.write("../\u30c8\u3099\u30ad\u30e5/a.md", "x")  # decomposed, as old macOS keeps it
    base.write("kb.toml", '[content]\narticles = ["\u30c9\u30ad\u30e5"]\n')
    settings = base.workspace.settings
    assert [locate(path, settings).id for path in base.scan().stamps] == ["articles/a"]


def test_what_is_ignored_is_no_content_however_it_comes(base: Base) -> None:
    ignored = ["docs/_*", "drafts/", "*.draft.md", "replies/old", "!_index.md"]
    content = 'articles = ["docs"]\nmacros = ["replies", "replies/old"]\nignore = ' + str(ignored)
    for path in (
        "docs/a.md", "docs/_b.md", "docs/_c/_index.md", "docs/_index.md", "docs/x/drafts/d.md",
        "docs/x/e.draft.md", "docs/x/_f.md", "replies/g.md", "replies/old/h.md",
    ):  # fmt: skip
        base.write(f"../{path}", "x")
    (base.root / "docs/_link").symlink_to(base.root / "replies")
    base.write("kb.toml", f"[content]\n{content}\n")
    found = base.scan()
    assert {*found.stamps} == {"docs/a.md", "docs/_index.md", "docs/x/_f.md", "replies/g.md"}
    assert not found.problems
    assert all_files(base.workspace) == sorted(["kb/kb.toml", *found.stamps])
