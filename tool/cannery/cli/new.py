"""`kb new`: a draft to begin with."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


class NewKind(StrEnum):
    ARTICLE = "article"
    MACRO = "macro"


def new(
    kind: Annotated[NewKind, typer.Argument(help="What it shall be.")],
    title: Annotated[str, typer.Argument(help="Its title.")] = "",
    section: Annotated[str, typer.Option(help="The folder below articles/ or macros/.")] = "",
    from_issue: Annotated[
        str, typer.Option(metavar="URL", help="Take title and answers from an issue on GitHub.")
    ] = "",
) -> None:
    """Begin an article or a macro.

    A draft with a title, in its place.

    Example: kb new macro "Ask for the log" --section diagnostics
    """
    from cannery.cli.draft import write_draft
    from cannery.errors import UsageError
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    body = ""
    if from_issue:
        from cannery.contribute.github import read_issue

        issue = read_issue(from_issue)
        title = title or issue.title.removeprefix("Question: ")
        said = [issue.text, *issue.answers]
        body = "\n\n".join([*(text.strip() for text in said if text.strip()), f"From {issue.url}"])
    if not title.strip():
        raise UsageError("it has no title", 'As in kb new article "How logs are kept".')
    folder = section.strip("/") or ("questions" if from_issue else "")
    where = "/".join(part for part in (f"kb/{kind.value}s", folder) if part)
    output.say(write_draft(workspace, where, " ".join(title.split()), body or "..."))
