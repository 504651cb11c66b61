"""Which token goes where."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.git.program import program
from cannery.git.repository import GitError
from cannery.hosts.addresses import remote_repo
from cannery.hosts.github_tokens import access, missing_token
from cannery.hosts.table import host_of


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No host is known, and no `gh` is there."""
    for name in ("GH_HOST", "GITHUB_API_URL", "GITHUB_SERVER_URL", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "enterprise")


def _token(address: str, kind: str = "github") -> str:
    where = remote_repo(address, kind)
    return access(where).token if where else "not the address of a repository"


@pytest.mark.parametrize(
    "address",
    ["https://github.com/t/kb", "https://GITHUB.COM./t/kb", "https://github.com:443/t/kb",
     "https://kim:old@github.com/t/kb", "git@github.com:t/kb.git", "ssh://git@github.com:22/t/kb"],
)  # fmt: skip
def test_github_s_token_goes_to_github(address: str) -> None:
    assert _token(address) == "t0ken"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/t/kb", "https://github.com@evil.example/t/kb",
     "https://github.com.evil.example/t/kb", "https://github.com:8443/t/kb",
     "http://github.com/t/kb", "https://api.github.com/t/kb", "https://gist.github.com/t/kb",
     "https://gitlab.com/t/kb", "https://codeberg.org/t/kb", "https://xn--gthub-n4a.com/t/kb",
     "http://127.0.0.1:8080/t/kb", "git@evil.example:t/kb", "git@github.com.evil.example:t/kb"],
)  # fmt: skip
def test_no_token_goes_elsewhere(address: str) -> None:
    assert _token(address) == ""


@pytest.mark.parametrize(
    "address", [r"https://github.com\@evil.example/t/kb", "https://github\u3002com/t/kb"]
)
def test_what_can_be_read_in_two_ways_is_no_host(address: str) -> None:
    assert _token(address) == "not the address of a repository"


@pytest.mark.parametrize(
    ("gh_host", "address", "token"),
    [
        ("ghe.example", "https://ghe.example/t/kb", "enterprise"),
        ("GHE.example.", "https://ghe.example/t/kb", "enterprise"),
        ("ghe.example", "https://other.example/t/kb", ""),
        ("ghe.example", "https://sub.ghe.example/t/kb", ""),
        ("ghe.example", "https://ghe.example:8443/t/kb", ""),
        ("ghe.example", "http://ghe.example/t/kb", ""),
        ("github.com", "https://github.com/t/kb", "t0ken"),
        ("", "https://ghe.example/t/kb", ""),
    ],
)
def test_the_enterprise_s_token_goes_to_its_host_alone(
    gh_host: str, address: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_HOST", gh_host)
    assert _token(address) == token


def _settings(home: Path, text: str) -> None:
    path = home / "config/cannery/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_the_user_s_settings_name_other_hosts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _settings(
        home,
        '[hosts]\n"Git.example" = { kind = "github", token_variable = "MINE" }\n'
        '"127.0.0.1:8080" = { token_variable = "MINE" }\n'
        '"plain.example" = { token_variable = "MINE" }\n',
    )
    monkeypatch.setenv("MINE", "my0wn")
    assert _token("https://git.example/t/kb") == "my0wn"
    assert _token("http://127.0.0.1:8080/t/kb") == "my0wn"
    assert _token("http://127.0.0.1:8081/t/kb") == ""
    assert _token("http://plain.example/t/kb") == ""
    assert _token("https://other.example/t/kb") == ""


@pytest.mark.parametrize(
    "wrong", ['"h" = "x"', '"h" = { kind = "svn" }', '"h" = { token_variable = 1 }']
)
def test_settings_of_hosts_that_are_none_are_told(home: Path, wrong: str) -> None:
    _settings(home, f"[hosts]\n{wrong}\n")
    with pytest.raises(Exception, match=r"config\.toml:(\d+:)? "):
        _token("https://h/t/kb")


@pytest.mark.parametrize(
    ("api", "server", "address", "asked"),
    [
        ("", "", "https://github.com/t/kb", "https://api.github.com"),
        ("https://api.github.com", "", "https://github.com/t/kb", "https://api.github.com"),
        ("https://evil.example/api", "", "https://github.com/t/kb", "https://api.github.com"),
        ("http://api.github.com", "", "https://github.com/t/kb", "https://api.github.com"),
        ("https://github.com@evil.example", "", "https://github.com/t/kb", "https://api.github.com"),
        ("http://127.0.0.1:9/", "", "https://github.com/t/kb", "http://127.0.0.1:9"),
        ("https://api.github.com", "", "https://evil.example/t/kb", "https://evil.example/api/v3"),
        ("https://ghe.example/api/v3", "https://ghe.example", "https://ghe.example/t/kb", "https://ghe.example/api/v3"),
        ("https://ghe.example/api/v3", "https://ghe.example", "https://github.com/t/kb", "https://api.github.com"),
    ],
)  # fmt: skip
def test_the_api_s_address_never_takes_a_token_to_another_host(
    api: str, server: str, address: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_API_URL", api)
    monkeypatch.setenv("GITHUB_SERVER_URL", server)
    where = remote_repo(address, "github")
    assert where is not None
    assert access(where).api == asked


def _gh(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `gh` that is signed in to ghe.example, and answers for others with the environment's."""
    folder.mkdir(exist_ok=True)
    script = folder / "gh"
    script.write_text(
        '#!/bin/sh\n[ "$1 $2 $3" = "auth token --hostname" ] || exit 9\n'
        'for t in "$GH_ENTERPRISE_TOKEN" "$GITHUB_ENTERPRISE_TOKEN" "$GH_TOKEN" "$GITHUB_TOKEN"; do\n'
        '  [ -n "$t" ] && echo "$t" && exit 0\ndone\n'
        '[ "$4" = ghe.example ] && echo signed1n && exit 0\nexit 1\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return script


def test_gh_answers_for_the_hosts_that_it_is_signed_in_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _gh(tmp_path / "bin", monkeypatch)
    assert _token("https://ghe.example/t/kb") == "signed1n"
    assert _token("http://ghe.example/t/kb") == ""


def test_gh_does_not_answer_with_what_is_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ENTERPRISE_TOKEN", "enterprise")
    _gh(tmp_path / "bin", monkeypatch)
    assert _token("https://evil.example/t/kb") == ""


@pytest.mark.parametrize("path", [".", "", "tools"])
def test_a_gh_of_the_knowledge_base_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb/kb.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    _gh(tmp_path / path, monkeypatch)
    for named in (path, str((tmp_path / path).resolve())):
        monkeypatch.setenv("PATH", f"{named}:/usr/bin:/bin")
        assert program("gh") == ""
        assert _token("https://ghe.example/t/kb") == ""


def test_a_token_with_a_line_end_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", "t0ken\r\nHost: evil.example")
    with pytest.raises(GitError) as raised:
        _token("https://github.com/t/kb")
    assert "GH_TOKEN" in str(raised.value)
    assert "t0ken" not in str(raised.value)


def test_who_has_a_token_for_another_host_is_told_what_to_do() -> None:
    repo = remote_repo("https://ghe.example/t/kb", "github")
    assert repo is not None
    assert "GH_TOKEN is only used for github.com" in missing_token(repo)
    assert "gh auth login --hostname ghe.example" in missing_token(repo)
    assert host_of(repo._replace(kind="gitlab")).missing_token(repo) == ""
