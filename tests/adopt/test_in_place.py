"""The plan for pages that stay where they are, and the kb.toml that it writes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cannery.adopt.in_place import plan_in_place, plan_news
from cannery.errors import UsageError
from cannery.model.adoption import InPlace, KeyUse, SourceLayout, Survey
from cannery.settings import Settings, read_settings

_LAYOUT = SourceLayout(
    ("docs", "docs/{language}"),
    ("en", "ja"),
    "en",
    ("docs/_parts",),
    "Guide",
    "https://g.example.com/",
)


def _survey(root: Path, kind: str = "mkdocs", layout: SourceLayout = _LAYOUT) -> Survey:
    keys = (
        KeyUse("title", 9, "a.md"),
        KeyUse("nav_order", 9, "a.md"),
        KeyUse("permalink", 3, "a.md"),
    )
    return Survey(root, kind, "MkDocs", layout=layout, keys=keys, languages={"en": 6, "ja": 3})


def _settings(planned: InPlace) -> Settings:
    root = planned.survey.root
    (root / "docs").mkdir(exist_ok=True)
    for file in planned.files:
        (root / file.path).parent.mkdir(exist_ok=True)
        (root / file.path).write_bytes(file.data)
    return read_settings(root / "kb/kb.toml")


def test_kb_toml_says_what_was_found(tmp_path: Path) -> None:
    settings = _settings(plan_in_place(_survey(tmp_path), b""))
    assert settings.faults == ()
    assert (settings.name, settings.site_url) == ("Guide", "https://g.example.com")
    assert (settings.languages, settings.default_language) == (("en", "ja"), "en")
    assert [folder.path for folder in settings.layout.folders if "macros" not in folder.path] == [
        "docs", "docs/en", "docs/ja",
    ]  # fmt: skip
    assert settings.front_matter.own == ("nav_order",)
    assert settings.front_matter.names == {"permalink": "redirect_from"}
    assert settings.front_matter.is_public


@pytest.mark.parametrize(
    "text",
    [
        'Quote " and \\ and \x7f',
        "Two\nlines\x1b[31m",
        "{{ site.name }}",
        "日本語",
        "x" * 5000,
        "]]]\n[team]\na = 1",
    ],
)
def test_a_name_from_anywhere_is_a_text(tmp_path: Path, text: str) -> None:
    hostile = _LAYOUT._replace(name=text, site_url=f"javascript:{text}", repository=text)
    settings = _settings(plan_in_place(_survey(tmp_path, layout=hostile), b""))
    assert settings.faults == ()
    assert (settings.site_url, settings.repository, settings.team) == ("", "", {"": {}})


def test_many_keys_are_a_list_of_many_lines(tmp_path: Path) -> None:
    keys = tuple(KeyUse(f"key {number} \"'", 9, "a.md") for number in range(60))
    planned = plan_in_place(replace(_survey(tmp_path), keys=keys), b"")
    text = next(file.data.decode() for file in planned.files if file.path == "kb/kb.toml")
    assert len(tomllib.loads(text)["front_matter"]["own"]) == 60
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ("kind", "address", "audience"),
    [
        ("mkdocs", "https://docs.example.com", "public"),
        ("mkdocs", "", "internal"),
        ("mkdocs", "http://docs.corp", "internal"),
        ("mkdocs", "http://wiki/", "internal"),
        ("mkdocs", "http://10.0.0.7/docs", "internal"),
        ("obsidian", "", "internal"),
        ("plain", "https://docs.example.com", "internal"),
    ],
)
def test_what_a_tool_publishes_for_all_is_public(
    tmp_path: Path, kind: str, address: str, audience: str
) -> None:
    found = _survey(tmp_path, kind, _LAYOUT._replace(site_url=address))
    assert plan_in_place(found, b"").audience == audience


def test_a_folder_that_can_not_be_named_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't stay where they are"):
        plan_in_place(_survey(tmp_path, layout=_LAYOUT._replace(articles=("con/docs",))), b"")


@pytest.mark.parametrize(
    ("kind", "folder", "is_told"),
    [
        ("jekyll", "_posts", True),
        ("vitepress", ".", True),
        ("vitepress", "docs", False),
        ("plain", ".", False),
    ],
)
def test_a_tool_that_would_publish_macros_is_told_of(
    tmp_path: Path, kind: str, folder: str, is_told: bool
) -> None:
    found = _survey(tmp_path, kind, _LAYOUT._replace(articles=(folder,)))
    assert any("Exclude kb/" in step for step in plan_in_place(found, b"").steps) is is_told


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb/mkdocs.yml").write_text("site_name: Mine\n")
    planned = plan_in_place(_survey(tmp_path), b"")
    assert {file.path: file.exists for file in planned.files} == {
        "kb/mkdocs.yml": True,
        "kb/kb.toml": False,
    }


def test_news_are_what_the_settings_lack(tmp_path: Path) -> None:
    settings = _settings(plan_in_place(_survey(tmp_path), b""))
    assert plan_news(_survey(tmp_path), settings).news == ()
    keys = (*_survey(tmp_path).keys, KeyUse("sidebar", 5, "b.md"))
    more = replace(_survey(tmp_path), keys=keys, languages={"en": 6, "ja": 3, "de": 1})
    assert plan_news(more, settings).news == (
        "languages: add de",
        "[front_matter] own: add sidebar",
    )
