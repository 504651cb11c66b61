"""`kb find`: words -> hits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.listing import hits_as_json, hits_as_text
from cannery.cli.options import KindChoice, language_names, tag_names
from cannery.cli.progress import shown
from cannery.model.hit import Query
from cannery.model.location import Status

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program


def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What to look for, Japanese or English.")],
    kind: Annotated[KindChoice | None, typer.Option(help="Only articles, or only macros.")] = None,
    lang: Annotated[
        str, typer.Option(help="Only this language.", autocompletion=language_names)
    ] = "",
    tag: Annotated[
        list[str] | None,
        typer.Option(help="Only with this tag; may be repeated.", autocompletion=tag_names),
    ] = None,
    status: Annotated[
        Status | None, typer.Option(help="Only in this state; without it, all but retired.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many hits.")] = 10,
    typing: Annotated[
        bool, typer.Option("--as-you-type", help="The last word may be unfinished.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
) -> None:
    """Find articles and macros by their words.

    Example: kb find 返金 --kind macro --lang ja
    """
    from cannery.operations import find as operation
    from cannery.workspace import open_workspace

    program: Program = context.obj
    resident = program.resident
    workspace = resident.workspace if resident else open_workspace(Path.cwd())
    query = Query(
        words=" ".join(words),
        kind=kind.value if kind else "",
        language=lang,
        tags=tuple(tag or ()),
        status=status.value if status else "",
        limit=limit,
        prefer=workspace.user.language,
        typing=typing,
    )
    with shown() as listener:
        result = (
            operation.search(resident, query)
            if resident
            else operation.find(workspace, query, listener)
        )
    (hits_as_json if json else hits_as_text)(result.hits)
    if workspace.user.helper and not resident:
        from cannery.operations.helper import launch

        sys.stdout.flush()
        launch()
    if not result.hits:
        near = " or ".join(result.suggestions)
        hint = f"Did you mean {near}?" if near else "Try other words, or fewer of them."
        output.error(f"nothing found for {query.words}", hint)
        raise typer.Exit(1)
