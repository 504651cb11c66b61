"""`kb find`: words -> hits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cannery.cli import output
from cannery.cli.listing import hits_as_json, hits_as_text
from cannery.cli.options import KindChoice, language_names, tag_names, words_of
from cannery.cli.progress import shown
from cannery.model.hit import Query
from cannery.model.location import Status

if TYPE_CHECKING:
    from cannery.operations.find import SearchResult
    from cannery.operations.knowledge_base import KnowledgeBase


_MAX_TAGS = 20
Words = Annotated[list[str], typer.Argument(help="Words to search for, in Japanese or English.")]
KindOption = Annotated[KindChoice | None, typer.Option(help="Only articles or only macros.")]
Lang = Annotated[str, typer.Option(help="Only this language.", autocompletion=language_names)]
Tags = Annotated[
    list[str] | None,
    typer.Option(help="Only entries with this tag. Repeatable.", autocompletion=tag_names),
]
StatusOption = Annotated[
    Status | None, typer.Option(help="Only entries with this status. Default: all but retired.")
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of results.")]
Typing = Annotated[
    bool, typer.Option("--as-you-type", help="Complete the last word while you type.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Tell what each score is made of.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def find(
    context: typer.Context,
    words: Words,
    kind: KindOption = None,
    lang: Lang = "",
    tag: Tags = None,
    status: StatusOption = None,
    limit: Limit = 10,
    typing: Typing = False,
    explain: Explain = False,
    json: Json = False,
) -> None:
    """Search articles and macros.

    Example: kb find 返金 --kind macro --lang ja

    What its place comes from: kb find 返金 --explain
    """
    from cannery.operations import find as operation
    from cannery.workspace import open_workspace

    resident: KnowledgeBase | None = context.obj.resident
    workspace = resident.workspace if resident else open_workspace(Path.cwd(), to_read=True)
    query = Query(
        words=words_of(context, words),
        kind=kind.value if kind else "",
        language=lang,
        tags=tuple(tag or ()),
        status=status.value if status else "",
        limit=limit,
        prefer=workspace.user.language,
        typing=typing,
        explain=explain,
    )
    with shown() as listener:
        if resident:
            result = operation.search(resident, query)
        else:
            result = operation.find(workspace, query, listener)
    _show(result, as_json=json)
    if workspace.user.helper and not resident:
        _start_helper()
    if not result.hits:
        _refuse_nothing(query.words, result)


def _show(result: SearchResult, *, as_json: bool) -> None:
    if result.as_words:
        output.note("nothing matches the quotes, exclusions or filters as typed: taken as words")
    (hits_as_json if as_json else hits_as_text)(result.hits)


def _start_helper() -> None:
    from cannery.operations.helper import launch

    sys.stdout.flush()  # the hits first
    launch()


def _refuse_nothing(words: str, result: SearchResult) -> NoReturn:
    near = " or ".join(result.suggestions)
    hint = f"Did you mean {near}?" if near else "Try other words, or fewer."
    if result.unknown_tags:
        hint = f"No entry has the tag {', '.join(result.unknown_tags)}. {_tags(result.tags)}"
    output.error(f"no results for {words}", hint)
    raise typer.Exit(1)


def _tags(tags: tuple[str, ...]) -> str:
    shown = ", ".join(tags[:_MAX_TAGS]) + (" ..." if len(tags) > _MAX_TAGS else "")
    return f"Tags: {shown or 'none yet'}."
