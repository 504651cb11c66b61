"""What has become of proposals, as their host has it: open, merged, closed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.table import host_of
from cannery.model.proposal import Proposal
from cannery.model.pull_request import RequestState
from cannery.util.address import web


def request_states(
    repo: RemoteRepo | None, proposals: Iterable[Proposal], owner: str
) -> dict[str, RequestState]:
    """The state of each proposal's request by its branch; without those that the host doesn't know.

    Empty where the host has no API that is known, or the user is not signed in there: whoever is
    not would be told of private repositories that there are none. `owner` is a fork's, else empty.
    Raises GitError.
    """
    host = host_of(repo) if repo else None
    if repo is None or host is None or host.reviews is None:
        return {}
    reviews, states = host.reviews(), dict[str, RequestState]()
    for item in proposals if reviews.is_signed_in(repo) else ():
        number = request_number(repo, item.url)
        found = reviews.read(repo, number) if number else reviews.find(repo, item.branch, owner)
        if found:
            states[item.branch] = found.state
    return states


def request_number(repo: RemoteRepo, address: str) -> int:
    """The number of the request at an address; 0 for none of this repository."""
    named = web(address)
    if named is None or named.origin != (repo.scheme, repo.host):
        return 0
    inner = named.path.removeprefix(f"{repo.path}/").removeprefix("-/")
    match = re.fullmatch(rf"(?:{host_of(repo).request_paths})/(\d{{1,18}})", inner)
    return int(match[1]) if match else 0
