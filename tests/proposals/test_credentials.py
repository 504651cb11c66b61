"""Tokens in a remote's address and in the environment: what of them is shown or kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.hosts.server import Host
from tests.repositories import Team

HAR = "kb/articles/har.md"
SECRETS = ("s3cret", "t0ken", "0ther")
COMMANDS = (
    ("status",),
    ("status", "--json"),
    ("sync",),
    ("propose", "--yes"),
    ("propose", "--yes", "--json"),
    ("propose", "--resume"),
    ("propose", "--dry-run"),
    ("ask", "How?", "--yes"),
    ("doctor",),
    ("doctor", "--json"),
    ("history", "articles/har", "--json"),
    ("blame", "articles/har", "--json"),
    ("check",),
    ("check", "--since", "https://kim:s3cret@127.0.0.1/x"),
    ("restore", "har", "--at", "https://kim:s3cret@127.0.0.1/x"),
    ("new", "article", "--from-issue", "https://kim:s3cret@127.0.0.1:9/a/b/issues/7"),
    ("new", "article", "--from-issue", "https://kim:s3cret@127.0.0.1:9/x"),
    ("stage", "out", "--audience", "internal"),
    ("undo",),
)


def _holders(folder: Path) -> list[str]:
    """The files that hold a secret, but for the setting in which the user has put it."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and path.parts[-2:] != (".git", "config")
        if any(secret.encode() in path.read_bytes() for secret in SECRETS)
    ]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A remote that repeats what it should not; the user has tokens in the environment."""
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "0ther")
    monkeypatch.setenv("GH_HOST", "127.0.0.1")
    made = Host()
    yield made
    made.end()


@pytest.mark.parametrize("code", [401, 403, 404, 500, 200])
def test_no_command_shows_or_keeps_a_secret(
    team: Team, kb: Run, home: Path, host: Host, code: int
) -> None:
    host.answer = (code, {"X-Error": "s3cret"}, {"message": "t0ken 0ther"})
    team.mine.edit(HAR, "First line", "1st")
    address = f"http://kim:s3cret@{host.name}/team/kb.git"
    team.mine.git("remote", "set-url", "origin", address)
    for command in COMMANDS:
        done = kb(*command)
        told = done.out + done.err
        assert done.code in {0, 1}, (command, told)
        assert not [secret for secret in SECRETS if secret in told], (command, told)
    assert _holders(home) == []
    assert _holders(team.mine.root) == []


def test_a_request_with_credentials_that_was_kept_earlier_is_shown_without(
    team: Team, kb: Run
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    notes = team.mine.root / ".git/cannery/proposals.json"
    text = notes.read_text()
    rows = json.loads(text)
    found = (
        rows if isinstance(rows, list) else next(v for v in rows.values() if isinstance(v, list))
    )
    found[0][-2] = "https://kim:s3cret@git.example/team/kb/pull/1"
    notes.write_text(json.dumps(rows))
    for command in (("status",), ("status", "--json"), ("propose", "--yes")):
        done = kb(*command)
        assert "s3cret" not in done.out + done.err
    assert "https://git.example/team/kb/pull/1" in kb("status").out


def test_a_site_s_links_to_the_host_have_no_credentials(team: Team, kb: Run) -> None:
    team.mine.git("remote", "set-url", "origin", "https://kim:s3cret@github.com/team/kb.git")
    team.mine.write("kb/kb.toml", 'repository = "https://kim:0ther@github.com/team/kb"\n')
    for audience in ("public", "internal"):
        assert kb("stage", f"out-{audience}", "--audience", audience).code == 0
        staged = team.mine.root / f"out-{audience}"
        assert _holders(staged) == []
    assert "https://github.com/team/kb/" in (staged / "docs/articles/har.md").read_text()
