from __future__ import annotations

import os
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
    with pytest.raises(NoWorkspaceError, match="not a knowledge base"):
        open_workspace(away)
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'default = "{base.root}"\nlanguage = "ja"\n[agent]\nname = "Ana"\n')
    found = open_workspace(away)
    assert (found.root, found.user.language, found.user.agent) == (base.root, "ja", {"name": "Ana"})
    monkeypatch.setenv("KB_ROOT", str(tmp_path / "nowhere"))
    with pytest.raises(NoWorkspaceError, match="KB_ROOT is set to"):
        open_workspace(away)


def test_an_empty_kb_toml_is_valid(base: Base) -> None:
    base.write("kb.toml", "")
    settings = base.workspace.settings
    assert (settings.languages, settings.default_language) == (("en", "ja"), "en")


@pytest.mark.parametrize(
    "text",
    [
        "name = 3",
        "languages = 'en'",
        "review_every = 'soon'",
        "[",
        "\udcff",
        "site_url = []",
        "country = 'Japan'",
    ],
)
def test_wrong_settings_are_told_with_their_file(base: Base, text: str) -> None:
    base.write("kb.toml", text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=r"kb\.toml"):
        open_workspace(base.root)


@pytest.mark.parametrize(("text", "days"), [("180d", 180), ("2w", 14), ("6m", 180), ("1y", 365)])
def test_a_duration_is_days_weeks_months_or_years(text: str, days: int) -> None:
    assert parse_duration(text) == timedelta(days)


HEX = "0x" + "F" * 4000


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 200_000, "a = " + "{a=" * 50_000, "a" + ".a" * 50_000 + " = 1", "[" + "a." * 50_000 + "a]",
        "a = {b" + ".'b'" * 50_000 + " = 1}", "a = " + "9" * 5000, f"name = {HEX}", "name = 2026-01-01", "review_every = nan",
        "languages = ['../x']", "languages = ['en\\n']", "default_language = '../../x'", "name = 'a'\nname = 'b'",
        "review_every = '99999y'", "#" * 1_000_001, "name = 'a\0b'", "languages = [" + "'en', " * 1000 + "]",
    ],
    ids=range(17),
)  # fmt: skip
def test_hostile_settings_are_told_and_cost_nothing(base: Base, text: str) -> None:
    base.write("kb.toml", text)
    with pytest.raises(SettingsError, match=r"kb\.toml"):
        open_workspace(base.root)


@pytest.mark.parametrize(
    "agent",
    [f"name = {HEX}", "name.a.a = 1", "name = [1]", "name = {a = 1}"],
)
def test_who_the_agent_is_are_texts(base: Base, home: Path, agent: str) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"[agent]\n{agent}\n")
    with pytest.raises(SettingsError, match=r"config\.toml:2: agent\.name"):
        open_workspace(base.root)


def test_a_fact_of_the_team_may_be_another_in_one_language(base: Base) -> None:
    base.write("kb.toml", '[team]\ncalls = 30\nhours = "always"\n[team.ja]\nhours = "平日"\n')
    settings = base.workspace.settings
    assert settings.facts("en") == {"calls": 30, "hours": "always"}
    assert settings.facts("ja") == {"calls": 30, "hours": "平日"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a"\n\nname = "b"\n', ":3: Cannot overwrite a value"),
        ("[site]\n[check]\n[site]\n", ":3: Cannot declare"),
        ('name = "a"\nsite_url = 3\n', ":2: site_url must be text"),
        ("# words\nlanguages = 3\n", ":2: languages must be a list of texts"),
        ('\nreview_every = "soon"\n', ":2: review_every is invalid"),
        ("[memory]\ndays = 'x'\n", ":2: memory.days must be a number"),
        ("\n[site]\npublic_authors = 1\n", ":3: site.public_authors must be"),
        ("check = 1\n", ":1: check must be a table"),
        ("[check]\ntags = 'a'\n", ":2: check.tags must be a list of texts"),
        ("[check]\ntags = [1]\n", ":2: check.tags must be a list of texts"),
        ("team = 1\n", ":1: team must be a table"),
        ("[team]\ncalls = 1\nhours = ['a']\n", ":3: team.hours must be text"),
        ("[team]\nhours = ' '\n", ":2: team.hours must be text"),
        ("[team.de]\nhours = 1\n", ":1: team.de must be text"),
        ("[team.ja]\nhours = 1.5\n", ":2: team.ja.hours must be text"),
        ("[team]\nmy-hours = 1\n", ":2: team.my-hours is not a valid name"),
        ("[check]\nseverity = {link = 'bad'}\n", ":2: check.severity must be"),
        ("[check.allow]\nlink = 3\n", ":1: check.allow must be a table of texts"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_wrong_setting_is_told_with_its_line(
    base: Base, text: str, told: str, encoding: str
) -> None:
    base.write("kb.toml", text.encode(encoding))
    with pytest.raises(SettingsError) as error:
        open_workspace(base.root)
    assert f"kb.toml{told}" in error.value.message


@pytest.mark.parametrize(
    "value",
    ["+815012345678", "1.10", "10:30:00", "1_000", "0x1F", "2026-01-02", "2026-01-02 10:30:00", "49.00", "true"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["[agent]\nphone = ", "agent.phone = ", "[agent]\n'phone'="])
def test_what_the_agent_wrote_without_quotes_stays_as_it_was(
    base: Base, home: Path, value: str, before: str
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"language = 'en'\n{before}{value}  # a note\n")
    assert base.workspace.user.agent == {"phone": value}


def test_a_pipe_in_the_place_of_settings_is_not_waited_for(base: Base, home: Path) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    os.mkfifo(config)
    with pytest.raises(SettingsError, match="not a regular file"):
        open_workspace(base.root)


def test_addresses_and_dots_in_texts_are_no_deep_keys(base: Base) -> None:
    base.write(
        "kb.toml", 'name = "1.2.3.4.5.6.7.8.9"\nsite_url = "https://a.b.c.d.e.example.com/x.y.z"\n'
    )
    assert base.workspace.settings.name == "1.2.3.4.5.6.7.8.9"


def test_a_link_kb_leads_to_the_knowledge_base_itself(base: Base, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project/kb").symlink_to(base.root / "kb")
    assert open_workspace(tmp_path / "project").root == base.root


def test_a_link_kb_to_a_folder_of_another_name_is_refused(base: Base, tmp_path: Path) -> None:
    (base.root / "kb").rename(base.root / "support")
    (tmp_path / "project").mkdir()
    (tmp_path / "project/kb").symlink_to(base.root / "support")
    with pytest.raises(NoWorkspaceError, match="symbolic link"):
        open_workspace(tmp_path / "project")
