"""From changed files to a pull request: plan what would be proposed, then submit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cannery.errors import UsageError
from cannery.git.clone import Checkout, fetch, open_checkout, standing
from cannery.git.failures import RemoteError, UnservedError
from cannery.git.in_progress import refuse_in_progress
from cannery.git.view import as_user
from cannery.hosts.addresses import team_repository
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.event import Listener, Remark, ignore
from cannery.model.proposal import Proposal
from cannery.operations.fates import asker, unknown
from cannery.operations.left_out import forget_deleted, tell, undecided
from cannery.operations.open_requests import with_open_requests
from cannery.operations.proposal_draft import (
    Draft,
    make_draft,
    problems,
    worded,
)
from cannery.operations.selection import chosen_paths
from cannery.operations.send import RemoteBranch, Sender, branch_tips, send
from cannery.operations.writing import exclusive, settle, telling_interrupts, waiting
from cannery.proposals import text
from cannery.proposals.accepted import with_accepted
from cannery.proposals.changes import Snapshot, merged_of, snapshot
from cannery.proposals.commit import commit
from cannery.proposals.follow_up import OpenProposal
from cannery.proposals.grouping import Group, grouped
from cannery.proposals.push import drop, keep, patch, push_remote
from cannery.proposals.sources import stored_sources
from cannery.proposals.store import forget, proposals, remember
from cannery.proposals.undo_log import UndoLog
from cannery.util.atomic import replace
from cannery.workspace import Workspace


class ProposeQuery(NamedTuple):
    """What a user wants to propose: all changes if `paths` is empty.

    Without a `title`, one is made of what is changed; `why` begins the request's text.
    """

    paths: Sequence[Path] = ()
    title: str = ""
    why: str = ""


class Destination(NamedTuple):
    """Where proposals go: the team's repository on its host, None for one on no host.

    `remote` is what is pushed to. `online` is False if the team's newest state could not be
    fetched: nothing is sent then.
    """

    repository: RemoteRepo | None
    remote: str
    online: bool


class Plan(NamedTuple):
    """What would be proposed. `groups` has those too that nothing is new in: they have no draft.

    `query` is what was asked for, `known` the proposals that there were then.
    """

    checkout: Checkout
    destination: Destination
    groups: list[Group]
    drafts: list[Draft]
    query: ProposeQuery
    known: tuple[Proposal, ...]


def plan(
    workspace: Workspace, query: ProposeQuery, listener: Listener = ignore, *, dry_run: bool = False
) -> Plan:
    """Fetch, find out what is proposed together, and check it.

    With `dry_run` the clone is only read, without its own settings. What is in conflict with the
    team's is left out, which remarks say. Raises FaultyContentError; ContentError or ConflictError
    where nothing but conflicts is left.
    """
    with nullcontext() if dry_run else as_user():
        checkout = open_checkout(workspace.root)
        refuse_in_progress(checkout.folder)
        if not dry_run:
            settle(workspace, "propose", listener)
        chosen = chosen_paths(workspace.root, query.paths)
        held = undecided(checkout, chosen, query.paths)
        is_free = cache(lambda path: chosen(path) and path not in held)
        online = _fetched(checkout, listener)
        clone = snapshot(checkout, standing(checkout), workspace.settings.layout)
        destination = Destination(
            team_repository(checkout, workspace), push_remote(checkout), online
        )
        ask = asker(workspace, checkout, listener) if online else unknown
        known = proposals(checkout)
        clone = with_accepted(clone, known, ask)
        open_proposals = _open_proposals(clone, destination, is_free)
        groups = grouped(clone, is_free, open_proposals, together=bool(query.paths))
        if online:
            groups = with_open_requests(checkout, destination[:2], groups, listener)
        found = cache(lambda: problems(workspace, listener))
        drafts = [
            worded(make_draft(workspace, group, found, listener), query.title, query.why)
            for group in groups
            if group.files
        ]
        errors = [*held.values(), *(group.conflict for group in groups)]
        tell(errors, listener, goes_on=bool(drafts))
    left = proposals(checkout)  # without those that were closed; others may have added some
    known = tuple(item for item in known if item in left)
    return Plan(checkout, destination, groups, drafts, query, known)


def submit(workspace: Workspace, planned: Plan, listener: Listener = ignore) -> Iterator[Proposal]:
    """Commit every draft, then send one after another; yields each proposal when it is sent.

    Nothing is done before the first is asked for. A proposal that can't be sent stays committed
    and comes back with `is_sent` False, the last one. Raises RefusedError if the remote declines.
    """
    told = telling_interrupts(listener, lambda: _left(planned))
    with told, exclusive(workspace, "propose", listener) as log:
        planned = _renewed(workspace, planned, listener)
        if not planned.drafts:
            yield from filter(None, [_finished(planned, log, listener)])
            return
        sender = _sender(planned, log, listener)
        committed = [_commit(planned.checkout, draft) for draft in planned.drafts]
        forget_deleted(planned.checkout, (path for item in committed for path in item.paths))
        online = planned.destination.online
        for proposal, draft in zip(committed, planned.drafts, strict=True):
            done = send(sender, proposal, _before(draft.group)) if online else proposal
            if not done.is_sent:
                listener(Remark("Saved locally. Run `kb propose --resume` to push it."))
            yield done
            if not done.is_sent:
                return


def _renewed(workspace: Workspace, planned: Plan, listener: Listener) -> Plan:
    """The plan, made anew if another process has proposed anything since; under the lock."""
    if proposals(planned.checkout) == planned.known:
        return planned
    listener(Remark("Another kb propose has just finished: checking again what is left."))
    texts = {_paths(draft.group): draft for draft in planned.drafts}
    again = plan(workspace, planned.query, listener)
    drafts = [
        draft._replace(title=mine.title, body=mine.body)
        if (mine := texts.get(_paths(draft.group)))
        else draft
        for draft in again.drafts
    ]
    return again._replace(drafts=drafts)


def _paths(group: Group) -> frozenset[str]:
    return frozenset(item.path for item in group.files)


def _left(planned: Plan) -> Iterator[str]:
    """What was done of a plan and what was not, for who has interrupted it."""
    new = [item for item in proposals(planned.checkout) if item not in planned.known]
    for item in new:
        if not item.is_sent:
            yield f"Not pushed yet: {item.title}. Run `kb propose --resume` to push it."
        elif planned.destination.repository and not item.url:
            yield f"Pushed without a pull request: {item.title}. Run `kb propose` to open it."
        else:
            yield f"Proposed: {item.title}."
    if not new:
        yield "Nothing was proposed."


def finish(workspace: Workspace, planned: Plan, listener: Listener = ignore) -> Proposal | None:
    """For a plan without drafts: complete an earlier proposal that was cut off before its end.

    Returns that proposal; None if there is none, which a remark says.
    """
    with exclusive(workspace, "propose", listener) as log:
        return _finished(planned, log, listener)


def _finished(planned: Plan, log: UndoLog, listener: Listener) -> Proposal | None:
    summary = ""
    for earlier, tip, *_ in planned.groups:
        if earlier is None:
            continue
        has_request = bool(earlier.url) or planned.destination.repository is None
        if planned.destination.online and not (earlier.is_sent and has_request):
            return send(_sender(planned, log, listener), earlier, RemoteBranch(tip))
        summary = f": {earlier.url or earlier.branch} is up to date"
    listener(Remark(f"Nothing to propose{summary}."))
    return None


def write_patch(
    workspace: Workspace, planned: Plan, target: Path, listener: Listener = ignore
) -> None:
    """Write the drafts to a file as mails that `git am` takes, and send nothing."""
    checkout = planned.checkout
    with exclusive(workspace, "propose", listener):
        committed = [_commit(checkout, draft) for draft in planned.drafts]
        mails = b"".join(patch(checkout, item) for item in committed)
        try:
            if target.is_symlink() or (target.exists() and not target.is_file()):
                target.write_bytes(mails)  # a pipe, /dev/stdout
            else:
                replace(target, mails)
        except OSError as error:
            raise UsageError(f"{target}: {error.strerror}", "Choose another file.") from error
        forget(checkout, [item.branch for item in committed])
        for item in committed:
            drop(checkout, item)


def _fetched(checkout: Checkout, listener: Listener) -> bool:
    """Fetch the team's newest commit; whether the remote could be asked for it."""
    try:
        fetch(checkout, "propose", waiting(listener))
    except RemoteError as error:
        listener(Remark(f"{error.state}: {error.message}"))
        if isinstance(error, UnservedError):
            listener(Remark(error.hint))
        return False
    return True


def _open_proposals(
    clone: Snapshot, destination: Destination, chosen: Callable[[str], bool]
) -> list[OpenProposal]:
    """The open proposals of these files. One that is closed is forgotten; a sync forgets others."""
    checkout, (repository, remote, online) = clone.checkout, destination
    items = [item for item in proposals(checkout) if any(map(chosen, item.paths))]
    if not online:
        return [OpenProposal(item, item.tip) for item in items]
    merged = [item for item in items if item.branch in clone.over]
    merged += merged_of(clone, [item for item in items if item not in merged])
    unmerged = [item for item in items if item not in merged]
    tips = branch_tips(checkout, repository, remote, unmerged)
    closed = [item for item in unmerged if item.branch not in tips]
    forget(checkout, [item.branch for item in closed])
    for item in closed:
        drop(checkout, item)
    return [OpenProposal(item, tips[item.branch]) for item in unmerged if item.branch in tips]


def _sender(planned: Plan, log: UndoLog, listener: Listener) -> Sender:
    repository, remote, _ = planned.destination
    return Sender(planned.checkout, repository, remote, log, listener)


def _before(group: Group) -> RemoteBranch:
    return RemoteBranch(group.start, group.earlier.main) if group.earlier else RemoteBranch()


def _commit(checkout: Checkout, draft: Draft) -> Proposal:
    """The proposal, committed and remembered, on top of an earlier one or of the team's state."""
    earlier, start, files, main, merging, _ = draft.group
    tip, author = commit(checkout, start, files, f"{draft.title}\n\n{draft.body}", merging)
    sources = stored_sources(checkout, files)
    proposal = Proposal(
        branch=text.branch_name(draft.changes, author, start),
        paths=tuple(sorted({path for item in files for path in (item.path, *item.others)})),
        main=main,
        tip=tip,
        title=draft.title,
        body=draft.body,
        sources=(*sources.items(),),
    )
    if earlier:
        proposal = proposal._replace(
            branch=earlier.branch,
            paths=tuple(sorted({*earlier.paths, *proposal.paths})),
            sent=earlier.sent,
            url=earlier.url,
            sources=(*(dict(earlier.sources) | sources).items(),),
        )
    keep(checkout, proposal)
    remember(checkout, proposal)
    return proposal
