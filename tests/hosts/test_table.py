"""A host is a file and a row: one that nobody has heard of is proposed to like any other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.hosts.server import Host
from tests.repositories import Team

from cannery import hosts
from cannery.hosts.addresses import remote_repo, report_form
from cannery.hosts.table import host_of
from cannery.model import hosts as table

HAR = "kb/articles/har.md"
MADE_UP = """
from cannery.hosts.api import Access, ask
from cannery.hosts.host import Host

def _open_request(repo, proposal, main, owner):
    api = API
    if not api:
        return ""
    access = Access("Example", repo.host, api, "s3cret", {"Accept": "application/json"})
    asked = {"name": proposal.title, "from": proposal.branch, "into": main}
    return ask(access, f"v1/{repo.path}/changes", asked)["page"]

HOST = Host(
    names=("example-forge",),
    request_paths="changes",
    request_form=lambda repo, proposal, main, owner: f"{repo.web}/propose/{main}",
    edit_page=lambda repo, branch: f"{repo.web}/edit-on/{branch}/{{path}}",
    open_request=_open_request,
    missing_token=lambda repo: f"Nobody is signed in to {repo.host}.",
)
"""


@pytest.fixture
def server() -> Iterator[Host]:
    host = Host()
    yield host
    host.end()


def _add(monkeypatch: pytest.MonkeyPatch, folder: Path, api: str = "") -> None:
    """The two places: a file among the hosts, and a row."""
    (folder / "example.py").write_text(MADE_UP.replace("API", repr(api), 1), "utf-8")
    monkeypatch.setattr(hosts, "__path__", [*hosts.__path__, str(folder)])
    monkeypatch.setattr(table, "HOSTS", (*table.HOSTS, "example"))
    monkeypatch.delitem(sys.modules, "cannery.hosts.example", raising=False)


def _is_at(team: Team, settings: str) -> None:
    team.other.write("kb/kb.toml", settings)
    team.other.push()
    team.mine.pull()
    team.mine.edit(HAR, "First line", "1st")


def test_it_is_recognised_by_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _add(monkeypatch, tmp_path)
    repo = remote_repo("git@example-forge.net:team/kb.git")
    assert repo is not None
    assert repo.kind == "example"
    assert (
        host_of(repo).edit_page(repo, "main")
        == "https://example-forge.net/team/kb/edit-on/main/{path}"
    )
    assert report_form(repo, "report.yml").startswith(
        "https://example-forge.net/team/kb/issues/new"
    )


def test_its_form_is_shown_to_who_is_not_signed_in(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _add(monkeypatch, tmp_path)
    _is_at(team, 'repository = "https://git.example.com/team/kb"\nforge = "example"\n')
    done = kb("propose", "--yes")
    assert (done.code, done.out) == (0, "https://git.example.com/team/kb/propose/main\n")
    assert "Nobody is signed in to git.example.com." in done.err
    assert "Open the pull request here:" in done.err


def test_what_it_says_of_a_request_after_a_push_is_the_request(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _add(monkeypatch, tmp_path)
    hook = team.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'https://git.example-forge.net/team/kb/changes/7'\n")
    hook.chmod(0o755)
    _is_at(team, 'repository = "https://git.example-forge.net/team/kb"\n')
    assert kb("propose", "--yes").out == "https://git.example-forge.net/team/kb/changes/7\n"


def test_its_api_opens_the_request(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Host
) -> None:
    _add(monkeypatch, tmp_path, server.address)
    server.answer = (201, {}, {"page": "https://example-forge.net/team/kb/changes/1"})
    _is_at(team, 'repository = "https://example-forge.net/team/kb"\n')
    assert kb("propose", "--yes").out == "https://example-forge.net/team/kb/changes/1\n"
    assert server.told == [("POST", "/v1/team/kb/changes", "Bearer s3cret")]
    (branch,) = team.branches()
    asked = {"name": "Update HAR files", "from": branch, "into": "main"}
    assert json.loads(server.bodies[0]) == asked


def test_its_refusal_is_told_by_its_name(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Host
) -> None:
    _add(monkeypatch, tmp_path, server.address)
    server.answer = (403, {}, {"message": "no s3cret"})
    _is_at(team, 'repository = "https://example-forge.net/team/kb"\n')
    done = kb("propose", "--yes")
    assert done.code == 1
    assert "Example returned an error (403): no ..." in done.err
