"""`kb propose`: from changed files to a pull request."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cannery.cli import output
from cannery.cli.host import where_is
from cannery.model.location import Severity

if TYPE_CHECKING:
    from cannery.cli.grouping import Group
    from cannery.git.clone import Checkout
    from cannery.model.proposal import Proposal
    from cannery.proposals.commit import ProposedFile
    from cannery.proposals.text import Changed, Reading
    from cannery.proposals.undo_log import UndoLog
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
    """Propose your changes to the team, as a pull request.

    They are checked and committed on a branch beside your checkout: your files, branch and index
    stay as they are. To propose again updates the same request.

    Example: kb propose kb/macros/billing --why "The form has moved."
    """
    from cannery.cli.alone import alone, settle
    from cannery.cli.grouping import groups_of
    from cannery.cli.options import chosen_paths
    from cannery.cli.send import resume_all
    from cannery.git.clone import open_checkout
    from cannery.git.view import act_as_user
    from cannery.workspace import open_workspace

    if not dry_run:
        act_as_user()
    workspace = open_workspace(Path.cwd())
    checkout = open_checkout(workspace.root)
    if resume:
        with alone(workspace, "propose") as log:
            resume_all(checkout, log)
        return
    if not dry_run:
        settle(workspace, "propose")
    chosen = chosen_paths(workspace.root, paths or [])
    _refuse_unfinished(checkout, chosen)
    main, online = _main(checkout)
    groups = groups_of(checkout, main, chosen, online=online, together=bool(paths))
    drafts = [draft for group in groups if (draft := _draft(workspace, group))]
    if not drafts:
        with alone(workspace, "propose") as log:
            _nothing_new(checkout, log, groups, online=online)
        return
    asks = not (yes or dry_run or json) and sys.stdin.isatty() and sys.stderr.isatty()
    if asks and not why:
        why = output.prompt("Why")
    worded = [_worded(draft, title, why, ask=asks) for draft in drafts]
    if dry_run:
        for item in worded:
            output.say(f"{item.title}\n\n{item.body}")
        return
    with alone(workspace, "propose") as log:
        made = [_commit(checkout, item) for item in worded]
        if patch:
            _write_patch(checkout, made, patch)
            return
        _send_all(checkout, log, made, worded, online=online, json=json)


class _Draft(NamedTuple):
    """A group in words."""

    group: Group
    changes: list[Changed]
    warnings: int
    readings: list[Reading]
    title: str = ""
    body: str = ""


def _refuse_unfinished(checkout: Checkout, chosen: Callable[[str], bool]) -> None:
    """A file whose conflict is open would take back what the team has written."""
    from cannery.errors import ContentError
    from cannery.git.clone import THEIRS
    from cannery.proposals.conflicts import conflicts

    for path in conflicts(checkout):
        inner = path.removeprefix(checkout.prefix)
        if chosen(inner):
            hint = f"Take from {inner}{THEIRS} what is right, then delete that file."
            raise ContentError(f"{inner}: the team's changes are not in it yet", hint)


def _nothing_new(
    checkout: Checkout, log: UndoLog, groups: Sequence[Group], *, online: bool
) -> None:
    """Say so; and finish earlier proposals that were cut off before their end."""
    from cannery.cli.send import send_on

    said = ""
    for earlier, tip, *_ in groups:
        if earlier is None:
            continue
        lacks_request = not earlier.url and where_is(checkout) is not None
        if online and (earlier.sent != earlier.tip or lacks_request):
            done = send_on(checkout, log, earlier, tip) or earlier
            output.say(done.url or f"pushed {done.branch}")
            return
        said = f": {earlier.url or earlier.branch} has it all"
    output.note(f"Nothing to propose{said}.")


def _main(checkout: Checkout) -> tuple[str, bool]:
    """The team's newest commit, and whether it is the newest for sure."""
    from cannery.git.clone import fetch
    from cannery.git.run import RemoteError

    try:
        return fetch(checkout), True
    except RemoteError as error:
        output.note(f"{error.message}")
        return checkout.git("rev-parse", checkout.upstream), False


def _draft(workspace: Workspace, group: Group) -> _Draft | None:
    """The group checked, and told on the terminal; None where there is nothing in it."""
    if not group.files:
        return None
    changes = _changes(workspace, group.files)
    for change in changes:
        output.note(f"{change.what:<7} {change.path}")
    warnings = _check(workspace, [item.path for item in group.files])
    return _Draft(group, changes, warnings, _readings(workspace, group.files, changes))


def _changes(workspace: Workspace, files: Sequence[ProposedFile]) -> list[Changed]:
    from cannery.content.library import title_of
    from cannery.proposals.text import Changed

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
    from cannery.cli.progress import shown
    from cannery.errors import ContentError
    from cannery.operations.check import check

    with shown() as listener:
        problems = check(workspace, listener).problems
    found = [item for item in problems if item.path in paths]
    errors = [item for item in found if item.severity is Severity.ERROR]
    if errors:
        output.problems(errors)
        hint = "Correct them, or allow them with the reason: `kb check --explain RULE`."
        raise ContentError("what you propose has errors", hint)
    return len(found)


def _worded(draft: _Draft, title: str, why: str, *, ask: bool) -> _Draft:
    """With title and text, which somebody at a terminal can edit."""
    from cannery.proposals import text as proposal_text
    from cannery.util.editor import edit_text

    earlier = draft.group.earlier
    proposed = title or (earlier.title if earlier else proposal_text.title(draft.changes))
    text = proposal_text.body(draft.changes, why, draft.warnings, draft.readings)
    if ask:
        output.note(f"\n{proposed}\n\n{text}")
        question = "Enter proposes this, e edits it, ^C leaves all as it is"
        if output.prompt(question).strip() == "e":
            first, _, rest = edit_text(f"{proposed}\n\n{text}").strip().partition("\n")
            proposed, text = first.strip() or proposed, f"{rest.strip()}\n"
    return draft._replace(title=proposed, body=text)


def _readings(
    workspace: Workspace, files: Sequence[ProposedFile], changes: Sequence[Changed]
) -> list[Reading]:
    """The changed macros as their replies read, before and after."""
    from cannery.operations.sample import sample
    from cannery.proposals.text import Reading

    found = []
    for item, change in zip(files, changes, strict=True):
        texts = [sample(workspace, item.path, raw) for raw in (item.before, item.data)]
        if texts[0] != texts[1]:
            found.append(Reading(change.title, *texts))
    return found


def _commit(checkout: Checkout, draft: _Draft) -> Proposal:
    """The proposal, committed and remembered, on top of an earlier one or of the team's state."""
    from cannery.model.proposal import Proposal
    from cannery.proposals.commit import commit
    from cannery.proposals.push import keep
    from cannery.proposals.store import remember
    from cannery.proposals.text import branch_name

    earlier, start, files, main, merging = draft.group
    tip = commit(checkout, start, files, f"{draft.title}\n\n{draft.body}", merging)
    author = checkout.git("log", "-1", "--format=%ae", tip)
    made = Proposal(
        branch=branch_name(draft.changes, author, start),
        paths=tuple(sorted(item.path for item in files)),
        main=main,
        tip=tip,
        title=draft.title,
        body=draft.body,
    )
    if earlier:
        paths = tuple(sorted({*earlier.paths, *made.paths}))
        made = made._replace(branch=earlier.branch, paths=paths, sent=earlier.sent, url=earlier.url)
    keep(checkout, made)
    remember(checkout, made)
    return made


def _send_all(
    checkout: Checkout,
    log: UndoLog,
    made: Sequence[Proposal],
    drafts: Sequence[_Draft],
    *,
    online: bool,
    json: bool,
) -> None:
    from cannery.cli.send import send_on

    sent = []
    for item, draft in zip(made, drafts, strict=True):
        earlier = draft.group.earlier
        known, before = (draft.group.start, earlier.main) if earlier else ("", "")
        done = send_on(checkout, log, item, known, before) if online else None
        if done is None:
            output.note("It waits; send it with `kb propose --resume`.")
            raise typer.Exit(1)
        sent.append(done)
        if not json:
            output.say(done.url or f"pushed {done.branch}")
    if json:
        output.as_json([item._asdict() for item in sent])


def _write_patch(checkout: Checkout, made: Sequence[Proposal], target: Path) -> None:
    from cannery.errors import UsageError
    from cannery.proposals.push import drop, patch
    from cannery.proposals.store import forget

    try:
        target.write_bytes(b"".join(patch(checkout, item) for item in made))
    except OSError as error:
        raise UsageError(f"{target}: {error.strerror}", "Name another file.") from error
    forget(checkout, [item.branch for item in made])
    for item in made:
        drop(checkout, item)
    output.say(str(target))
    output.note("Mail it to the team; `git am` takes it.")
