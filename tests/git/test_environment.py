"""Whose settings hold: the user's where something is written, nobody's where output is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.git.hostile_settings import HOSTILE, as_file
from tests.repositories import Team, git

from cannery.git.pins import pinned
from cannery.git.run import git as our_git

LOCAL = git(Path.cwd(), "rev-parse", "--local-env-vars").split()
GPG = """#!/bin/sh
cat > /dev/null
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'
printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
"""
READ = (
    ("history", "articles/har"),
    ("history", "articles/har", "--patch"),
    ("history", "articles/har", "--json"),
    ("blame", "articles/har"),
    ("status", "--json"),
    ("check", "--since", "HEAD~1", "--json"),
)
PLAIN = {key: values for key, values in HOSTILE.items() if "{tmp}" not in "".join(values)}


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


@pytest.mark.parametrize("which", [0, 1])
def test_no_setting_of_the_user_s_changes_what_is_read(
    changed: Team, kb: Run, home: Path, which: int
) -> None:
    plain = [kb(*words) for words in READ]
    assert [done.code for done in plain[:5]] == [0] * 5
    with (home / ".gitconfig").open("a", encoding="utf-8") as file:
        file.write(as_file((key, values[which]) for key, values in PLAIN.items()))
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
    for name, value in form({key: values[which] for key, values in PLAIN.items()}).items():
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


def test_a_proposal_is_signed_where_the_user_signs(
    changed: Team, kb: Run, home: Path, tmp_path: Path
) -> None:
    program = tmp_path / "sign"
    program.write_text(GPG, "utf-8")
    program.chmod(0o755)
    with (home / ".gitconfig").open("a", encoding="utf-8") as file:
        file.write(as_file({"commit.gpgSign": "true", "gpg.program": str(program)}.items()))
    assert kb("propose", "--yes", "--title", "T").code == 0
    (branch,) = changed.branches()
    assert "-----BEGIN PGP SIGNATURE-----" in git(changed.remote, "cat-file", "commit", branch)


def test_who_is_nobody_to_git_is_asked_for_a_name(changed: Team, kb: Run, home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n", "utf-8")
    done = kb("propose", "--yes", "--title", "T")
    assert (done.code, "your name and email are not set in Git" in done.err) == (1, True)
    assert "git config --global user.name" in done.err
    assert changed.branches() == []


@pytest.mark.parametrize("way", ["GIT_SSH", "GIT_SSH_COMMAND"])
@pytest.mark.parametrize("words", [("status",), ("propose", "--yes", "--title", "T")])
def test_a_remote_is_reached_as_the_environment_says(
    changed: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, way: str, words: tuple[str, ...]
) -> None:
    tmp_path = changed.remote.parent
    ssh = tmp_path / "ssh"
    ssh.write_text(
        f"#!/bin/sh\nenv > '{tmp_path}/seen'\nfor last; do :; done\nexec sh -c \"$last\"\n", "utf-8"
    )
    ssh.chmod(0o755)
    changed.mine.git("remote", "set-url", "origin", f"ssh://git.example.test{changed.remote}")
    given = {way: str(ssh), "GIT_SSH_VARIANT": "simple", "GIT_SSL_CAINFO": "/ca", "GIT_PROXY": "x"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    done = kb(*words)
    assert (done.code, "Offline" in done.err) == (0, False)
    assert {f"{name}={value}" for name, value in given.items()} <= {
        *(tmp_path / "seen").read_text("utf-8").split("\n")
    }


@pytest.mark.parametrize("trusts", [False, True])
def test_what_the_user_sets_for_a_folder_holds_for_reaching_its_remote(
    team: Team, home: Path, monkeypatch: pytest.MonkeyPatch, trusts: bool
) -> None:
    monkeypatch.setattr("cannery.git.run.trusts", lambda: trusts)
    team.mine.git("remote", "set-url", "origin", "work:team/kb")
    (home / "work").write_text(
        f'[url "{team.remote.parent}/"]\n\tinsteadOf = work:team/\n', "utf-8"
    )
    with (home / ".gitconfig").open("a", encoding="utf-8") as file:
        file.write(f'[includeIf "gitdir:{team.mine.root.parent}/"]\n\tpath = work\n')
        file.write('[includeIf "gitdir:/elsewhere/"]\n\tpath = none\n')
    assert our_git(team.mine.root, "remote", "-v").startswith(f"origin\t{team.remote.parent}/kb ")
