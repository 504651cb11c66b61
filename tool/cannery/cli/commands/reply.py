"""`kb reply`: macros -> values -> a finished reply on the clipboard."""

from __future__ import annotations

import sys
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output, prompts
from cannery.cli.options import (
    TicketOption,
    field_names,
    language_names,
    language_of,
    macro_names,
)
from cannery.errors import ClipboardError, MissingValuesError, UsageError
from cannery.model.entry import Reply
from cannery.operations.deliver import Format, body, hand_over, learn_from
from cannery.util.editor import edit_text

if TYPE_CHECKING:
    from cannery.reply.resolve import Request, Resolution
    from cannery.workspace import Workspace

_PREVIEW_LINES = 4
_PREVIEW_COLUMNS = 76


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
    form: Annotated[Format, typer.Option("--format", "-f", help="What to copy.")] = Format.RICH,
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
    from cannery.operations.reply import ReplyQuery, request_for
    from cannery.operations.ticket import ticket_facts
    from cannery.reply.compose import compose, from_markdown
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    language = language_of(lang, workspace.settings.languages)
    facts = ticket_facts(workspace, ticket, sys.stdin)
    wanted = ReplyQuery(names, _given(values or []), facts, language)
    request, notes = request_for(workspace, wanted)
    for line in notes:
        output.note(line)
    _refuse_unknown(request)
    resolution, asked = _settle(request, accept=yes, stdin_taken=ticket == "-")
    finished = compose(request, resolution.values)
    if edit:
        finished = from_markdown(edit_text(finished.markdown), finished)
    if json:
        _print_json(finished, request)
    elif to_stdout:
        output.payload(body(finished, form))
    else:
        _copy(finished, form)
    _learn(workspace, request, asked)


def _refuse_unknown(request: Request) -> None:
    """A value that goes nowhere is a slip of the keyboard, and the reply would lack it."""
    from cannery.reply.resolve import unknown

    for name in unknown(request):
        names = [item.name for item in request.fields]
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There is {', '.join(names) or 'none'}."
        raise UsageError(f"--set {name}: there is no such field here", hint)


def _given(pairs: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set {pair!r} is not NAME=VALUE", 'As in --set order_number="A-17".'
            )
        given[name.strip()] = value
    return given


def _settle(
    request: Request, *, accept: bool, stdin_taken: bool
) -> tuple[Resolution, dict[str, str]]:
    """All values, asking for those that are open; and what was answered."""
    from cannery.reply.resolve import resolve

    answers: dict[str, str] = {}
    if prompts.can_ask(stdin_taken=stdin_taken):
        while True:
            state = resolve(_with(request, answers), accept=accept)
            if not state.missing:
                break
            nxt = state.missing[0]
            answers[nxt.field.name] = prompts.ask(nxt.field, nxt.proposal, request.now.date())
    done = resolve(_with(request, answers), accept=True)
    if done.missing:
        _refuse(request, done)
    return done, answers


def _with(request: Request, answers: dict[str, str]) -> Request:
    return replace(request, given={**request.given, **answers})


def _refuse(request: Request, state: Resolution) -> None:
    from cannery.reply.resolve import may_want

    missing = [item.field.name for item in state.missing]
    later = [name for name in may_want(request, state.values) if name not in missing]
    lines = [f"{len(missing)} missing: {', '.join(missing)}"]
    for item in state.missing:
        choices = ", ".join(choice.value for choice in item.field.choices)
        about = item.field.label or item.field.help
        lines.append(f"  {item.field.name}  {about}{f' ({choices})' if choices else ''}".rstrip())
    if later:
        lines.append(f"Depending on those, also: {', '.join(later)}")
    raise MissingValuesError(
        "\n".join(lines), f"Give each with --set, as in --set {missing[0]}=..."
    )


def _print_json(finished: Reply, request: Request) -> None:
    output.as_json(
        {
            "macros": [macro.at.id for macro in request.macros],
            "language": request.language,
            "subject": finished.subject,
            "markdown": finished.markdown,
            "html": finished.html,
            "text": finished.text,
            "slack": finished.slack,
            "actions": finished.actions,
        }
    )


def _copy(finished: Reply, form: Format) -> None:
    try:
        copied = hand_over(finished, form)
    except ClipboardError as error:
        output.payload(body(finished, form))
        output.error(f"not copied, printed: {error.message}", error.hint)
        return
    _preview(finished, body(finished, form))
    output.tell(output.style(f"Copied: {copied}.", fg="green"))


def _preview(finished: Reply, text: str) -> None:
    if finished.subject:
        output.note(f"Subject: {finished.subject}")
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines[:_PREVIEW_LINES]:
        output.note(f"  {_shortened(line)}")
    if len(lines) > _PREVIEW_LINES:
        output.note(f"  ... {len(lines) - _PREVIEW_LINES} more lines")
    for name, value in finished.actions.items():
        output.note(f"Then set {name}: {value}")


def _shortened(line: str) -> str:
    """As much of a line as a terminal of 80 columns shows; a Japanese letter takes two."""
    from wcwidth import wcswidth

    shown = line[:_PREVIEW_COLUMNS]
    while wcswidth(shown) > _PREVIEW_COLUMNS:
        shown = shown[:-1]
    return shown if shown == line else f"{shown[:-1]}…"


def _learn(workspace: Workspace, request: Request, answers: dict[str, str]) -> None:
    try:
        learn_from(workspace, request, {**request.given, **answers})
    except OSError as error:
        output.note(f"The values could not be remembered: {error}")
