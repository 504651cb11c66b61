"""`kb reply`: macros -> values -> a finished reply on the clipboard."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import prompts, reply_output, ticket_output
from cannery.cli.completers import language_names, macro_names
from cannery.cli.options import TicketOption, ValuesOption, named_values
from cannery.cli.progress import shown
from cannery.render.formats import RENDERERS, RICH

if TYPE_CHECKING:
    from cannery.operations.desk_ticket import TicketRef
    from cannery.operations.reply import FinishedReply
    from cannery.workspace import Workspace

    Format = str
else:  # Typer knows the values of an option by an enumeration; type checkers want its members named
    Format = StrEnum("Format", {name.upper(): name for name in RENDERERS})


Names = Annotated[
    list[str],
    typer.Argument(help="The macros: ids, ends of ids, or shortcuts.", autocompletion=macro_names),
]
Lang = Annotated[
    str, typer.Option(help="The language of the reply.", autocompletion=language_names)
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="The format to copy.")]
Print = Annotated[bool, typer.Option("--print", "-p", help="Print to stdout instead of copying.")]
Edit = Annotated[
    bool, typer.Option("--edit", "-e", help="Edit the reply in $EDITOR before copying it.")
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Use the defaults, and send, without asking.")
]
AllowHole = Annotated[
    bool, typer.Option("--allow-hole", help="Allow unfilled placeholders, such as [Name].")
]
Json = Annotated[bool, typer.Option("--json", help="Print every format as JSON.")]


class Way(StrEnum):
    NOTE = "note"
    DRAFT = "draft"
    REPLY = "reply"


Send = Annotated[
    Way | None, typer.Option(help="Put the reply into the ticket instead of copying it.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what --send would send.")]
Again = Annotated[
    bool, typer.Option("--again", help="Send a reply that is in the ticket once more.")
]


def reply(
    names: Names,
    values: ValuesOption = None,
    ticket: TicketOption = "",
    lang: Lang = "",
    form: FormatOption = RICH,
    to_stdout: Print = False,
    edit: Edit = False,
    yes: Yes = False,
    allow_hole: AllowHole = False,
    json: Json = False,
    send: Send = None,
    dry_run: DryRun = False,
    again: Again = False,
) -> None:
    """Fill in macros and copy the reply to the clipboard, or send it.

    Several macros form one message; a field that they share is asked for once. With --send the
    reply goes into its ticket, with the actions of the macros, once you have seen it and said yes.

    Example: kb reply first-response --ticket zendesk:123 --send note
    """
    from cannery.operations import reply as operation
    from cannery.operations.entry import supported
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    language = supported(lang, workspace.settings.languages)
    wish = ticket_output.SendWish(send or "", dry_run, again, yes, json)
    ref, facts = ticket_output.look_up(workspace, ticket, wish)
    query = operation.ReplyQuery(names, named_values(values or []), facts, language)
    ask = prompts.ask if prompts.can_ask(stdin_taken=ticket == "-") else None
    with reply_output.options_named():
        with shown() as listener:
            finished = operation.reply(workspace, query, listener, ask=ask, accept=yes)
        finished = reply_output.looked_over(finished, edit=edit, allow_hole=allow_hole)
    _hand_over(workspace, finished, ref, wish, form, to_stdout=to_stdout)


def _hand_over(
    workspace: Workspace,
    finished: FinishedReply,
    ref: TicketRef | None,
    wish: ticket_output.SendWish,
    form: str,
    *,
    to_stdout: bool,
) -> None:
    """Into its ticket, to stdout or to the clipboard; what was filled in is proposed next time."""
    if ref:
        ticket_output.send(workspace, finished, ref, wish)
    elif wish.json:
        reply_output.as_json(finished)
    elif to_stdout:
        reply_output.printed(finished.reply, form)
    else:
        reply_output.copied(finished.reply, form)
    if not wish.dry_run:
        reply_output.learn(workspace, finished, is_sent=ref is not None)
