"""`kb restore`: an entry as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names


def restore(
    name: Annotated[
        str,
        typer.Argument(help="An entry, or the path of one.", autocompletion=entry_names),
    ],
    at: Annotated[str, typer.Option(metavar="REV", help="A commit, a tag, a branch.")],
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Its language.", autocompletion=language_names)
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what it was, and change nothing.")
    ] = False,
) -> None:
    """Bring an entry back as it was at a revision.

    Deleted ones too, by their path; `kb propose` sends it on. What you have changed in it and
    not committed is never overwritten.

    Example: kb restore refund --at v2.1
    """
    from cannery.cli.alone import settle, write
    from cannery.content.files import read_bytes
    from cannery.errors import ContentError, NotFoundError
    from cannery.git.clone import is_edited, open_local
    from cannery.git.history import at_revision
    from cannery.git.view import act_as_user
    from cannery.workspace import open_workspace

    if not dry_run:
        act_as_user()
    workspace = open_workspace(Path.cwd())
    if not dry_run:
        settle(workspace, "restore")
    checkout = open_local(workspace.root)
    path = _path(name, lang)
    data = at_revision(checkout, path, at)
    if data is None:
        hint = f"See when it was with `kb history {name}`, or give its path: kb/articles/..."
        raise NotFoundError(f"{path} was not there at {at}", hint)
    if dry_run:
        output.say(data.decode("utf-8", "replace"))
        return
    there = (workspace.root / path).exists()
    if there and read_bytes(workspace, path) == data:
        output.note(f"{path} is as it was at {at}.")
        return
    if there and is_edited(checkout, path):
        hint = "Propose or commit it first, or put it aside with `git stash`."
        raise ContentError(f"{path} has changes of yours that are not committed", hint)
    before = read_bytes(workspace, path) if there else None
    write(workspace, "restore", {path: data}, {path: before})
    output.say(f"{path} is as it was at {at}")


def _path(name: str, lang: str) -> str:
    """The file that a name stands for; the name itself where it is the path of a deleted one."""
    from cannery.cli.options import language_of
    from cannery.content.files import ENDINGS, scan
    from cannery.content.library import resolve
    from cannery.errors import NotFoundError
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    asked = language_of(lang, workspace.settings.languages)
    try:
        entry = resolve(workspace, scan(workspace), name)
    except NotFoundError:
        if "/" not in name or ".." in Path(name).parts:
            raise
        path = name if name.startswith("kb/") else f"kb/{name}"
        return path if path.endswith(ENDINGS) else f"{path}.md"
    return entry.choose((asked,), workspace.settings).path
