"""Where mkdocs.yml says something else than kb.toml."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.builder_file import differences
from cannery.workspace import open_workspace

KB = 'name = "Acme"\nsite_url = "https://help.test/"\ndefault_language = "ja"\n[site]\naccent = "#0b5fa5"\n'
PLUGINS = "plugins:\n- cannery: {audience: internal}\n"


def _differences(base: Base, mkdocs: str, kb: str = KB) -> list[tuple[int, str]]:
    base.write("kb.toml", kb)
    (base.root / "mkdocs.yml").write_text(f"{mkdocs}{PLUGINS if mkdocs else ''}", "utf-8")
    return [(item.line, item.message) for item in differences(open_workspace(base.root))]


def test_what_says_the_same_is_no_difference(base: Base) -> None:
    same = "site_name: Acme\nsite_url: https://help.test\ntheme: {name: material, language: ja}\n"
    assert _differences(base, same) == []


@pytest.mark.parametrize(
    ("mkdocs", "line", "message"),
    [
        ("# x\nsite_name: Docs\n", 2, "site_name is Docs, kb/kb.toml says Acme, which is shown"),
        ("site_url: https://x.test\n", 1, "site_url is https://x.test, kb/kb.toml says"),
        ("theme:\n  language: en\n", 2, "theme.language is en, kb/kb.toml says ja"),
        ("theme:\n  name: material\n  favicon: a.png\n", 3, "theme.favicon: has no effect"),
        ("theme: {palette: {primary: teal}}\n", 1, "theme.palette: primary teal has no effect"),
        ("theme:\n  palette:\n  - accent: red\n", 2, "theme.palette: accent red has no effect"),
        ("extra:\n  analytics: {provider: x}\n", 2, "extra.analytics: has no effect"),
    ],
)
def test_a_difference_is_told_with_its_line(
    base: Base, mkdocs: str, line: int, message: str
) -> None:
    [(at, told)] = _differences(base, mkdocs)
    assert (at, told[: len(message)]) == (line, message)


def test_a_name_that_only_the_builder_knows_is_told(base: Base) -> None:
    [(_, told)] = _differences(base, "site_name: Docs\n", "")
    assert told == "site_name is Docs, kb/kb.toml has no name: replies don't know it"


@pytest.mark.parametrize("mkdocs", ["a: b: c\n", "- 1\n", "site_name: !ENV [A, b]\n", "\x00", ""])
def test_a_file_that_cannot_be_compared_has_no_differences(base: Base, mkdocs: str) -> None:
    assert _differences(base, mkdocs) == []


def test_a_link_out_of_the_folder_is_not_followed(base: Base) -> None:
    base.write("kb.toml", KB)
    (base.root / "mkdocs.yml").symlink_to("/dev/zero")
    assert differences(open_workspace(base.root)) == ()


@pytest.mark.parametrize("plugins", ["", "plugins: [search]\n", "plugins: 3\n"])
def test_the_settings_of_another_site_are_its_own(base: Base, plugins: str) -> None:
    base.write("kb.toml", KB)
    (base.root / "mkdocs.yml").write_text(f"site_name: Docs\n{plugins}")
    assert differences(open_workspace(base.root)) == ()
