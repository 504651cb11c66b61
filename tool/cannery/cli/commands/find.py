"""`kb find`: words -> hits."""

from __future__ import annotations

from typing import Annotated

import typer

from cannery.cli.completers import language_names, query_filters, tag_names
from cannery.cli.found import Asked, show_found
from cannery.cli.options import KindChoice, words_of
from cannery.model.hit import Query
from cannery.model.location import Status

Words = Annotated[
    list[str],
    typer.Argument(
        help="Words to search for, in Japanese or English.", autocompletion=query_filters
    ),
]
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
    query = Query(
        words=words_of(context, words),
        kind=kind.value if kind else "",
        language=lang,
        tags=tuple(tag or ()),
        status=status.value if status else "",
        limit=limit,
        typing=typing,
        explain=explain,
    )
    if code := show_found(Asked(query, json), context.obj.resident):
        raise typer.Exit(code)
