"""Remotes that hang or don't know the user, filters, signatures, submodules, disks that are full."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cannery.git import clone as git_clone
from cannery.git import run as git_run
from cannery.proposals import push
from tests.conftest import Run
from tests.repositories import ARTICLE, Team, git
from tests.unprivileged import unprivileged

HAR = "kb/articles/har.md"


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("which", ["propose", "sync", "status"])
def test_a_remote_that_hangs_is_left_after_a_while(
    team: Team, kb: Run, silent: int, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (git_clone, git_run, push):
        monkeypatch.setattr(module, "NETWORK_SECONDS", 1.0)
    monkeypatch.setattr(git_clone.fetch, "__defaults__", (1.0,))
    monkeypatch.setattr("cannery.operations.status._SECONDS", 1.0)
    team.mine.edit(HAR, "First line", "1st")
    team.mine.git("remote", "set-url", "origin", f"git://127.0.0.1:{silent}/kb.git")
    before = team.mine.state()
    done = kb(which, *(["--yes"] if which == "propose" else []))
    assert "did not respond within 1 second" in done.err
    assert done.code == (0 if which == "status" else 1)
    assert team.mine.state() == before
    assert not list((team.mine.root / ".git").rglob("*.lock"))


class _Refusing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_credentials_that_are_no_longer_good_are_told_and_never_shown(team: Team, kb: Run) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Refusing)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        address = f"http://kim:s3cret@127.0.0.1:{server.server_port}/team/kb.git"
        team.mine.git("remote", "set-url", "origin", address)
        team.mine.edit(HAR, "First line", "1st")
        done = kb("propose", "--yes")
    finally:
        server.shutdown()
        server.server_close()
    assert done.code == 1
    assert "rejected your credentials" in done.err
    assert "s3cret" not in done.err + done.out
    notes = team.mine.root / ".git/cannery"
    assert all(b"s3cret" not in path.read_bytes() for path in notes.rglob("*") if path.is_file())


SAID = {
    "github": "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\n"
    "Please make sure you have the correct access rights\nand the repository exists.\n",
    "gitlab": "remote: The project you were looking for could not be found or you don't have "
    "permission to view it.\nfatal: Could not read from remote repository.\n",
    "away": "ssh: Could not resolve hostname git.example.test: Name or service not known\n"
    "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct "
    "access rights\nand the repository exists.\n",
    "key": "git@git.example.test: Permission denied (publickey).\n"
    "fatal: Could not read from remote repository.\n",
}


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("github", "Not fetched{}: the remote has no such repository for you: ERROR: Repository"),
        ("gitlab", "Not fetched{}: the remote has no such repository for you: remote: The project"),
        ("away", "Offline{}: the remote can't be reached: ssh: Could not resolve hostname"),
        ("key", "Not fetched{}: the remote rejected your credentials: git@git.example.test"),
    ],
)
def test_a_remote_that_does_not_answer_is_told_by_its_cause(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, which: str, told: str
) -> None:
    ssh = team.remote / "ssh"
    ssh.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{SAID[which]}END\nexit 128\n", "utf-8")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    team.mine.git("remote", "set-head", "origin", "main")
    team.mine.git("remote", "set-url", "origin", "ssh://git@git.example.test/team/kb.git")
    team.mine.edit(HAR, "First line", "1st")
    assert told.format(", showing the last known state") in kb("status").err
    assert told.format("") in kb("propose", "--yes").err


def test_what_a_filter_stores_is_stored_once(team: Team, kb: Run) -> None:
    for clone in (team.other, team.mine):
        clone.git("config", "filter.upper.clean", "tr a-z A-Z")
        clone.git("config", "filter.upper.smudge", "tr A-Z a-z")
    team.other.write(".gitattributes", "kb/articles/loud.md filter=upper\n")
    team.other.write("kb/articles/loud.md", "---\ntitle: loud\n---\none\n\ntwo\n\nthree\n")
    team.other.push()
    assert kb("sync").code == 0
    assert "one" in (team.mine.root / "kb/articles/loud.md").read_text()
    assert team.mine.git("status", "--porcelain") == ""
    team.mine.edit("kb/articles/loud.md", "one", "uno")
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert "UNO" in team.shown(branch, "kb/articles/loud.md")
    team.other.edit("kb/articles/loud.md", "three", "tre")
    team.other.push()
    assert kb("sync").code == 0
    text = (team.mine.root / "kb/articles/loud.md").read_text()
    assert ("uno" in text, "tre" in text) == (True, True)


@pytest.mark.needs("ssh-keygen")
def test_a_proposal_is_signed_as_any_commit_of_the_user_s(
    team: Team, kb: Run, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    git(tmp_path, "config", "--global", "gpg.format", "ssh")
    git(tmp_path, "config", "--global", "user.signingKey", str(key))
    git(tmp_path, "config", "--global", "commit.gpgSign", "true")

    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    team.mine.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert "BEGIN SSH SIGNATURE" in git(team.remote, "cat-file", "commit", branch)


def test_a_branch_that_is_protected_takes_no_push_but_proposals(team: Team, kb: Run) -> None:
    hook = team.remote / "hooks/update"
    hook.write_text(
        '#!/bin/sh\ncase "$1" in refs/heads/main) echo GH006: protected; exit 1;; esac\n'
    )
    hook.chmod(0o755)
    team.mine.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    assert len(team.branches()) == 1


def test_a_submodule_and_names_that_differ_in_case_come_along(
    team: Team, kb: Run, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "library")
    git(tmp_path / "library", "commit", "-q", "--allow-empty", "-m", "x")
    team.other.git(
        "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "library")
    )
    team.other.write("kb/articles/HAR.md", ARTICLE.replace("HAR files", "Other HAR"))
    team.other.push()
    done = kb("sync")
    assert done.code == 0, done.err
    assert "Other HAR" in (team.mine.root / "kb/articles/HAR.md").read_text()
    assert team.mine.git("ls-files", "--stage", "library").startswith("160000")
    team.mine.write("kb/articles/new.md", ARTICLE.replace("HAR files", "New"))
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert git(team.remote, "diff", "--name-only", "main", branch) == "kb/articles/new.md"


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("proposals.json", "status"),
        ("proposals.json", "propose"),
        ("conflicts.json", "sync"),
        ("undo/000001.json", "sync"),
        ("undo/000001.json", "propose"),
        ("undo/000001.json", "undo"),
        ("undo/000001.json", "new"),
    ],
)
def test_notes_that_are_spoilt_are_set_aside_and_the_command_goes_on(
    team: Team, kb: Run, name: str, which: str
) -> None:
    more = {"propose": ["--yes"], "new": ["article", "Another"]}
    team.mine.edit(HAR, "First line", "1st")
    team.other.edit("kb/articles/proxy.md", "First line", "1st")
    team.other.push()
    spoilt = team.mine.root / ".git/cannery" / name
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text("[" * 200_000)
    done = kb(which, *more.get(which, []))
    assert done.code == 0, done.err
    assert f"{spoilt.name} can't be read" in done.err or f"{spoilt} can't be read" in done.err
    assert spoilt.with_name(f"{spoilt.name}.unreadable-1").read_text().startswith("[[[")
    assert "1st" in (team.mine.root / HAR).read_text()


@pytest.mark.needs("mount")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a disk that is full")
def test_a_full_disk_stops_it_and_the_next_try_does_it(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], check=True)
    try:
        (small / "filler").write_bytes(bytes(40_000))
        monkeypatch.setenv("TMPDIR", str(small))
        monkeypatch.setattr("tempfile.tempdir", None)
        team.mine.edit(HAR, "First line", "1st " * 9000)
        before = team.mine.state()
        done = kb("propose", "--yes")
        assert done.code == 1
        assert "space" in done.err
        assert team.mine.state() == before
        assert team.branches() == []
    finally:
        monkeypatch.undo()
        subprocess.run(["umount", str(small)], check=True)


def test_a_file_that_can_not_be_replaced_is_told_by_its_own_name(team: Team, kb: Run) -> None:
    folder = team.mine.root / "kb/articles"
    folder.chmod(0o555)
    try:
        (done,) = unprivileged(team.mine.root, "new article Logs")
    finally:
        folder.chmod(0o755)
    assert done.code == 1
    assert f"{folder}/logs.md: Permission denied" in done.err
    assert "drafts" not in done.err
