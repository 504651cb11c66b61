"""Send proposals: push the branch, then open the pull request on its host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.git.clone import Checkout, open_checkout, standing
from cannery.git.failures import RefusedError, RemoteError
from cannery.git.repository import GitError
from cannery.git.view import as_user
from cannery.hosts.addresses import owner_of, request_in, team_repository
from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.table import host_of
from cannery.model.event import Listener, Remark, ignore
from cannery.model.proposal import Proposal
from cannery.operations.writing import exclusive
from cannery.proposals.changes import contains, merged_of, snapshot
from cannery.proposals.operation import PushedBranch
from cannery.proposals.push import Target, push, push_remote, remote_tips, work_in_fork
from cannery.proposals.store import proposals, remember
from cannery.proposals.undo_log import UndoLog
from cannery.workspace import Workspace


class Sender(NamedTuple):
    """What sending needs besides the proposal.

    `repository` is the team's on its host, None for a folder; `remote` is what is pushed to; `log`
    is the undo log of the write lock that is held.
    """

    checkout: Checkout
    repository: RemoteRepo | None
    remote: str
    log: UndoLog
    listener: Listener = ignore

    @property
    def host(self) -> Host:
        """What the repository's host does; what any does if it is on none."""
        return host_of(self.repository) if self.repository else Host()


class RemoteBranch(NamedTuple):
    """Where a proposal's branch is on the remote before a push.

    `tip` is empty for a new branch; `main` is the team's commit that it was a change to then, empty
    if there is no need to know.
    """

    tip: str = ""
    main: str = ""


def send(sender: Sender, proposal: Proposal, before: RemoteBranch) -> Proposal:
    """Push a proposal and open its request; returns its new state.

    If the remote can't be reached, a remark says so and the proposal comes back unsent. Raises
    RefusedError if the remote declines.
    """
    checkout, log = sender.checkout, sender.log
    owner = owner_of(checkout, sender.remote)
    options = sender.host.push_options(proposal, checkout.main)
    target = Target(sender.remote, options, sender.host.takes_reviews and not owner)
    number = (
        None
        if target.for_review
        else log.push(PushedBranch(proposal.branch, before.tip, proposal.tip, before.main))
    )
    try:
        answer = push(checkout, proposal, before.tip, target)
    except (RemoteError, RefusedError) as error:
        if number:
            log.forget(number)
        if isinstance(error, RemoteError):
            sender.listener(Remark(error.message))
            return proposal
        if forked := _forked(sender, error):
            again = sender._replace(checkout=forked, remote=push_remote(forked))
            return send(again, proposal, before._replace(tip=""))
        raise
    pushed = proposal._replace(sent=proposal.tip)
    remember(checkout, pushed)
    if number:
        log.pushed(number)
    url = _open_request(sender, pushed, owner, answer)
    done = pushed._replace(url=url or pushed.url)
    remember(checkout, done)
    return done


def branch_tips(
    checkout: Checkout, repository: RemoteRepo | None, remote: str, items: Sequence[Proposal]
) -> dict[str, str]:
    """Where proposals are on the remote, by their branch; without those that are closed there.

    On a host that takes reviews there is no branch: it is what was sent.
    """
    if repository and host_of(repository).takes_reviews:
        return {item.branch: item.sent for item in items if item.sent}
    return remote_tips(checkout, remote, [item.branch for item in items])


def resume(workspace: Workspace, listener: Listener = ignore) -> Iterator[Proposal]:
    """Send what waits, in the order in which it was made; each proposal as it is afterwards.

    Stops after the first that can't be sent: it comes back unsent.
    """
    with as_user():
        checkout = open_checkout(workspace.root)
    with exclusive(workspace, "propose", listener) as log:
        waiting = [item for item in proposals(checkout) if not item.is_sent]
        if not waiting:
            listener(Remark("No proposals to push."))
            return
        repository, remote = team_repository(checkout, workspace), push_remote(checkout)
        clone = snapshot(checkout, standing(checkout), workspace.settings.layout)
        merged = merged_of(clone, waiting)
        unmerged = [item for item in waiting if item not in merged]
        tips = branch_tips(checkout, repository, remote, unmerged)
        for item in waiting:
            tip = tips.get(item.branch, "")
            if tip and not contains(checkout, item.tip, tip):
                hint = "Run `kb propose` to put your change on top of theirs."
                raise GitError(f"someone else has pushed to {item.branch}", hint)
            sender = Sender(checkout, repository, remote, log, listener)
            done = send(sender, item, RemoteBranch(tip))
            yield done
            if not done.is_sent:
                return


def _forked(sender: Sender, error: RefusedError) -> Checkout | None:
    """A fork to push to, if the user may not push to the team's repository and the host forks."""
    repository = sender.repository
    no_rights = error.is_for_lack_of_rights and sender.checkout.remote != "upstream"
    if repository is None or not no_rights:
        return None
    address = sender.host.fork(repository)
    if not address:
        return None
    text = f"You don't have push access to {repository.path}; using your fork {address}."
    sender.listener(Remark(text))
    sender.listener(Remark("The fork is now `origin`, and the team's repository is `upstream`."))
    return work_in_fork(sender.checkout, address)


def _open_request(sender: Sender, pushed: Proposal, owner: str, answer: str) -> str:
    """The address of the pull request, or of the form that opens one; empty for a bare remote."""
    repository, host, main = sender.repository, sender.host, sender.checkout.main
    if repository is None or pushed.url:
        return pushed.url
    if url := request_in(answer, repository):
        return url
    if url := host.open_request(repository, pushed, main, owner):
        return url
    if reason := host.missing_token(repository):
        sender.listener(Remark(reason))
    sender.listener(Remark("Open the pull request here:"))
    return host.request_form(repository, pushed, main, owner)
