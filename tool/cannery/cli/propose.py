"""`kb propose`: from changed files to a pull request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.host import where_is
from cannery.place import Severity

if TYPE_CHECKING:
    from cannery.contribute.checkout import Checkout
    from cannery.contribute.command import RefusedError
    from cannery.contribute.forge import Place
    from cannery.contribute.notes import Proposal
    from cannery.contribute.proposal import Changed, Reading
    from cannery.contribute.propose import ProposedFile
    from cannery.workspace import Workspace


def propose(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Propose only these files and folders.")
    ] = None,
    title: Annotated[str, typer.Option(help="One line; proposed where it is missing.")] = "",
    why: Annotated[str, typer.Option(help="Why; asked for where it is missing.")] = "",
    patch: Annotated[
        Path | None, typer.Option(help="Write it as a mail to this file, and send nothing.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Send what could not be sent before.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be proposed, and do nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the proposal as JSON.")] = False,
) -> None:
    """Propose your changed articles and macros to the team: check, commit, push, pull request.

    Your files, branch and index stay as they are. To propose again updates the same request.

    Example: kb propose kb/macros/billing --why "The form has moved."
    """
    from cannery.cli.options import chosen_paths
    from cannery.contribute.checkout import open_checkout
    from cannery.contribute.proposal import body
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    checkout = open_checkout(workspace.root)
    if resume:
        _resume(checkout)
        return
    chosen = chosen_paths(workspace.root, paths or [])
    _refuse_unfinished(checkout, chosen)
    main, online = _main(checkout)
    earlier, tip = _earlier(checkout, chosen, online=online)
    files = _files(checkout, earlier, tip, main, chosen)
    if not files:
        _nothing_new(checkout, earlier, tip, online=online)
        return
    changes = _changes(workspace, files)
    for change in changes:
        output.note(f"{change.what:<7} {change.path}")
    warnings = _check(workspace, [item.path for item in files])
    readings = _readings(workspace, files, changes)
    asks = not (yes or dry_run or json)
    proposed, reason = _worded(changes, earlier, title, why, ask=asks)
    said = proposed, body(changes, reason, warnings, readings)
    if dry_run:
        output.say(f"{said[0]}\n\n{said[1]}")
        return
    made = _commit(checkout, files, changes, (earlier, tip or main), said)
    if patch:
        _write_patch(checkout, made, patch)
        return
    done = _send(checkout, made, tip) if online else None
    if done is None:
        output.note("You are offline: it waits. Send it with `kb propose --resume`.")
        raise typer.Exit(1)
    if json:
        output.as_json(done._asdict())
    else:
        output.say(done.url or f"pushed {done.branch}")


def _refuse_unfinished(checkout: Checkout, chosen: Callable[[str], bool]) -> None:
    """A file whose conflict is open would take back what the team has written."""
    from cannery.contribute.checkout import THEIRS
    from cannery.contribute.sync import conflicts
    from cannery.errors import ContentError

    for path in conflicts(checkout):
        inner = path.removeprefix(checkout.prefix)
        if chosen(inner):
            hint = f"Take from {inner}{THEIRS} what is right, then delete that file."
            raise ContentError(f"{inner}: the team's changes are not in it yet", hint)


def _nothing_new(checkout: Checkout, earlier: Proposal | None, tip: str, *, online: bool) -> None:
    """Say so; and finish an earlier proposal that was cut off before its end."""
    if earlier and online and (earlier.sent != earlier.tip or _lacks_request(checkout, earlier)):
        done = _send(checkout, earlier, tip) or earlier
        output.say(done.url or f"pushed {done.branch}")
        return
    where = f": {earlier.url or earlier.branch} has it all" if earlier else ""
    output.note(f"Nothing to propose{where}.")


def _lacks_request(checkout: Checkout, item: Proposal) -> bool:
    return not item.url and where_is(checkout) is not None


def _main(checkout: Checkout) -> tuple[str, bool]:
    """The team's newest commit, and whether it is the newest for sure."""
    from cannery.contribute.checkout import fetch
    from cannery.contribute.command import RemoteError

    try:
        return fetch(checkout), True
    except RemoteError as error:
        output.note(f"{error.message}")
        return checkout.git("rev-parse", checkout.upstream), False


def _earlier(
    checkout: Checkout, chosen: Callable[[str], bool], *, online: bool
) -> tuple[Proposal | None, str]:
    """The open proposal of the same files, and what its branch is at; merged ones are forgotten."""
    from cannery.contribute.notes import forget, proposals
    from cannery.contribute.propose import drop

    for item in proposals(checkout):
        if not any(chosen(path) for path in item.paths):
            continue
        tip = remote_state(checkout, item) if online else item.tip
        if tip:
            return item, tip
        forget(checkout, [item.branch])  # merged, or never sent and now made anew
        drop(checkout, item)
    return None, ""


def _files(
    checkout: Checkout,
    earlier: Proposal | None,
    tip: str,
    main: str,
    chosen: Callable[[str], bool],
) -> tuple[ProposedFile, ...]:
    from cannery.contribute.propose import onto, proposed

    if earlier:
        return onto(checkout, earlier, tip, chosen)
    return proposed(checkout, main, chosen)


def _changes(workspace: Workspace, files: Sequence[ProposedFile]) -> list[Changed]:
    from cannery.content.library import title_of
    from cannery.contribute.proposal import Changed

    return [
        Changed(
            item.path,
            "Add" if item.before is None else "Remove" if item.data is None else "Update",
            title_of(item.path, item.data or item.before or b"", workspace.settings),
        )
        for item in files
    ]


def _check(workspace: Workspace, paths: Sequence[str]) -> int:
    """Tell of errors in these files and stop; the number of warnings."""
    from cannery.cli.checked import checked
    from cannery.errors import ContentError

    found = [item for item in checked(workspace).sifted.problems if item.path in paths]
    errors = [item for item in found if item.severity is Severity.ERROR]
    if errors:
        output.problems(errors)
        hint = "Correct them, or allow them with the reason: `kb check --explain RULE`."
        raise ContentError("what you propose has errors", hint)
    return len(found)


def _worded(
    changes: Sequence[Changed],
    earlier: Proposal | None,
    title: str,
    why: str,
    *,
    ask: bool,
) -> tuple[str, str]:
    """The title and the reason, which only the user knows, asked for on a terminal."""
    from cannery.contribute import proposal

    asks = ask and sys.stdin.isatty() and sys.stderr.isatty()
    proposed = title or (earlier.title if earlier else proposal.title(changes))
    if asks and not title:
        proposed = typer.prompt("Title", default=proposed, err=True)
    if asks and not why:
        why = typer.prompt("Why", default="", show_default=False, err=True)
    return proposed, why


def _readings(
    workspace: Workspace, files: Sequence[ProposedFile], changes: Sequence[Changed]
) -> list[Reading]:
    """The changed macros as their replies read, before and after."""
    from cannery.cli.sample import sample
    from cannery.contribute.proposal import Reading

    found = []
    for item, change in zip(files, changes, strict=True):
        texts = [sample(workspace, item.path, raw) for raw in (item.before, item.data)]
        if texts[0] != texts[1]:
            found.append(Reading(change.title, *texts))
    return found


def _commit(
    checkout: Checkout,
    files: Sequence[ProposedFile],
    changes: Sequence[Changed],
    before: tuple[Proposal | None, str],
    said: tuple[str, str],
) -> Proposal:
    """The proposal, committed and remembered, on top of an earlier one or of the team's state."""
    from cannery.contribute.notes import Proposal, remember
    from cannery.contribute.proposal import branch_name
    from cannery.contribute.propose import commit, keep

    earlier, start = before
    tip = commit(checkout, start, files, f"{said[0]}\n\n{said[1]}")
    author = checkout.git("log", "-1", "--format=%ae", tip)
    paths = {item.path for item in files} | set(earlier.paths if earlier else ())
    made = Proposal(
        branch=earlier.branch if earlier else branch_name(changes, author),
        paths=tuple(sorted(paths)),
        main=earlier.main if earlier else start,
        tip=tip,
        title=said[0],
        body=said[1],
        sent=earlier.sent if earlier else "",
        url=earlier.url if earlier else "",
    )
    keep(checkout, made)
    remember(checkout, made)
    return made


def _write_patch(checkout: Checkout, made: Proposal, target: Path) -> None:
    from cannery.contribute.notes import forget
    from cannery.contribute.propose import drop, patch

    target.write_bytes(patch(checkout, made))
    forget(checkout, [made.branch])
    drop(checkout, made)
    output.say(str(target))
    output.note("Mail it to the team; `git am` takes it.")


def _send(checkout: Checkout, made: Proposal, known: str) -> Proposal | None:
    """Push it and open the request; None where the remote is out of reach."""
    from cannery.contribute.command import RefusedError, RemoteError
    from cannery.contribute.forge import owner_of, push_options
    from cannery.contribute.journal import Deed, write_down
    from cannery.contribute.notes import remember
    from cannery.contribute.propose import push_remote, send

    remote = push_remote(checkout)
    where = where_is(checkout)
    owner = owner_of(checkout, remote)
    agit = where is not None and where.kind == "gitea" and not owner
    options = push_options(where, made, checkout.main)
    try:
        said = send(checkout, made, known, options, agit=agit)
    except RemoteError as error:
        output.note(error.message)
        return None
    except RefusedError as error:
        if forked := _forked(checkout, where, error):
            return _send(forked, made, "")
        raise
    sent = made._replace(sent=made.tip)
    remember(checkout, sent)
    if not agit:
        write_down(checkout, Deed("proposal", branch=(made.branch, known, made.tip)))
    url = _request(where, sent, checkout.main, owner, said)
    done = sent._replace(url=url or sent.url)
    remember(checkout, done)
    return done


def remote_state(checkout: Checkout, item: Proposal) -> str:
    """Where a proposal's branch is on the remote; for one without a branch, what was sent."""
    from cannery.contribute.propose import is_merged, remote_tip

    where = where_is(checkout)
    if where and where.kind == "gitea":
        return "" if is_merged(checkout, item) else item.sent
    return remote_tip(checkout, item.branch)


def _forked(checkout: Checkout, where: Place | None, error: RefusedError) -> Checkout | None:
    """A fork to push to, where the user may not push to the team's repository on GitHub."""
    from cannery.contribute.github import fork
    from cannery.contribute.propose import work_in_fork

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
    from cannery.contribute.forge import form, opened
    from cannery.contribute.github import open_pull

    if where is None or sent.url:
        return sent.url
    if url := opened(said):
        return url
    if where.kind == "github" and (url := open_pull(where, sent, main, owner)):
        return url
    output.note("Open the pull request here:")
    return form(where, sent, main, owner)


def _resume(checkout: Checkout) -> None:
    """Send what waits, in the order in which it was made."""
    from cannery.contribute.notes import proposals
    from cannery.contribute.propose import contains
    from cannery.contribute.repo import GitError

    waiting = [item for item in proposals(checkout) if item.sent != item.tip]
    if not waiting:
        output.note("Nothing waits to be sent.")
        return
    for item in waiting:
        there = remote_state(checkout, item)
        if there and not contains(checkout, item.tip, there):
            hint = "Run `kb propose`: your change goes on top of it."
            raise GitError(f"somebody has pushed to {item.branch}", hint)
        done = _send(checkout, item, there)
        if done is None:
            raise typer.Exit(1)
        output.say(done.url or f"pushed {done.branch}")
