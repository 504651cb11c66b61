"""Send proposals on: push, and open the request on the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cannery.cli import output
from cannery.cli.host import where_is

if TYPE_CHECKING:
    from cannery.git.clone import Checkout
    from cannery.git.run import RefusedError
    from cannery.hosts.addresses import Place
    from cannery.model.proposal import Proposal
    from cannery.proposals.undo_log import UndoLog


def send_on(
    checkout: Checkout, log: UndoLog, made: Proposal, known: str, before: str = ""
) -> Proposal | None:
    """Push it and open the request; None where the remote is out of reach.

    `known` is where its branch is there, `before` the team's state that it was a change to then.
    """
    from cannery.git.run import RefusedError, RemoteError
    from cannery.hosts.addresses import owner_of, push_options
    from cannery.proposals.push import push_remote, send
    from cannery.proposals.store import remember

    remote = push_remote(checkout)
    where = where_is(checkout)
    owner = owner_of(checkout, remote)
    agit = where is not None and where.kind == "gitea" and not owner
    options = push_options(where, made, checkout.main)
    number = None if agit else log.push(made.branch, known, made.tip, before)
    try:
        said = send(checkout, made, known, options, agit=agit)
    except RemoteError as error:
        if number:
            log.forget(number)
        output.note(error.message)
        return None
    except RefusedError as error:
        if number:
            log.forget(number)
        if forked := _forked(checkout, where, error):
            return send_on(forked, log, made, "", before)
        raise
    sent = made._replace(sent=made.tip)
    remember(checkout, sent)
    if number:
        log.pushed(number)
    url = _request(where, sent, checkout.main, owner, said)
    done = sent._replace(url=url or sent.url)
    remember(checkout, done)
    return done


def remote_state(checkout: Checkout, item: Proposal) -> str:
    """Where an open proposal's branch is on the remote; empty for one that is merged or closed.

    For one without a branch, as on Gitea, it is what was sent.
    """
    from cannery.proposals.commit import is_merged
    from cannery.proposals.push import remote_tip

    if is_merged(checkout, item):
        return ""
    where = where_is(checkout)
    return item.sent if where and where.kind == "gitea" else remote_tip(checkout, item.branch)


def _forked(checkout: Checkout, where: Place | None, error: RefusedError) -> Checkout | None:
    """A fork to push to, where the user may not push to the team's repository on GitHub."""
    from cannery.hosts.github import fork
    from cannery.proposals.push import work_in_fork

    no_rights = error.is_for_lack_of_rights and checkout.remote != "upstream"
    if where is None or where.kind != "github" or not no_rights:
        return None
    address = fork(where)
    if not address:
        return None
    output.note(f"You may not push to {where.path}; {address} is a fork of your own.")
    output.note("It is `origin` now, and the team's repository `upstream`.")
    return work_in_fork(checkout, address)


def _request(where: Place | None, sent: Proposal, main: str, owner: str, said: str) -> str:
    """The address of the pull request, or of the form that opens one; empty for a bare remote."""
    from cannery.hosts.addresses import form, opened
    from cannery.hosts.github import open_pull
    from cannery.hosts.tokens import why_none

    if where is None or sent.url:
        return sent.url
    if url := opened(said, where):
        return url
    if where.kind == "github" and (url := open_pull(where, sent, main, owner)):
        return url
    if reason := why_none(where):
        output.note(reason)
    output.note("Open the pull request here:")
    return form(where, sent, main, owner)


def resume_all(checkout: Checkout, log: UndoLog) -> None:
    """Send what waits, in the order in which it was made."""
    from cannery.git.repository import GitError
    from cannery.proposals.commit import contains
    from cannery.proposals.store import proposals

    waiting = [item for item in proposals(checkout) if item.sent != item.tip]
    if not waiting:
        output.note("Nothing waits to be sent.")
        return
    for item in waiting:
        there = remote_state(checkout, item)
        if there and not contains(checkout, item.tip, there):
            hint = "Run `kb propose`: your change goes on top of it."
            raise GitError(f"somebody has pushed to {item.branch}", hint)
        done = send_on(checkout, log, item, there)
        if done is None:
            raise typer.Exit(1)
        output.say(done.url or f"pushed {done.branch}")
