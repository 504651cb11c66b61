"""Where a remote leads that has another name in SSH's settings, or another address in Git's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.repositories import Team

from cannery.git.clone import open_checkout
from cannery.git.view import as_user
from cannery.hosts.addresses import owner_of, remote_repo, team_repository
from cannery.hosts.ssh_names import resolved_host
from cannery.workspace import open_workspace

HERE = "https://github.com/team/kb"
SSH = """#!/bin/sh
# Stands for OpenSSH with settings of its own.
echo "$*" >> "$(dirname "$0")/asked"
for last; do :; done
case $last in
work|work-github.com) echo 'hostname github.com' ;;
port.example.com) printf 'user git\\nhostname SSH.github.com\\nport 443\\n' ;;
git.example.com) echo 'hostname git-1.internal' ;;
forge) echo 'hostname 10.0.0.5' ;;
bad) echo 'hostname -oProxyCommand=x' ;;
*) echo "hostname $last" ;;
esac
"""


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name, first in PATH."""
    program = tmp_path / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(SSH, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("ssh://git@ssh.github.com:443/team/kb.git", HERE),
        ("git@ssh.github.com:team/kb.git", HERE),
        ("git@github.com-work:team/kb.git", HERE),
        ("git@github.com_work:team/kb.git", HERE),
        ("ssh://git@altssh.gitlab.com:443/team/kb.git", "https://gitlab.com/team/kb"),
        ("git@gitlab.com-work:team/kb.git", "https://gitlab.com/team/kb"),
        ("git@altssh.bitbucket.org:team/kb.git", "https://bitbucket.org/team/kb"),
        ("git@github.com.evil.example:team/kb", "https://github.com.evil.example/team/kb"),
        ("https://github.com-work/team/kb", "https://github.com-work/team/kb"),
    ],
)
def test_a_public_host_s_names_for_ssh_are_known(address: str, web: str) -> None:
    found = remote_repo(address)
    assert found is not None
    assert found.web == web


@pytest.mark.parametrize(
    ("host", "resolved"),
    [
        ("work", "github.com"),
        ("work-github.com", "github.com"),
        ("port.example.com", "github.com"),
        ("git.example.com", "git.example.com"),  # where SSH goes is no name for others
        ("forge", "10.0.0.5"),
        ("bad", "bad"),
        ("elsewhere", "elsewhere"),
    ],
)
@pytest.mark.usefixtures("ssh")
def test_an_alias_is_what_ssh_says(tmp_path: Path, host: str, resolved: str) -> None:
    assert resolved_host(tmp_path, host) == resolved


def test_a_public_host_is_asked_for_by_nobody(tmp_path: Path, ssh: Path) -> None:
    assert resolved_host(tmp_path, "github.com") == "github.com"
    assert not ssh.with_name("asked").exists()


@pytest.mark.parametrize("where", ["GIT_SSH_COMMAND", "GIT_SSH", "core.sshCommand"])
def test_ssh_is_asked_as_git_would_call_it(
    team: Team, ssh: Path, monkeypatch: pytest.MonkeyPatch, home: Path, where: str
) -> None:
    moved = ssh.rename(ssh.with_name("other")).rename(ssh.parent.parent / "ssh")
    options = "" if where == "GIT_SSH" else " -F other"
    if where == "core.sshCommand":
        with (home / ".gitconfig").open("a", encoding="utf-8") as file:
            file.write(f'[core]\nsshCommand = "{moved}{options}"\n')
    else:
        monkeypatch.setenv(where, f"{moved}{options}")
    assert resolved_host(team.mine.root, "work") == "github.com"
    assert moved.with_name("asked").read_text() == f"{options} -G -- work\n".lstrip()


def test_another_program_than_openssh_is_not_asked(
    team: Team, ssh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh.rename(ssh.with_name("plink"))))
    assert resolved_host(team.mine.root, "work") == "work"
    assert not ssh.with_name("asked").exists()


INSTEAD = {
    "insteadOf": "[url 'git@github.com:']\ninsteadOf = gh:\n",
    "alias": "[url 'git@work:']\ninsteadOf = https://github.com/\n",
    "mirror": "[url 'https://mirror.example/']\ninsteadOf = https://github.com/\n",
    "push": "[url 'git@github.com:']\npushInsteadOf = https://mirror.example/\n",
    "folder": "[url '/srv/git/']\ninsteadOf = https://github.com/\n",
    "none": "",
}


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ("gh:team/kb.git", "insteadOf"),
        ("https://github.com/team/kb", "alias"),
        ("https://github.com/team/kb", "mirror"),
        ("https://mirror.example/team/kb", "push"),
        ("https://github.com/team/kb.git", "folder"),
        ("git@work:team/kb", "none"),
    ],
)
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.usefixtures("ssh")
def test_a_rewritten_address_leads_to_the_host(
    team: Team, home: Path, address: str, settings: str, own: bool
) -> None:
    team.mine.git("remote", "set-head", "origin", "main")
    team.mine.git("remote", "set-url", "origin", address)
    file = team.mine.root / ".git/config" if own else home / ".gitconfig"
    file.write_text(file.read_text("utf-8") + INSTEAD[settings].replace("'", '"'), "utf-8")
    workspace = open_workspace(team.mine.root)
    found = [team_repository(open_checkout(team.mine.root), workspace)]
    with as_user():
        checkout = open_checkout(team.mine.root)
        found.append(team_repository(checkout, workspace))
    assert [repo and (repo.web, repo.kind) for repo in found] == [(HERE, "github")] * 2
    assert owner_of(checkout, "origin") == ""


def test_an_address_for_pushing_is_where_requests_are_opened(team: Team) -> None:
    team.mine.git("remote", "set-head", "origin", "main")
    team.mine.git("remote", "set-url", "origin", "https://mirror.example/team/kb")
    team.mine.git("remote", "set-url", "--push", "origin", "git@github.com:team/kb.git")
    found = team_repository(open_checkout(team.mine.root), open_workspace(team.mine.root))
    assert found is not None
    assert found.web == HERE
