"""`kb readers`: what readers of the site have said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.operations.feedback import Summary

_SHOWN = 10  # of the searches, and of the comments on a page


def readers(
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the votes, comments and failed searches from the site.

    `kb serve` takes them. Pages that helped least come first.

    Example: kb readers
    """
    from cannery.errors import ContentError
    from cannery.operations.feedback import summary
    from cannery.workspace import open_workspace

    try:
        told = summary(open_workspace(Path.cwd()))
    except OSError as error:
        raise ContentError(f"the feedback can't be read: {error}", "Check the folder.") from error
    if json:
        output.as_json(_as_json(told))
    elif told.pages or told.misses:
        _show(told)
    else:
        output.note("No feedback yet. `kb serve --help` tells how pages send it.")


def _show(told: Summary) -> None:
    for page in told.pages:
        votes = f"{page.helped} yes, {page.did_not} no"
        output.say(output.style(page.page, bold=True), f" ({page.language})  {votes}")
        for text in page.comments[-_SHOWN:]:
            output.say("  ", text)
    if told.misses:
        output.say(output.style("Searches without a result", bold=True))
    for miss, count in told.misses[:_SHOWN]:
        output.say(f"  {count:>4}  ", miss.query, f" ({miss.language})")


def _as_json(told: Summary) -> dict[str, object]:
    return {
        "pages": [
            {
                "page": page.page,
                "language": page.language,
                "helped": page.helped,
                "did_not": page.did_not,
                "comments": page.comments,
            }
            for page in told.pages
        ],
        "misses": [
            {"query": miss.query, "language": miss.language, "count": count}
            for miss, count in told.misses
        ],
    }
