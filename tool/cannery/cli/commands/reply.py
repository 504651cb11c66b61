"""`kb reply`: macros -> values -> a finished reply on the clipboard."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import prompts, reply_output
from cannery.cli.options import (
    TicketOption,
    ValuesOption,
    language_names,
    macro_names,
    named_values,
)
from cannery.cli.progress import shown
from cannery.reply.formats import RENDERERS, RICH

if TYPE_CHECKING:
    Format = str
else:  # Typer knows the values of an option by an enumeration; type checkers want its members named
    Format = StrEnum("Format", {name.upper(): name for name in RENDERERS})


Names = Annotated[
    list[str],
    typer.Argument(help="Macros: ids, tails or shortcuts.", autocompletion=macro_names),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What to copy.")]
Print = Annotated[bool, typer.Option("--print", "-p", help="To stdout, not to the clipboard.")]
Edit = Annotated[
    bool, typer.Option("--edit", "-e", help="A last touch in $EDITOR before it is copied.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Take defaults without asking for them.")]
AllowHole = Annotated[
    bool, typer.Option("--allow-hole", help="Also with what looks like a hole, such as [Name].")
]
Json = Annotated[bool, typer.Option("--json", help="Every form of it to stdout, as JSON.")]


def reply(
    names: Names,
    values: ValuesOption = None,
    ticket: TicketOption = "",
    lang: Annotated[str, typer.Option(help="Which language.", autocompletion=language_names)] = "",
    form: FormatOption = RICH,
    to_stdout: Print = False,
    edit: Edit = False,
    yes: Yes = False,
    allow_hole: AllowHole = False,
    json: Json = False,
) -> None:
    """Fill macros in, and put the reply on the clipboard.

    Several macros make one message, and a field that they share is asked for once.

    Example: kb reply first-response --ticket ticket.json --set summary="Login fails"
    """
    from cannery.operations import reply as operation
    from cannery.operations.deliver import refuse_holes
    from cannery.operations.entry import supported
    from cannery.operations.ticket import ticket_facts
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    language = supported(lang, workspace.settings.languages)
    facts = ticket_facts(workspace, ticket, sys.stdin)
    query = operation.ReplyQuery(names, named_values(values or []), facts, language)
    ask = prompts.ask if prompts.can_ask(stdin_taken=ticket == "-") else None
    with shown() as listener:
        finished = operation.reply(workspace, query, listener, ask=ask, accept=yes)
    if edit:
        finished = reply_output.edited(finished)
    if not allow_hole:
        refuse_holes(finished.reply)
    if json:
        reply_output.as_json(finished)
    else:
        (reply_output.printed if to_stdout else reply_output.copied)(finished.reply, form)
    reply_output.learn(workspace, finished)
