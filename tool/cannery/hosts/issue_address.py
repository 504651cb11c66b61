"""The address of an issue, of whatever host -> the issue."""

from __future__ import annotations

import re

from cannery.git.repository import GitError
from cannery.hosts.remote_repo import RemoteRepo, parsed
from cannery.hosts.table import host_of, kind_of
from cannery.model.issue import Issue
from cannery.user_settings import read_user_settings

_ISSUE = re.compile(r"(?P<repository>https?://[^\s?#]+)/issues/(?P<number>\d{1,18})(?:[/?#]\S*)?")
_OTHERWISE = "github"  # a host that no name and no setting tells of


def issue_at(address: str, team: RemoteRepo | None) -> Issue:
    """The issue at an address. Raises GitError for one that is none, or can't be read.

    `team` is the team's repository, whose kind of host is known; None for none.
    """
    match = _ISSUE.fullmatch(address)
    repo = parsed(match["repository"].removesuffix("/-")) if match else None
    if match is None or repo is None:
        hint = "Example: https://github.com/team/kb/issues/7"
        raise GitError(f"{address} is not the address of an issue", hint)
    repo = repo._replace(kind=_kind(repo, team))
    read = host_of(repo).read_issue
    if read is None:
        hint = "Copy its text, then run `kb new article --from-clipboard`."
        raise GitError(f"kb can't read issues of {repo.host}", hint)
    return read(repo, int(match["number"]))


def _kind(repo: RemoteRepo, team: RemoteRepo | None) -> str:
    own = read_user_settings().hosts.get(repo.host)
    known = team.kind if team and team.host == repo.host else ""
    return (own.kind if own else "") or known or kind_of(repo.host) or _OTHERWISE
