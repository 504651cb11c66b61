from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cannery.errors import NoWorkspaceError, SettingsError
from cannery.workspace import open_workspace, parse_duration
from tests.conftest import Base


def test_a_knowledge_base_is_found_from_below(base: Base) -> None:
    inner = base.write("articles/a/b.md", "x").parent
    assert open_workspace(inner).root == base.root


def test_elsewhere_kb_root_names_it_and_then_the_user(
    base: Base, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    with pytest.raises(NoWorkspaceError, match="no knowledge base here"):
        open_workspace(away)
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'default = "{base.root}"\nlanguage = "ja"\n[agent]\nname = "Ana"\n')
    found = open_workspace(away)
    assert (found.root, found.user.language, found.user.agent) == (base.root, "ja", {"name": "Ana"})
    monkeypatch.setenv("KB_ROOT", str(tmp_path / "nowhere"))
    with pytest.raises(NoWorkspaceError, match="KB_ROOT names"):
        open_workspace(away)


def test_an_empty_kb_toml_is_valid(base: Base) -> None:
    base.write("kb.toml", "")
    settings = base.workspace.settings
    assert (settings.languages, settings.default_language) == (("en", "ja"), "en")


@pytest.mark.parametrize(
    "text",
    ["name = 3", "languages = 'en'", "review_every = 'soon'", "[", "\udcff", "site_url = []"],
)
def test_wrong_settings_are_told_with_their_file(base: Base, text: str) -> None:
    base.write("kb.toml", text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=r"kb\.toml"):
        open_workspace(base.root)


@pytest.mark.parametrize(("text", "days"), [("180d", 180), ("2w", 14), ("6m", 180), ("1y", 365)])
def test_a_duration_is_days_weeks_months_or_years(text: str, days: int) -> None:
    assert parse_duration(text) == timedelta(days)
