"""Which token goes to which host: the user's environment and settings decide, content never does.

A proposal needs a token of ours on GitHub alone: GitLab, Gitea, Forgejo and Bitbucket are asked by
the push itself, which Git signs.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from cannery.git.program import program
from cannery.hosts.api import Access
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.tokens import PLAIN, is_loopback, named_by_user, token_in
from cannery.user_settings import UserHost, read_user_settings
from cannery.util.address import Web, web

GITHUB = "github.com"
_OF_HOST = {GITHUB: ("GH_TOKEN", "GITHUB_TOKEN")}
_OF_GH_HOST = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_SECONDS = 30.0
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


def access(repo: RemoteRepo) -> Access:
    """How to ask a GitHub host. Raises GitError for a token that can't be one."""
    settings = read_user_settings().hosts.get(repo.host)
    return Access("GitHub", repo.host, _api(repo), _token(repo, settings), _HEADERS)


def missing_token(repo: RemoteRepo) -> str:
    """What to tell a user who has a token, but none for this host; else empty."""
    names = [name for name in (*_OF_HOST[GITHUB], *_OF_GH_HOST) if os.environ.get(name)]
    if not names:
        return ""
    if repo.scheme != "https":
        return f"No token was sent to {repo.host}, because http:// is not encrypted."
    alone = GITHUB if names[0] in _OF_HOST[GITHUB] else "GH_HOST"
    return (
        f"{names[0]} is only used for {alone}. For {repo.host}, run "
        f"`gh auth login --hostname {repo.host}`, or add the host below [hosts] in "
        f"{read_user_settings().path}."
    )


def _token(repo: RemoteRepo, settings: UserHost | None) -> str:
    if token := token_in(_variables(repo, settings)):
        return token
    return _of_gh(repo.host) if repo.scheme == "https" else ""


def _variables(repo: RemoteRepo, settings: UserHost | None) -> tuple[str, ...]:
    """The variables whose tokens are for this host; none where others could read them."""
    named = named_by_user(repo, settings)
    if named or repo.scheme != "https":
        return tuple(named)
    gh_host = web(f"https://{os.environ.get('GH_HOST', '').strip()}")
    if gh_host and gh_host.host == repo.host != GITHUB:
        return _OF_GH_HOST
    return _OF_HOST.get(repo.host, ())


def _api(repo: RemoteRepo) -> str:
    """The host's own address, or GITHUB_API_URL where that is one for this host.

    An address elsewhere would take the host's token there. One on this machine stays on it.
    """
    server = web(os.environ.get("GITHUB_SERVER_URL", "")) or Web("https", GITHUB, "")
    named = web(os.environ.get("GITHUB_API_URL", ""))
    if named and server.host == repo.host and (named.is_loopback or _is_own(named, repo)):
        return named.address.rstrip("/")
    if repo.host == GITHUB:
        return f"https://api.{GITHUB}"
    return f"{repo.scheme if is_loopback(repo) else 'https'}://{repo.host}/api/v3"


def _is_own(api: Web, repo: RemoteRepo) -> bool:
    return api.scheme == "https" and api.host in (repo.host, f"api.{repo.host}")


def _of_gh(host: str) -> str:
    """The token of the `gh` that is signed in to this host."""
    gh = program("gh")
    if not gh or host.endswith(f".{GITHUB}"):  # gh takes each name below for github.com itself
        return ""
    command = [gh, "auth", "token", "--hostname", host]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
            env=_without_tokens(os.environ),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    token = done.stdout.strip()
    return token if done.returncode == 0 and PLAIN.fullmatch(token) else ""


def _without_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    """What gh runs in: it would answer for any host with a token of the environment."""
    hidden = {*_OF_HOST[GITHUB], *_OF_GH_HOST, "CODESPACES"}
    return {name: value for name, value in environment.items() if name not in hidden}
