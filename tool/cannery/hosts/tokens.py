"""The user's tokens, in variables: which of them are for a host, and what they hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from cannery.git.repository import GitError
from cannery.hosts.remote_repo import RemoteRepo
from cannery.user_settings import UserHost, read_user_settings
from cannery.util.address import Web, web

PLAIN = re.compile(r"[\x21-\x7e]+")


def token_in(names: Iterable[str]) -> str:
    """The first token that a variable holds; empty for none. Raises GitError for what is none."""
    for name in names:
        if token := os.environ.get(name, "").strip():
            if PLAIN.fullmatch(token):
                return token
            hint = "A token has no spaces or line breaks."
            raise GitError(f"{name} does not contain a token", hint)
    return ""


def is_loopback(repo: RemoteRepo) -> bool:
    return Web(repo.scheme, repo.host, "").is_loopback


def named_by_user(repo: RemoteRepo, settings: UserHost | None) -> Sequence[str]:
    """The variable that the user's settings name for a host, unless others could read its token."""
    if settings is None or not settings.token_variable:
        return ()
    return (settings.token_variable,) if repo.scheme == "https" or is_loopback(repo) else ()


def own_token(repo: RemoteRepo, variable: str, host_variable: str, usual_host: str) -> str:
    """The token that the user's settings name for a host, else the one of that host's own programs.

    They know two variables: for a token, and for the host that it is for, without which it is for
    `usual_host`.
    """
    names = named_by_user(repo, read_user_settings().hosts.get(repo.host))
    if not names and repo.scheme == "https":
        said = os.environ.get(host_variable, "").strip() or usual_host
        named = web(said if "://" in said else f"https://{said}")
        names = (variable,) if named and named.host == repo.host else ()
    return token_in(names)
