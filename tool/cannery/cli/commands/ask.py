"""`kb ask`: a question that nothing answers yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.progress import shown
from cannery.errors import UsageError
from cannery.util.plain import one_line


def ask(
    question: Annotated[
        str, typer.Argument(help="The question as a customer asks it, without names.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
) -> None:
    """Report a question that no article answers.

    Opens an issue, or writes a draft where the repository has no issue tracker. Search results are
    shown first, and listed for whoever answers.

    Example: kb ask "How long are build logs kept?"
    """
    from cannery.operations.ask import pass_on, possible_answers
    from cannery.workspace import open_workspace

    question = one_line(question)
    if not any(map(str.isalnum, question)):  # also `-`, which stands for stdin elsewhere
        raise UsageError("the question has no words", 'Example: kb ask "How long are logs kept?"')
    workspace = open_workspace(Path.cwd())
    hits = possible_answers(workspace, question)
    for hit in hits:
        output.note(f"{hit.title}  kb show {hit.at.id}")
    if hits and not yes and sys.stdin.isatty():
        output.confirm("Ask anyway?", default=True, abort=True)
    with shown() as listener:
        passed_on = pass_on(workspace, question, hits, listener)
    output.say(passed_on.address)
    if passed_on.is_draft:
        output.note("This is a draft. Complete it, then run `kb propose`.")
