"""Ask the host and the remote what has become of a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cannery.git.clone import Checkout
from cannery.git.repository import GitError
from cannery.hosts.addresses import owner_of, team_repository
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.request_states import request_states
from cannery.model.event import Listener, Remark
from cannery.model.proposal import Proposal
from cannery.model.pull_request import RequestState
from cannery.proposals.accepted import Ask, Fate
from cannery.proposals.grouping import Group
from cannery.workspace import Workspace


def asker(workspace: Workspace, checkout: Checkout, listener: Listener) -> Ask:
    """Ask for one proposal, and only once. Whoever has no answer takes it to be open."""

    @cache
    def ask(item: Proposal) -> Fate:
        from cannery.hosts.addresses import owner_of  # seldom asked for
        from cannery.hosts.request_states import request_states
        from cannery.operations.send import branch_tips
        from cannery.proposals.push import push_remote

        repository, remote = team_repository(checkout, workspace), push_remote(checkout)
        try:
            states = request_states(repository, [item], owner_of(checkout, remote))
            tips = branch_tips(checkout, repository, remote, [item])
        except GitError as error:
            listener(Remark(f"What has become of {item.branch} is not known: {error.message}"))
            return unknown(item)
        return Fate(states.get(item.branch), tips.get(item.branch, ""))

    return ask


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


def unknown(item: Proposal) -> Fate:
    """The answer of who can't ask."""
    return Fate(RequestState.OPEN, item.sent)
