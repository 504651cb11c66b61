"""`kb find`: words -> hits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import KindChoice, language_names, tag_names
from cannery.model.hit import Hit, Query
from cannery.model.location import Status

if TYPE_CHECKING:
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import Workspace


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
    from cannery.workspace import open_workspace

    opened: KnowledgeBase | None = context.obj
    workspace = opened.workspace if opened else open_workspace(Path.cwd())
    asked = Query(
        words=" ".join(words),
        kind=kind.value if kind else "",
        language=lang,
        tags=tuple(tag or ()),
        status=status.value if status else "",
        limit=limit,
        prefer=workspace.user.language,
        typing=typing,
    )
    hits, near = _answer(opened, asked) if opened else _search(workspace, asked)
    if json:
        output.as_json([_as_data(hit) for hit in hits])
    else:
        for number, hit in enumerate(hits, start=1):
            _show(number, hit)
    if workspace.user.helper and not opened:
        from cannery.cli.commands.helper import launch

        sys.stdout.flush()
        launch()
    if not hits:
        hint = (
            f"Did you mean {' or '.join(near)}?" if near else "Try other words, or fewer of them."
        )
        output.error(f"nothing found for {asked.words}", hint)
        raise typer.Exit(1)


def _search(workspace: Workspace, asked: Query) -> tuple[list[Hit], tuple[str, ...]]:
    """The answer of an index that has caught up with the files."""
    from cannery.search.scan_child import ScanChild

    scan_child = ScanChild(workspace)
    from cannery.operations.knowledge_base import (
        KnowledgeBase,  # while the files are being looked at
    )
    from cannery.util.trust import distrust

    with KnowledgeBase(workspace) as base:
        if base.temporary and not distrust(str(workspace.cache)):  # else that is told
            output.note(f"{workspace.cache} can't be written: this index lasts for one search.")
        answered, answer = base.state, _answer(base, asked)
        if todo := base.behind(scan_child.report()):
            steps = base.catch_up(todo)
            for _ in output.progress(steps, len(todo.added) + len(todo.changed), "Indexing"):
                pass
            answer = _answer(base, asked)
        elif base.state != answered:  # another process has caught up meanwhile
            answer = _answer(base, asked)
        if base.rebuilt:
            output.note("The index was damaged; it has been made anew.")
        return answer


def _answer(base: KnowledgeBase, asked: Query) -> tuple[list[Hit], tuple[str, ...]]:
    """The hits; and where there are none, words to try instead."""
    hits = base.find(asked)
    return hits, () if hits else base.suggest(asked.words)


def _as_data(hit: Hit) -> dict[str, object]:
    data = hit._asdict()
    del data["at"]
    return {**output.place(hit.at), **data, "snippet": hit.snippet._asdict()}


def _show(number: int, hit: Hit) -> None:
    state = "" if hit.status == Status.PUBLISHED else f", {hit.status}"
    output.say(f"{number:>2}. ", output.style(hit.title, bold=True))
    about = f"{hit.at.id}  ({hit.at.kind}, {hit.at.language}{state})"
    output.say("    ", output.style(about, fg="cyan"))
    if hit.snippet.text:
        output.say("    ", output.highlighted(hit.snippet))
