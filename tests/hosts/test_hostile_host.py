"""Hosts that mean harm: what they get, and what of their answers is used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import Run
from tests.hosts.server import Host
from tests.repositories import Team, git

HAR = "kb/articles/har.md"


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Host, Host]]:
    """Two hosts, and a user who has tokens."""
    for name in ("GITHUB_API_URL", "GITHUB_SERVER_URL", "GH_HOST"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"):
        monkeypatch.setenv(name, "t0ken")
    first, second = Host(), Host()
    yield first, second
    first.end()
    second.end()


@pytest.fixture
def api(hosts: tuple[Host, Host], monkeypatch: pytest.MonkeyPatch) -> Host:
    """GitHub's API, as the environment has it."""
    monkeypatch.setenv("GITHUB_API_URL", hosts[0].address)
    return hosts[0]


def _is_at(team: Team, address: str) -> None:
    team.other.write("kb/kb.toml", f'repository = "{address}"\nforge = "github"\n')
    team.other.push()
    team.mine.pull()
    team.mine.edit(HAR, "First line", "1st")


@pytest.mark.parametrize("command", [("propose", "--yes"), ("ask", "How?", "--yes")])
def test_kb_toml_does_not_decide_where_a_token_goes(
    team: Team, kb: Run, hosts: tuple[Host, Host], command: tuple[str, ...]
) -> None:
    _is_at(team, f"{hosts[0].address}/team/kb")
    done = kb(*command)
    assert hosts[0].told == []
    assert "No token was sent to" in done.err


def test_an_issue_s_address_does_not_decide_where_a_token_goes(
    team: Team, kb: Run, hosts: tuple[Host, Host]
) -> None:
    hosts[0].answer = (200, {}, {"title": "Q", "body": "A"})
    kb("new", "article", "--from-issue", f"{hosts[0].address}/a/b/issues/7")
    assert [told[2] for told in hosts[0].told] == ["", ""]


def test_an_issue_s_address_is_written_down_without_credentials(
    team: Team, kb: Run, api: Host
) -> None:
    api.answer = (200, {}, {"title": "Q", "body": "A"})
    kb("new", "article", "--from-issue", "https://kim:s3cret@github.com/a/b/issues/7")  # no list
    api.answer = (200, {}, [])
    done = kb("new", "article", "--from-issue", "https://kim:s3cret@github.com/a/b/issues/7")
    assert "s3cret" not in done.out + done.err
    assert not [
        path for path in (team.mine.root / "kb").rglob("*.md") if "s3cret" in path.read_text()
    ]


@pytest.mark.parametrize(
    "asked",
    [(301, "propose"), (302, "propose"), (303, "propose"), (308, "propose"),
     (301, "ask How?"), (303, "ask How?"), (307, "ask How?"), (308, "ask How?")],
)  # fmt: skip
def test_a_redirect_to_another_host_is_not_followed(
    team: Team, kb: Run, api: Host, hosts: tuple[Host, Host], asked: tuple[int, str]
) -> None:
    code, command = asked
    _is_at(team, "https://github.com/team/kb")
    api.answer = (code, {"Location": f"{hosts[1].address}/elsewhere"}, {})
    done = kb(*command.split(), "--yes")
    assert done.code == 1
    assert hosts[1].told == []
    assert [told[2] for told in api.told] == ["Bearer t0ken"]


def test_a_question_follows_to_another_address_of_its_host(team: Team, kb: Run, api: Host) -> None:
    _is_at(team, "https://github.com/team/kb")
    api.answer = (301, {"Location": f"{api.address}/moved"}, {})
    kb("propose", "--yes")
    assert api.told[1] == ("GET", "/moved", "Bearer t0ken")


@pytest.mark.parametrize(
    "page",
    ["https://evil.example/team/kb/pull/1", "https://github.com@evil.example/pull/1",
     "http://github.com/team/kb/pull/1", "javascript:alert(1)", "", None, 7],
)  # fmt: skip
def test_an_address_elsewhere_is_not_passed_on(
    team: Team, kb: Run, api: Host, page: object
) -> None:
    _is_at(team, "https://github.com/team/kb")
    api.answer = (200, {}, [{"html_url": page}])
    done = kb("propose", "--yes")
    assert (done.code, done.out) == (1, "")
    assert "evil.example/" not in (team.mine.root / ".git/cannery/proposals.json").read_text()


@pytest.mark.parametrize(
    "fork",
    ["ext::sh -c 'touch /tmp/x'", "https://evil.example/kim/kb.git", "/srv/kb.git",
     "https://t0ken@evil.example/kim/kb", "--upload-pack=x", "git@evil.example:kim/kb.git"],
)  # fmt: skip
def test_a_fork_elsewhere_becomes_no_remote(team: Team, kb: Run, api: Host, fork: str) -> None:
    _is_at(team, "https://github.com/team/kb")
    hook = team.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Permission to team/kb.git denied to kim.'\nexit 1\n")
    hook.chmod(0o755)
    api.answer = (202, {}, {"clone_url": fork})
    assert kb("propose", "--yes").code == 1
    assert team.mine.git("remote").split() == ["origin"]


def test_a_token_that_a_host_repeats_is_not_shown(team: Team, kb: Run, api: Host) -> None:
    _is_at(team, "https://github.com/team/kb")
    api.answer = (422, {}, {"message": "Bearer t0ken", "errors": ["t0ken"]})
    done = kb("propose", "--yes")
    assert "GitHub returned an error (422)" in done.err
    assert "t0ken" not in done.err


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{", b"7", b'{"title": []}'])
def test_an_answer_that_is_none_is_told(
    team: Team, kb: Run, hosts: tuple[Host, Host], body: bytes
) -> None:
    hosts[0].answer = (200, {}, body)
    done = kb("new", "article", "--from-issue", f"{hosts[0].address}/a/b/issues/7")
    assert (done.code, "response" in done.err) == (1, True)


def test_a_request_that_a_remote_names_elsewhere_is_not_passed_on(team: Team, kb: Run) -> None:
    _is_at(team, "https://git.example.com/team/kb")
    hook = team.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'https://evil.example/team/kb/-/merge_requests/7'\n")
    hook.chmod(0o755)
    git(team.remote, "config", "receive.advertisePushOptions", "true")
    done = kb("propose", "--yes")
    assert done.out.startswith("https://git.example.com/team/kb/compare/")


@pytest.mark.parametrize("path", ["../user", "team/kb/../../x", "team/kb?x=", "a/b/c", "team"])
def test_a_path_that_is_no_repository_s_is_not_asked_for(
    team: Team, kb: Run, api: Host, path: str
) -> None:
    _is_at(team, f"https://github.com/{path}")
    kb("ask", "How?", "--yes")
    assert [told[1] for told in api.told] in ([], ["/repos/team/kb/issues"])
