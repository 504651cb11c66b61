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
    question: Annotated[str, typer.Argument(help="As a customer asks it, without their name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> None:
    """Pass a question on that search does not answer.

    As an issue, or where there is no host as a draft to be filled. What search has found is
    shown first, and told to whoever answers.

    Example: kb ask "How long are build logs kept?"
    """
    from cannery.operations.ask import pass_on, possible_answers
    from cannery.workspace import open_workspace

    question = one_line(question)
    if not question:
        raise UsageError("there is no question", 'As in kb ask "How long are logs kept?".')
    workspace = open_workspace(Path.cwd())
    hits = possible_answers(workspace, question)
    if hits and not yes and sys.stdin.isatty():
        for hit in hits:
            output.note(f"{hit.title}  kb show {hit.at.id}")
        output.confirm("Does none of these answer it?", default=True, abort=True)
    with shown() as listener:
        passed_on = pass_on(workspace, question, hits, listener)
    output.say(passed_on.address)
    if passed_on.is_draft:
        output.note("A draft, since there is no host to ask on: fill it in, then `kb propose`.")
