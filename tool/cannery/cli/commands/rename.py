"""`kb rename`: another id for an entry, and for every text that speaks of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names

if TYPE_CHECKING:
    from cannery.check.facts import Whole
    from cannery.model.location import Location
    from cannery.workspace import Workspace

_PARTS = "macros/_parts/"


def rename(
    name: Annotated[
        str, typer.Argument(help="An entry, or a part as _parts/NAME.", autocompletion=entry_names)
    ],
    new: Annotated[str, typer.Argument(help="A name beside it, or SECTION/NAME, or a whole id.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Give an entry another name or place, in every language.

    Links, related entries, addresses in macros and renders of a part follow it, and its old id
    leads to it. `kb undo` takes it back.

    Example: kb rename refund billing/refunds --dry-run
    """
    from cannery.check.rewrite_links import Move
    from cannery.cli.alone import is_repeated, settle
    from cannery.cli.moved import planned, save, show
    from cannery.cli.progress import shown
    from cannery.operations.check import check
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if not dry_run and is_repeated(settle(workspace, "rename"), "rename", name, new):
        return
    with shown() as listener:
        whole = check(workspace, listener).whole
    files = _files(workspace, whole, name)
    old = files[0].id
    id_ = new_id(old, new, {item.at.id for item in whole.facts.values()})
    paths = {at.path: at.path.replace(f"kb/{old}", f"kb/{id_}", 1) for at in files}
    if old.startswith(_PARTS):
        move = Move({}, paths, {old.removeprefix(_PARTS): id_.removeprefix(_PARTS)})
        changes = planned(workspace, whole, move, {})
    else:
        headers = {
            at.path: {"redirect_from": [*whole.facts[at.path].redirect_from, old]} for at in files
        }
        changes = planned(workspace, whole, Move({old: id_}, paths), headers)
    if dry_run:
        show(changes)
        return
    save(workspace, "rename", changes, asked=(name, new))
    others = sum(item.path == item.new_path for item in changes)
    output.say(
        f"{old} -> {id_}: {output.counted(len(files), 'file')}, and {others} that speak of it"
    )


def _files(workspace: Workspace, whole: Whole, name: str) -> list[Location]:
    from cannery.content.files import scan
    from cannery.content.library import bare, resolve

    wanted = bare(name)
    if "_parts/" in wanted:
        id_ = _PARTS + wanted.partition("_parts/")[2]
        if found := [item.at for item in whole.facts.values() if item.at.id == id_]:
            return found
    return [*resolve(workspace, scan(workspace), name).by_language.values()]


def new_id(old: str, new: str, taken: Iterable[str]) -> str:
    """The id that is meant. Raises UsageError for one that can be none, or that is taken."""
    from cannery.errors import UsageError

    kind = f"{_PARTS.rstrip('/')}" if old.startswith(_PARTS) else old.split("/", 1)[0]
    wanted = new.strip().removeprefix("kb/").removesuffix(".md").strip("/")
    if "/" not in wanted:
        wanted = f"{posixpath.dirname(old)}/{wanted}"
    elif not wanted.startswith(f"{kind}/"):
        wanted = f"{kind}/{wanted}"
    pieces = wanted.split("/")
    if any(not piece or piece[0] in ".-" or not piece.isprintable() for piece in pieces):
        raise UsageError(f"{new} can be no id", "As in billing/refund: letters, digits and dashes.")
    if "." in pieces[-1] or any(char in wanted for char in '\\:*?"<>|#%'):
        raise UsageError(f"{new} has a letter that no id has", "Take letters, digits and dashes.")
    if "_parts" in pieces and not old.startswith(_PARTS):
        raise UsageError(f"{new} would make a part of it", "Choose another folder.")
    if wanted == old:
        raise UsageError(f"it is called {old} already")
    if wanted in taken:
        raise UsageError(f"there is a {wanted} already", f"See kb show {wanted}.")
    return wanted
