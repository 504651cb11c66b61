"""`kb retire`: an entry that nobody shall use any more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names

if TYPE_CHECKING:
    from cannery.check.facts import Whole
    from cannery.check.rewrite_links import Move
    from cannery.content.library import Variants
    from cannery.workspace import Settings


def retire(
    name: Annotated[
        str, typer.Argument(help="An entry or a macro's shortcut.", autocompletion=entry_names)
    ],
    instead: Annotated[
        str,
        typer.Option(
            "--for", metavar="OTHER", help="What takes its place.", autocompletion=entry_names
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Take an entry out of search and site; it stays in Git.

    With --for, links and addresses lead to the other one, and so does its id. Without, links to it
    become their words alone. `kb undo` takes it back.

    Example: kb retire old-refund --for refund
    """
    from cannery.check.rewrite_links import address_users
    from cannery.cli.alone import is_repeated, settle
    from cannery.cli.moved import planned, save, show
    from cannery.cli.progress import shown
    from cannery.content.files import scan
    from cannery.content.library import resolve
    from cannery.errors import ContentError, UsageError
    from cannery.operations.check import check
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if not dry_run and is_repeated(settle(workspace, "retire"), "retire", name, instead):
        return
    found = scan(workspace)
    old = resolve(workspace, found, name)
    new = resolve(workspace, found, instead) if instead else None
    if new and (new.id == old.id or new.kind is not old.kind):
        raise UsageError(f"{new.id} can not take its place", f"Name another {old.kind}.")
    with shown() as listener:
        whole = check(workspace, listener).whole
    move = _move(old, new, workspace.settings)
    users = address_users(whole, move)
    if users and not new:
        lines = [f"  {item.at.path}:{line}" for item, line in users]
        hint = "Name what they shall tell instead, with --for."
        raise ContentError("\n".join(["macros tell customers its address:", *lines]), hint)
    changes = planned(workspace, whole, move, _headers(whole, old, new))
    if dry_run:
        show(changes)
        return
    save(workspace, "retire", changes, asked=(name, instead))
    others = len({item.path for item in changes} - {at.path for at in old.by_language.values()})
    output.say(f"{old.id} is retired; {output.counted(others, 'other file')} changed")


def _move(old: Variants, new: Variants | None, settings: Settings) -> Move:
    from cannery.check.rewrite_links import Move

    paths = {
        at.path: new.choose((language,), settings).path if new else ""
        for language, at in old.by_language.items()
    }
    return Move({old.id: new.id if new else ""}, paths, stays=True)


def _headers(whole: Whole, old: Variants, new: Variants | None) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {
        at.path: {"status": "retired"} for at in old.by_language.values()
    }
    for at in new.by_language.values() if new else ():
        before = whole.facts[at.path].redirect_from
        found[at.path] = {"redirect_from": [*dict.fromkeys([*before, old.id])]}
    return found
