"""`kb reply`: macros -> values -> a finished reply on the clipboard."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output, prompts, reply_output
from cannery.cli.options import (
    TicketOption,
    field_names,
    language_names,
    macro_names,
    named_values,
)
from cannery.cli.progress import shown
from cannery.operations.deliver import body, learn_from
from cannery.reply.formats import RENDERERS, RICH

if TYPE_CHECKING:
    Format = str
else:  # Typer knows the values of an option by an enumeration; type checkers want its members named
    Format = StrEnum("Format", {name.upper(): name for name in RENDERERS})


def reply(
    names: Annotated[
        list[str],
        typer.Argument(help="Macros: ids, tails or shortcuts.", autocompletion=macro_names),
    ],
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            "-s",
            metavar="NAME=VALUE",
            help="A field's value; repeatable.",
            autocompletion=field_names,
        ),
    ] = None,
    ticket: TicketOption = "",
    lang: Annotated[str, typer.Option(help="Which language.", autocompletion=language_names)] = "",
    form: Annotated[Format, typer.Option("--format", "-f", help="What to copy.")] = RICH,
    to_stdout: Annotated[
        bool, typer.Option("--print", "-p", help="To stdout, not to the clipboard.")
    ] = False,
    edit: Annotated[
        bool, typer.Option("--edit", "-e", help="A last touch in $EDITOR before it is copied.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take defaults without asking for them.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Every form of it to stdout, as JSON.")
    ] = False,
) -> None:
    """Fill macros in, and put the reply on the clipboard.

    Several macros make one message, and a field that they share is asked for once.

    Example: kb reply first-response --ticket ticket.json --set summary="Login fails"
    """
    from cannery.operations import reply as operation
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
    if json:
        reply_output.as_json(finished)
    elif to_stdout:
        output.payload(body(finished.reply, form))
    else:
        reply_output.copied(finished.reply, form)
    try:
        learn_from(workspace, finished.request, finished.request.given)
    except OSError as error:
        output.note(f"The values could not be remembered: {error}")
