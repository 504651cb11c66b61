"""Ask the host and the remote what has become of a proposal."""

from __future__ import annotations

from functools import cache

from cannery.git.clone import Checkout
from cannery.git.repository import GitError
from cannery.model.event import Listener, Remark
from cannery.model.proposal import Proposal
from cannery.model.pull_request import RequestState
from cannery.proposals.accepted import Ask, Fate
from cannery.workspace import Workspace


def asker(workspace: Workspace, checkout: Checkout, listener: Listener) -> Ask:
    """Ask for one proposal, and only once. Whoever has no answer takes it to be open."""

    @cache
    def ask(item: Proposal) -> Fate:
        from cannery.hosts.addresses import owner_of, team_repository  # seldom asked for
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


def unknown(item: Proposal) -> Fate:
    """The answer of who can't ask."""
    return Fate(RequestState.OPEN, item.sent)
