"""Whose settings hold: the user's where something is written, nobody's where output is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import Team, git

from cannery.git.pins import pinned
from cannery.git.run import git as our_git

LOCAL = git(Path.cwd(), "rev-parse", "--local-env-vars").split()
READ = (
    ("history", "articles/har"),
    ("history", "articles/har", "--patch"),
    ("history", "articles/har", "--json"),
    ("blame", "articles/har"),
    ("status", "--json"),
    ("check", "--since", "HEAD~1", "--json"),
)
# Two values each that change what git prints, or stop it.
HOSTILE = {
    "blame.blankBoundary": ("true", "false"),
    "blame.date": ("relative", "unix"),
    "blame.ignoreRevsFile": (".git-blame-ignore-revs", "/nowhere"),
    "blame.showEmail": ("true", "false"),
    "color.ui": ("always", "never"),
    "core.abbrev": ("40", "4"),
    "core.pager": ("false", "cat >&2"),
    "core.quotePath": ("true", "false"),
    "diff.algorithm": ("patience", "minimal"),
    "diff.context": ("0", "25"),
    "diff.external": ("false", "echo"),
    "diff.mnemonicPrefix": ("true", "false"),
    "diff.noprefix": ("true", "false"),
    "diff.orderFile": ("/nowhere", "/dev/null"),
    "diff.relative": ("true", "false"),
    "diff.renames": ("false", "copies"),
    "format.pretty": ("oneline", "%H%x00%x00"),
    "i18n.logOutputEncoding": ("ISO-8859-1", "UTF-16"),
    "log.date": ("relative", "raw"),
    "log.decorate": ("full", "short"),
    "log.showRoot": ("false", "true"),
    "log.showSignature": ("true", "false"),
    "status.short": ("true", "false"),
    "status.showUntrackedFiles": ("no", "all"),
    "alias.log": ("!false", "show"),
    "pager.log": ("false", "cat"),
}


@pytest.fixture
def changed(team: Team) -> Team:
    """Two commits more, and an edit with letters that Git may quote."""
    team.mine.edit("kb/articles/har.md", "Second line.", "Zweite Zeile: 返金、Grüße.")
    team.mine.push("Second: 返金")
    team.mine.write("kb/articles/手順.md", "---\ntitle: 手順\n---\nA line.\n")
    team.mine.push("Third")
    team.mine.edit("kb/articles/har.md", "Third line.", "Third line, edited.")
    team.mine.write("kb/articles/新規.md", "---\ntitle: 新規\n---\nA line.\n")
    return team


def _settings(which: int) -> str:
    rows = ((*name.split("."), values[which]) for name, values in HOSTILE.items())
    return "".join(f'[{section}]\n\t{key} = "{value}"\n' for section, key, value in rows)


@pytest.mark.parametrize("which", [0, 1])
def test_no_setting_of_the_user_s_changes_what_is_read(
    changed: Team, kb: Run, home: Path, which: int
) -> None:
    plain = [kb(*words) for words in READ]
    assert [done.code for done in plain[:5]] == [0] * 5
    with (home / ".gitconfig").open("a", encoding="utf-8") as file:
        file.write(_settings(which))
    assert [kb(*words) for words in READ] == plain


def _as_count(settings: dict[str, str]) -> dict[str, str]:
    variables = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _as_dash_c(settings: dict[str, str]) -> dict[str, str]:
    return {"GIT_CONFIG_PARAMETERS": " ".join(f"'{key}'='{settings[key]}'" for key in settings)}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("form", [_as_count, _as_dash_c])
@pytest.mark.parametrize("trusts", [False, True])
def test_no_setting_in_the_environment_changes_what_is_read(  # noqa: PLR0913, PLR0917
    changed: Team,
    kb: Run,
    monkeypatch: pytest.MonkeyPatch,
    which: int,
    form: Callable[[dict[str, str]], dict[str, str]],
    trusts: bool,
) -> None:
    plain = [kb(*words) for words in READ]
    assert plain[3].out
    if trusts:
        monkeypatch.setattr("cannery.git.run.trusts", lambda: True)
    for name, value in form({key: values[which] for key, values in HOSTILE.items()}).items():
        monkeypatch.setenv(name, value)
    assert [kb(*words) for words in READ] == plain


@pytest.mark.parametrize("form", [_as_count, _as_dash_c])
@pytest.mark.parametrize("key", ["core.fsmonitor", "core.hooksPath"])
def test_no_setting_in_the_environment_runs_a_program(
    team: Team,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    form: Callable[[dict[str, str]], dict[str, str]],
) -> None:
    ran = tmp_path / "ran"
    for name in ("monitor", "post-index-change", "reference-transaction"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho >> '{ran}'\n", "utf-8")
        program.chmod(0o755)
    value = str(tmp_path / "monitor" if key == "core.fsmonitor" else tmp_path)
    for name, text in form({key: value}).items():
        monkeypatch.setenv(name, text)
    team.mine.write("kb/articles/new.md", "A line.\n")
    our_git(team.mine.root, "status")
    our_git(team.mine.root, "fetch", "-q", "origin", "main:refs/remotes/origin/other")
    assert not ran.exists()


def test_what_is_pinned_is_read_as_it_is_meant(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", " 'user.name=Ana' ")
    value = "it's =a! \\ '' 返金\nline"
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", pinned({"x.a=b.c": value})["GIT_CONFIG_PARAMETERS"])
    assert git(team.mine.root, "config", "x.a=b.c") == value
    assert git(team.mine.root, "config", "user.name") == "Ana"


@pytest.mark.parametrize("name", ["GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_LITERAL_PATHSPECS"])
@pytest.mark.parametrize("value", ["1", "--unified=0"])
def test_no_variable_changes_what_is_read(
    changed: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    plain = [kb(*words) for words in READ]
    monkeypatch.setenv(name, value)
    assert [kb(*words) for words in READ] == plain


@pytest.mark.parametrize("name", [name for name in LOCAL if "GIT_CONFIG_" not in name])
@pytest.mark.parametrize("value", ["/nowhere", "1"])
def test_a_hook_s_repository_is_not_ours(
    team: Team, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert our_git(team.mine.root, "ls-files").split()[-1] == "kb/macros/hello.md"
    assert our_git(team.mine.root, "rev-parse", "--show-toplevel") == str(team.mine.root)


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "ana@example.org"},
        {"GIT_CONFIG_GLOBAL": "ana.config"},
        {
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "user.name",
            "GIT_CONFIG_VALUE_0": "Ana",
            "GIT_CONFIG_KEY_1": "user.email",
            "GIT_CONFIG_VALUE_1": "ana@example.org",
        },
        {"GIT_CONFIG_PARAMETERS": "'user.name=Ana' 'user.email=ana@example.org'"},
    ],
    ids=min,
)
def test_a_proposal_is_by_whom_the_environment_names(
    changed: Team,
    kb: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
) -> None:
    (tmp_path / "ana.config").write_text("[user]\nname = Ana\nemail = ana@example.org\n", "utf-8")
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value) if name == "GIT_CONFIG_GLOBAL" else value)
    patch = tmp_path / "a.patch"
    done = kb("propose", "--title", "T", "--why", "W", "--yes", "--patch", str(patch))
    assert done.code == 0, done.err
    assert "From: Ana <ana@example.org>" in patch.read_text("utf-8")
    assert os.environ[min(variables)]  # whatever is called later has it, too
