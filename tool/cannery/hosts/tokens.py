"""Which token goes to which host: the user's environment and settings decide, content never does.

Only GitHub's requests need a token of ours. GitLab, Gitea, Forgejo and Bitbucket are asked by the
push itself, which Git signs.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

from cannery.git.program import program
from cannery.git.repository import GitError
from cannery.hosts.addresses import Place
from cannery.user_settings import UserHost, read_user_settings
from cannery.util.address import Web, web

GITHUB = "github.com"
_OF_HOST = {GITHUB: ("GH_TOKEN", "GITHUB_TOKEN")}
_OF_GH_HOST = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_PLAIN = re.compile(r"[\x21-\x7e]+")
_SECONDS = 30.0


class Access(NamedTuple):
    """Where a host's API is, and the user's token for it; empty where there is none."""

    api: str
    token: str


def access(where: Place) -> Access:
    """How to ask a host. Raises GitError for a token that can't be one."""
    told = read_user_settings().hosts.get(where.host)
    return Access(_api(where), _token(where, told))


def why_none(where: Place) -> str:
    """What to tell who has no token for a host, but one in the environment; else empty."""
    names = [name for name in (*_OF_HOST[GITHUB], *_OF_GH_HOST) if os.environ.get(name)]
    if where.kind != "github" or not names:
        return ""
    if where.scheme != "https":
        return f"No token is sent to {where.host}: http:// has no secrets."
    alone = GITHUB if names[0] in _OF_HOST[GITHUB] else "GH_HOST"
    return (
        f"{names[0]} is for {alone} alone. For {where.host}, run "
        f"`gh auth login --hostname {where.host}`, or name it below [hosts] in "
        f"{read_user_settings().path}."
    )


def _token(where: Place, told: UserHost | None) -> str:
    for name in _variables(where, told):
        if token := os.environ.get(name, "").strip():
            if _PLAIN.fullmatch(token):
                return token
            raise GitError(f"what is in {name} is no token", "A token has no spaces or line ends.")
    return _of_gh(where.host) if where.scheme == "https" else ""


def _variables(where: Place, told: UserHost | None) -> tuple[str, ...]:
    """The variables whose tokens are for this host; none where others could read them."""
    named = (told.token_variable,) if told and told.token_variable else ()
    if where.scheme != "https":
        return named if _is_loopback(where) else ()
    if named:
        return named
    gh_host = web(f"https://{os.environ.get('GH_HOST', '').strip()}")
    if gh_host and gh_host.host == where.host != GITHUB:
        return _OF_GH_HOST
    return _OF_HOST.get(where.host, ())


def _is_loopback(where: Place) -> bool:
    return Web(where.scheme, where.host, "").is_loopback


def _api(where: Place) -> str:
    """The host's own address, or GITHUB_API_URL where that is one for this host.

    An address elsewhere would take the host's token there. One on this machine stays on it.
    """
    server = web(os.environ.get("GITHUB_SERVER_URL", "")) or Web("https", GITHUB, "")
    told = web(os.environ.get("GITHUB_API_URL", ""))
    if told and server.host == where.host and (told.is_loopback or _is_own(told, where)):
        return told.address.rstrip("/")
    if where.host == GITHUB:
        return f"https://api.{GITHUB}"
    return f"{where.scheme if _is_loopback(where) else 'https'}://{where.host}/api/v3"


def _is_own(told: Web, where: Place) -> bool:
    return told.scheme == "https" and told.host in (where.host, f"api.{where.host}")


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
    return token if done.returncode == 0 and _PLAIN.fullmatch(token) else ""


def _without_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    """What gh runs in: it would answer for any host with a token of the environment."""
    hidden = {*_OF_HOST[GITHUB], *_OF_GH_HOST, "CODESPACES"}
    return {name: value for name, value in environment.items() if name not in hidden}
