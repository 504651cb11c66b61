"""What Git refuses is told as what it is, by each command: never as no repository, or as nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from tests.conftest import Run
from tests.repositories import Team, git
from tests.unprivileged import unprivileged

from cannery.operations.doctor import examine

COMMANDS = ("check", "check --since HEAD", "status", "sync", "history har", "propose --yes")
READING = ("check", "status", "history har")


@pytest.fixture
def stale(team: Team) -> Team:
    """A team with a translation that is behind its original."""
    ja = "---\ntitle: HAR ファイル\ntags: [network]\nowner: me\n---\n一行目。\n"
    team.mine.write("kb/articles/har.ja.md", ja)
    team.mine.push("A translation")
    team.mine.edit("kb/articles/har.md", "Second line", "2nd")
    team.mine.push("A change")
    return team


Spoil = Callable[[Path, pytest.MonkeyPatch], None]


class Case(NamedTuple):
    """`words` are told by each of the commands, all of which fail, and by `kb doctor`."""

    spoil: Spoil
    words: tuple[str, ...]
    commands: tuple[str, ...] = COMMANDS


def _owner(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")


def _config(*pairs: str) -> Spoil:
    def spoil(root: Path, _: pytest.MonkeyPatch) -> None:
        for pair in pairs:
            git(root, "config", *pair.split("="))

    return spoil


def _write(path: str, text: str) -> Spoil:
    def spoil(root: Path, _: pytest.MonkeyPatch) -> None:
        (root / ".git" / path).write_text(text)

    return spoil


def _remove(path: str) -> Spoil:
    def spoil(root: Path, _: pytest.MonkeyPatch) -> None:
        target = root / ".git" / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return spoil


def _empty_objects(root: Path, _: pytest.MonkeyPatch) -> None:
    for path in (root / ".git/objects").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"")


def _beside(text: str) -> Spoil:
    """The repository is elsewhere now, and a file says where."""

    def spoil(root: Path, _: pytest.MonkeyPatch) -> None:
        (root / ".git").rename(root.parent / "moved")
        (root / ".git").write_text(text)

    return spoil


def _program(script: str) -> Spoil:
    """A git that does only this."""

    def spoil(root: Path, patch: pytest.MonkeyPatch) -> None:
        folder = root.parent / "bin"
        folder.mkdir()
        (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "git").chmod(0o755)
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return spoil


def _no_program(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PATH", str(root.parent))


def _settings_of_user(_: Path, __: pytest.MonkeyPatch) -> None:
    (Path.home() / ".gitconfig").write_text("[broken\n")


TOO_OLD = 'echo "error: unknown option \\`nul\'" >&2; exit 129'
WRITING = ("sync", "propose --yes")
CASES = {
    "another-owner": Case(
        _owner, ("another user", "git config --global --add safe.directory"), WRITING
    ),
    "bare": Case(_config("core.bare=true"), ("no working tree", "core.bare false"), WRITING),
    "version-99": Case(
        _config("core.repositoryformatversion=99"), ("format", "found 99", "newer version of Git")
    ),
    "extension": Case(
        _config("core.repositoryformatversion=1", "extensions.future=1"),
        ("format", "extension found: future", "newer version of Git"),
    ),
    "hash": Case(
        _config("core.repositoryformatversion=1", "extensions.objectformat=sha3"),
        ("format", "sha3", "newer version of Git"),
    ),
    "settings": Case(
        _write("config", "[broken\n"), ("settings can't be read", "bad config line 1")
    ),
    "settings-of-user": Case(_settings_of_user, ("settings can't be read", "bad config line 1")),
    "head": Case(_write("HEAD", "garbage\n"), ("HEAD is damaged", "ref: refs/heads/main")),
    "head-empty": Case(_write("HEAD", ""), ("HEAD is damaged", "ref: refs/heads/main")),
    "head-gone": Case(_remove("HEAD"), ("is damaged: it has no HEAD", "clone the repository")),
    "objects-gone": Case(_remove("objects"), ("is damaged: it has no objects",)),
    "refs-gone": Case(_remove("refs"), ("is damaged: it has no refs",)),
    "branch": Case(_write("refs/heads/main", "garbage\n"), ("damaged", "git fsck")),
    "branch-nowhere": Case(_write("refs/heads/main", "1" * 40 + "\n"), ("damaged", "git fsck")),
    "objects-empty": Case(_empty_objects, ("damaged", "git fsck")),
    "index": Case(
        _write("index", "x" * 99),
        ("index", "damaged", "git reset"),
        ("check", "check --since HEAD", "status", "propose --yes"),
    ),
    "file-nowhere": Case(_beside("gitdir: ../gone\n"), ("does not exist", "git worktree repair")),
    "file-of-nothing": Case(_beside("nonsense\n"), (".git names no repository",)),
    "no-git": Case(_no_program, ("git is not installed", "Install git")),
    "killed": Case(_program("kill -9 $$"), ("git was ended by SIGKILL",)),
    "crashed": Case(_program("kill -SEGV $$"), ("git was ended by SIGSEGV",)),
    "too-old": Case(_program(TOO_OLD), ("too old", "newer version of Git")),
    "not-started": Case(_program("exec /nowhere"), ("git can't be started",)),
    "locked": Case(_write("index.lock", ""), ("git is locked by", "index.lock"), ()),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_it_is_told_by_each_command_as_what_it_is(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    stale.mine.write("kb/articles/new.md", "---\ntitle: New\ntags: [a]\nowner: me\n---\nText\n")
    case.spoil(stale.mine.root, monkeypatch)
    for command in case.commands:
        done = kb(*command.split())
        told = done.out + done.err
        assert (command, done.code) == (command, 1), told
        assert [word for word in case.words if word not in told] == [], (command, told)
        assert "not in a Git" not in told
        assert "this is a bug" not in told
        assert "cannery/views" not in told
    finding = next(item for item in examine(stale.mine.root) if item.subject == "git")
    assert not finding.good
    assert [word for word in case.words if word not in finding.text] == [], finding.text
    assert finding.text.endswith(" `kb help git-troubles` has more.")


# What is denied in `.git`, and to whom: to read, every command that looks at the history.
DENIED = {
    "everything": ("", 0, "you can't read"),
    "head": ("HEAD", 0, "you can't read"),
    "objects": ("objects", 0, "you can't read"),
    "refs": ("refs", 0, "you can't read"),
    "index": ("index", 0, "you can't read"),
    "settings": ("config", 0, "Permission denied"),
}


@pytest.mark.needs("setpriv")
@pytest.mark.parametrize(("path", "mode", "words"), DENIED.values(), ids=DENIED.keys())
def test_what_may_not_be_read_is_told_as_that(
    stale: Team, path: str, mode: int, words: str
) -> None:
    denied = stale.mine.root / ".git" / path
    before = denied.stat().st_mode
    denied.chmod(mode)
    try:
        *done, doctor, find = unprivileged(
            stale.mine.root, *READING, "check --since HEAD", "doctor", "find har"
        )
    finally:
        denied.chmod(before)
    for one in done:
        told = one.out + one.err
        assert (one.code, words in told, ".git" in told) == (1, True, True), told
        assert "this is a bug" not in told
    assert "you can't read" in doctor.out or words in doctor.out
    assert (doctor.code, find.code, find.out != "") == (0, 0, True)


@pytest.fixture
def refused(stale: Team) -> Team:
    """A team whose repository has a format that no Git knows."""
    git(stale.mine.root, "config", "core.repositoryformatversion", "99")
    return stale


JA = "kb/articles/har.ja.md"
REASON = "this file can't be checked: git can't read the format of this repository"


def test_a_check_that_could_not_look_says_so_in_every_format(refused: Team, kb: Run) -> None:
    assert refused.mine.root.is_dir()
    outcomes = {form: kb("check", "-f", form) for form in ("json", "sarif", "junit", "github")}
    assert {one.code for one in outcomes.values()} == {1}
    (found,) = json.loads(outcomes["json"].out)
    assert (found["path"], found["code"], found["severity"]) == (JA, "outdated", "error")
    assert found["message"].startswith(REASON)
    (result,) = json.loads(outcomes["sarif"].out)["runs"][0]["results"]
    assert (result["level"], result["ruleId"]) == ("error", "outdated")
    assert result["message"]["text"].startswith(REASON)
    (failure,) = ET.fromstring(outcomes["junit"].out).iter("failure")  # noqa: S314 - our own
    assert failure.attrib["message"].startswith(REASON)
    assert outcomes["github"].out.startswith(f"::error file={JA},line=1,title=outdated::{REASON}")


def test_it_counts_only_where_the_rule_and_the_file_are_asked_for(refused: Team, kb: Run) -> None:
    told = {
        words: kb("check", *words.split()).code
        for words in (
            JA,
            "kb/articles/har.md",
            "--ignore outdated",
            "--select title",
            "--statistics",
        )
    }
    assert told == {
        JA: 1,
        "kb/articles/har.md": 0,
        "--ignore outdated": 0,
        "--select title": 0,
        "--statistics": 1,
    }
    refused.mine.write(
        "kb/kb.toml", 'name = "Team"\n[check.allow]\noutdated = "we translate late"\n'
    )
    assert kb("check").code == 0


def test_a_baseline_does_not_know_what_could_not_be_looked_at(
    refused: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # where nobody can commit one, none is begun
    done = kb("check", "--baseline")
    assert (done.code, REASON in done.out) == (1, True)
    assert "outdated" not in (refused.mine.root / "kb/baseline.txt").read_text("utf-8")
    assert kb("check").code == 1
    config = refused.mine.root / ".git/config"
    config.write_text(config.read_text("utf-8").replace("= 99", "= 0"), "utf-8")
    assert "[outdated]" in kb("check").out


def test_a_clone_without_the_whole_history_is_a_warning_in_every_format(
    stale: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", stale.remote.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    done = kb("check", "--json")
    (found,) = json.loads(done.out)
    assert (done.code, found["code"], found["severity"]) == (0, "outdated", "warning")
    assert "shallow clone" in found["hint"]


def test_outside_of_a_repository_a_check_says_what_it_does_not_compare(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(stale.mine.root / ".git")
    monkeypatch.setenv("PATH", "")  # not even Git is needed
    done = kb("check")
    assert (done.code, done.out) == (0, "")
    assert "Translations are not compared with their originals" in done.err
    assert "is not in a Git repository" in done.err


def test_a_folder_that_git_may_not_look_above_of_is_in_no_repository(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = stale.mine.root / "inner"
    shutil.copytree(stale.mine.root / "kb", inner / "kb")
    monkeypatch.chdir(inner)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(stale.mine.root))
    for command in ("status", "sync", "history har", "check --since HEAD"):
        done = kb(*command.split())
        assert done.code == 1
        assert "is not in a Git repository" in done.err
        assert f"GIT_CEILING_DIRECTORIES keeps Git from looking in {stale.mine.root}" in done.err


def test_a_variable_that_names_another_repository_changes_nothing(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stale.mine.root.is_dir()
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert [kb(*command.split()).code for command in ("check", "status", "sync")] == [0, 0, 0]


def test_what_reads_needs_no_trust_in_a_repository_of_another_user(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kb("check").out
    _owner(stale.mine.root, monkeypatch)
    done = kb("check")
    assert (done.code, done.out) == (0, before)
    assert "[outdated]" in done.out
    assert kb("history", "har").code == 0
    assert kb("check", "--since", "HEAD~1").code == 0


def test_a_remote_of_another_user_is_no_reason_to_be_offline(
    stale: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _owner(stale.mine.root, monkeypatch)
    done = kb("status")
    assert done.code == 0
    assert "Not fetched, showing the last known state" in done.err
    assert f"git config --global --add safe.directory {stale.remote}" in done.err


@pytest.mark.parametrize("script", ["", "kill -9 $$", "exit 128", TOO_OLD])
def test_without_git_nothing_is_begun(
    tmp_path: Path, kb: Run, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """A git that does nothing, or none at all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "root").mkdir()
    (_program(script) if script else _no_program)(tmp_path / "root", monkeypatch)
    for folder in ("new/folder", "root"):
        done = kb("init", folder)
        assert done.code == 1
        assert "git" in done.err.casefold()
    assert not (tmp_path / "new").exists()
    assert [*(tmp_path / "root").iterdir()] == []
