"""`kb similar`: what is there already, so that one entry gets better instead of two being there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.search.similar import Similar
    from cannery.workspace import Workspace

_SHOWN = 3  # lines of what differs
_WIDTH = 90


def similar(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|-", help="An entry, or - for a text on stdin.", autocompletion=entry_names
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many entries.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the entries most like one, or like a text, with what differs.

    Example: kb similar refund, or: pbpaste | kb similar -
    """
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    text, itself = (sys.stdin.read(), "") if name == "-" else _entry(workspace, name)
    with KnowledgeBase(workspace) as base:
        todo = base.behind()
        steps = base.catch_up(todo)
        for _ in output.progress(steps, len(todo.added) + len(todo.changed), "Indexing"):
            pass
        found = base.similar(text, itself=itself, limit=limit)
    if json:
        output.as_json([_as_data(item) for item in found])
    else:
        for item in found:
            _show(item)
    if not found:
        output.error("nothing here is like it", "It will be the first of its kind.")
        raise typer.Exit(1)


def _entry(workspace: Workspace, name: str) -> tuple[str, str]:
    """An entry's text, and its id."""
    from cannery.content.files import scan
    from cannery.content.library import load_entry, resolve

    variants = resolve(workspace, scan(workspace), name)
    at = variants.choose((workspace.user.language,), workspace.settings)
    entry = load_entry(workspace, at)
    return f"{entry.header.title}\n\n{entry.body}", entry.at.id


def _as_data(item: Similar) -> dict[str, object]:
    data = item._asdict()
    del data["at"]
    return {**output.place(item.at), **data}


def _show(item: Similar) -> None:
    output.say(f"{item.shared:>4.0%} ", output.style(item.title, bold=True))
    about = f"{item.at.id}  ({item.at.kind}, {item.at.language})"
    output.say("     ", output.style(about, fg="cyan"))
    both: tuple[tuple[str, Sequence[str], output.Colour], ...]
    both = (("+", item.own, "green"), ("-", item.missing, "red"))
    for mark, lines, colour in both:
        for line in lines[:_SHOWN]:
            shown = clean(line)
            shown = f"{shown[:_WIDTH]}…" if len(shown) > _WIDTH else shown
            output.say("     ", output.style(f"{mark} {shown}", fg=colour))
        if more := len(lines[_SHOWN:]):
            output.say(f"       and {more} more {'line' if more == 1 else 'lines'}")
