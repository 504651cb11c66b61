"""Which of the user's pull requests are still open, by what their host says."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.git.clone import Checkout
from cannery.git.repository import GitError
from cannery.hosts.addresses import owner_of
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.request_states import request_states
from cannery.model.event import Listener, Remark
from cannery.model.pull_request import RequestState
from cannery.proposals.grouping import Group


def with_open_requests(
    checkout: Checkout,
    at: tuple[RemoteRepo | None, str],
    groups: Sequence[Group],
    listener: Listener,
) -> list[Group]:
    """The groups, where what is added to a request that is no longer open gets another one.

    Nobody looks at what is pushed to a request that was closed or merged. `at` is the team's
    repository on its host, and the remote that is pushed to.
    """
    earlier = [item.earlier for item in groups if item.files and item.earlier and item.earlier.url]
    repository, remote = at
    if repository is None or not earlier:
        return [*groups]
    try:
        states = request_states(repository, earlier, owner_of(checkout, remote))
    except GitError as error:
        listener(Remark(f"What has become of your requests is not known: {error.message}"))
        return [*groups]
    ended = {branch for branch, state in states.items() if state is not RequestState.OPEN}
    return [
        item._replace(earlier=item.earlier._replace(url=""))
        if item.earlier and item.earlier.branch in ended
        else item
        for item in groups
    ]
