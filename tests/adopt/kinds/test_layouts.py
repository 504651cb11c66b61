"""Each kind is recognized by what it leaves in a repository, and its settings are read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from cannery.adopt.layouts import page_paths
from cannery.adopt.survey import survey
from cannery.adopt.tree import read_tree

_PAGE = "# Page\n\nText.\n"


class Case(NamedTuple):
    """What a repository holds, and what its survey is to say."""

    kind: str
    files: dict[str, str]
    articles: tuple[str, ...]
    languages: dict[str, int]
    default: str = "en"
    name: str = ""
    site_url: str = ""
    repository: str = ""
    ignore: tuple[str, ...] = ()


CASES = {
    "mkdocs": Case(
        "mkdocs",
        {
            "mkdocs.yml": "site_name: Guide\nsite_url: https://guide.example.com/\nrepo_url: https://github.com/acme/guide\n"
            "markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n",
            "docs/index.md": _PAGE,
            "README.md": _PAGE,
        },
        ("docs",), {"en": 1}, "en", "Guide", "https://guide.example.com/", "https://github.com/acme/guide",
    ),
    "mkdocs in another folder": Case(
        "mkdocs", {"mkdocs.yml": "docs_dir: handbook\nsite_name: H\n", "handbook/a.md": _PAGE}, ("handbook",), {"en": 1}, name="H"
    ),
    "mkdocs with suffixes": Case(
        "mkdocs",
        {
            "mkdocs.yml": "plugins:\n  - i18n:\n      docs_structure: suffix\n      languages:\n        - {locale: ja, default: true}\n        - {locale: en}\n",
            "docs/a.md": _PAGE, "docs/a.en.md": _PAGE, "docs/b.md": _PAGE,
        },
        ("docs",), {"ja": 2, "en": 1}, "ja",
    ),
    "mkdocs with folders": Case(
        "mkdocs",
        {
            "mkdocs.yml": "plugins:\n  - i18n:\n      docs_structure: folder\n      languages:\n        - locale: en\n          default: true\n        - locale: ja\n",
            "docs/en/a.md": _PAGE, "docs/ja/a.md": _PAGE, "docs/en/b.md": _PAGE,
        },
        ("docs/{language}",), {"en": 2, "ja": 1},
    ),
    "docusaurus": Case(
        "docusaurus",
        {
            "docusaurus.config.ts": "// title: 'Not this'\nexport default {\n  title: 'Acme docs',\n  url: 'https://docs.example.com',\n"
            "  organizationName: 'acme', projectName: 'docs',\n  i18n: { defaultLocale: 'en', locales: ['en', 'ja'] },\n};\n",
            "docs/intro.md": _PAGE,
            "i18n/ja/docusaurus-plugin-content-docs/current/intro.md": _PAGE,
            "versioned_docs/version-1/intro.md": _PAGE,
            "blog/2026-01-01-hello.md": _PAGE,
        },
        ("docs", "i18n/{language}/docusaurus-plugin-content-docs/current"), {"en": 1, "ja": 1}, "en",
        "Acme docs", "https://docs.example.com", "https://github.com/acme/docs",
    ),
    "docusaurus with parts, packages and a repository within": Case(
        "docusaurus",
        {
            "docusaurus.config.js": "module.exports = {title: 'P'};\n",
            "docs/a.md": _PAGE, "docs/parts/_note.mdx": _PAGE, "docs/node_modules/x/README.md": _PAGE,
            "docs/module/.git": "gitdir: x", "docs/module/b.md": _PAGE,
        },
        ("docs",), {"en": 1}, name="P", ignore=("docs/**/_*", "module/", "node_modules/"),
    ),
    "docusaurus in a folder of its own": Case(
        "docusaurus",
        {
            "website/docusaurus.config.js": "module.exports = {\n  title: 'W',\n  presets: [['classic', {docs: {path: '../docs', routeBasePath: '/'}}]],\n};\n",
            "docs/a.mdx": _PAGE,
        },
        ("docs",), {"en": 1}, name="W",
    ),
    "hugo with a folder for each language": Case(
        "hugo",
        {
            "hugo.toml": 'baseURL = "https://hugo.example.com/"\ntitle = "H"\ndefaultContentLanguage = "en"\n'
            '[languages.en]\ncontentDir = "content/en"\n[languages.ja]\ncontentDir = "content/ja"\n',
            "content/en/_index.md": _PAGE, "content/en/a.md": _PAGE, "content/ja/a.md": _PAGE,
        },
        ("content/{language}",), {"en": 2, "ja": 1}, "en", "H", "https://hugo.example.com/",
    ),
    "hugo with folders called otherwise": Case(
        "hugo",
        {
            "hugo.toml": 'defaultContentLanguage = "en"\n[languages.en]\ncontentDir = "content/english"\n'
            '[languages.ja]\ncontentDir = "content/japanese"\n',
            "content/english/a.md": _PAGE, "content/japanese/a.md": _PAGE,
        },
        ("content/english", "content/japanese"), {"en": 1, "ja": 1}, "en",
    ),
    "hugo without its settings": Case(
        "hugo", {"content/_index.md": _PAGE, "content/a.md": _PAGE, "content/ja/a.md": _PAGE},
        ("content", "content/{language}"), {"en": 2, "ja": 1},
    ),
    "hugo with settings in folders": Case(
        "hugo",
        {
            "config/_default/hugo.yaml": "title: F\ndefaultContentLanguage: ja\n",
            "config/_default/languages.yaml": "ja: {weight: 1}\nen: {weight: 2}\n",
            "content/a.md": _PAGE, "content/a.en.md": _PAGE,
        },
        ("content",), {"ja": 1, "en": 1}, "ja", "F",
    ),
    "jekyll": Case(
        "jekyll",
        {
            "_config.yml": "title: J\nurl: https://j.example.com\nbaseurl: /kb\nrepository: acme/j\ncollections: {articles: {output: true}}\n",
            "_posts/2026-01-01-a.md": _PAGE, "_articles/b.md": _PAGE, "_articles/c.md": _PAGE, "README.md": _PAGE,
        },
        ("_posts", "_articles"), {"en": 3}, "en", "J", "https://j.example.com/kb", "https://github.com/acme/j",
    ),
    "jekyll with pages anywhere": Case(
        "jekyll",
        {"_config.yml": "title: J\n", "a.md": _PAGE, "guides/b.md": _PAGE, "guides/c.md": _PAGE, "_includes/d.md": _PAGE},
        (".",), {"en": 3}, "en", "J", ignore=("_includes",),
    ),
    "starlight": Case(
        "starlight",
        {
            "astro.config.mjs": "export default defineConfig({\n  site: 'https://s.example.com',\n  integrations: [starlight({\n    title: 'S',\n"
            "    locales: { root: { label: 'English', lang: 'en' }, ja: { label: '日本語' } },\n  })],\n});\n",
            "src/content/docs/a.mdx": _PAGE, "src/content/docs/ja/a.mdx": _PAGE,
        },
        ("src/content/docs", "src/content/docs/{language}"), {"en": 1, "ja": 1}, "en", "S", "https://s.example.com",
    ),
    "vitepress": Case(
        "vitepress",
        {
            "docs/.vitepress/config.ts": "export default {\n  title: 'V',\n  locales: {\n    root: { label: 'English', lang: 'en-US' },\n    ja: { label: '日本語', lang: 'ja' },\n  },\n}\n",
            "docs/a.md": _PAGE, "docs/ja/a.md": _PAGE, "README.md": _PAGE,
        },
        ("docs", "docs/{language}"), {"en": 1, "ja": 1}, "en", "V",
    ),
    "gitbook": Case(
        "gitbook", {"SUMMARY.md": "# Summary\n", "README.md": _PAGE, "guides/a.md": _PAGE}, (".",), {"en": 2}, ignore=("SUMMARY.md",)
    ),
    "gitbook with a root": Case(
        "gitbook", {".gitbook.yaml": "root: ./docs/\n", "docs/SUMMARY.md": "x\n", "docs/a.md": _PAGE},
        ("docs",), {"en": 1}, ignore=("docs/SUMMARY.md",),
    ),
    "obsidian": Case(
        "obsidian",
        {".obsidian/app.json": "{}", ".obsidian/templates.json": '{"folder": "Vorlagen"}', "Notes/A.md": "[[B]]", "Vorlagen/t.md": _PAGE},
        (".",), {"en": 1}, name="repository", ignore=("Vorlagen",),
    ),
    "plain with docs": Case("plain", {"README.md": _PAGE, "docs/a.md": _PAGE}, ("docs",), {"en": 1}),
    "plain": Case("plain", {"billing/a.md": "返金の手順です。", "b.md": "返金の方針です。", "CONTRIBUTING.md": _PAGE}, (".",), {"ja": 2}, "ja", ignore=("/CONTRIBUTING.md",)),
    "plain with a site for each language": Case(
        "plain", {"docs/en/docs/a.md": _PAGE, "docs/ja/docs/a.md": _PAGE}, ("docs/{language}/docs",), {"en": 1, "ja": 1}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_layout_is_read(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    root = tmp_path / "repository"
    for path, text in case.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    found = survey(read_tree(root))
    assert (found.kind, dict(found.languages)) == (case.kind, case.languages)
    layout = found.layout
    assert (layout.articles, layout.default_language) == (case.articles, case.default)
    assert (layout.name, layout.site_url, layout.repository) == case[5:8]
    assert layout.ignore == case.ignore


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("mkdocs.yml", "site_name: [\n" * 500),
        ("mkdocs.yml", "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))),
        ("docusaurus.config.js", "i18n: {" * 20_000),
        ("docusaurus.config.js", "docs: {" + "path" * 50_000),
        ("hugo.toml", "a." * 50_000 + "b = 1"),
        ("_config.yml", "title: x\n" + "y" * 3_000_000),
        ("astro.config.mjs", "locales: {" + "/*" * 100_000),
        (".vitepress/config.ts", "locales: {" + '"' * 100_000),
        ("book.json", "[" * 100_000),
    ],
)
def test_settings_that_are_hostile_or_spoilt_end_no_survey(
    file: str, text: str, tmp_path: Path
) -> None:
    pages = ("docs/a.md", "content/a.md", "src/content/docs/a.md", "a.md")
    for path, content in [(file, text), *((path, _PAGE) for path in pages)]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    assert survey(read_tree(tmp_path)).pages >= 1


def test_what_mkdocs_leaves_out_of_its_site_is_ignored(tmp_path: Path) -> None:
    settings = (
        "exclude_docs: |\n  # comment\n  internal/\n  *.draft.md\n  /old/a.md\n  !kept.draft.md\n"
    )
    (tmp_path / "mkdocs.yml").write_text(f"{settings}draft_docs: soon/\n")
    names = (
        "a.md", "internal/b.md", "x/internal/c.md", "d.draft.md", "old/a.md", "x/old/a.md",
        "kept.draft.md", "soon/e.md",
    )  # fmt: skip
    for name in names:
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PAGE)
    tree = read_tree(tmp_path)
    layout = survey(tree).layout
    assert page_paths(tree, layout) == ["docs/a.md", "docs/kept.draft.md", "docs/x/old/a.md"]


def test_what_jekyll_leaves_out_of_its_site_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: X\nexclude: [internal, /notes/*.md]\n")
    for name in ("a.md", "internal/b.md", "notes/c.md", "_drafts/d.md", "x/internal/e.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PAGE)
    tree = read_tree(tmp_path)
    assert page_paths(tree, survey(tree).layout) == ["a.md", "x/internal/e.md"]


@pytest.mark.parametrize(
    ("config", "key", "folder"),
    [(".vitepress/config.ts", "srcExclude", ""), ("docusaurus.config.js", "exclude", "docs/")],
)
def test_what_a_script_leaves_out_of_its_site_is_ignored(
    tmp_path: Path, config: str, key: str, folder: str
) -> None:
    settings = f"export default {{ {key}: ['internal/**', '**/*.draft.{{md,mdx}}', './x.md'] }}"
    pages = ("a.md", "internal/b.md", "c/d.draft.md", "x.md", "c/x.md")
    for name, text in {config: settings, **{f"{folder}{page}": _PAGE for page in pages}}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    tree = read_tree(tmp_path)
    assert page_paths(tree, survey(tree).layout) == [f"{folder}a.md", f"{folder}c/x.md"]


def test_what_docusaurus_leaves_out_is_left_out_in_all_languages(tmp_path: Path) -> None:
    current = "i18n/ja/docusaurus-plugin-content-docs/current"
    (tmp_path / "docusaurus.config.js").write_text("export default { exclude: ['internal/**'] }")
    for name in ("docs/a.md", "docs/internal/b.md", f"{current}/a.md", f"{current}/internal/b.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PAGE)
    tree = read_tree(tmp_path)
    assert page_paths(tree, survey(tree).layout) == ["docs/a.md", f"{current}/a.md"]


@pytest.mark.parametrize("folder", ["../docs", "../../etc", "docs/../.."])
def test_a_folder_outside_is_not_the_whole_repository(tmp_path: Path, folder: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"docs_dir: {folder}\n")
    (tmp_path / "NOTES.md").write_text(_PAGE)
    found = survey(read_tree(tmp_path))
    assert (found.kind, found.layout.articles) == ("plain", (".",))
