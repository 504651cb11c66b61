"""`kb reply`: macros -> values -> a finished reply on the clipboard."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import asking, output
from cannery.cli.options import language_names, language_of, macro_names
from cannery.errors import ClipboardError, MissingValuesError, UsageError
from cannery.model import Macro, Reply
from cannery.place import Kind

if TYPE_CHECKING:
    from cannery.reply.fill import Request, Survey
    from cannery.workspace import Workspace

_PREVIEW_LINES = 4
_PREVIEW_COLUMNS = 76


class Format(StrEnum):
    RICH = "rich"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    SLACK = "slack"


def reply(
    names: Annotated[
        list[str],
        typer.Argument(help="Macros: ids, tails or shortcuts.", autocompletion=macro_names),
    ],
    values: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="A field's value; repeatable."),
    ] = None,
    ticket: Annotated[
        str, typer.Option(metavar="FILE|-", help="The ticket as JSON, shaped like Zendesk's.")
    ] = "",
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
    from cannery.reply.compose import compose, from_markdown
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    request = _request(workspace, names, _given(values or []), ticket, lang)
    _refuse_unknown(request)
    survey, asked = _settle(request, accept=yes, stdin_taken=ticket == "-")
    finished = compose(request, survey.values)
    if edit:
        finished = from_markdown(asking.edit(finished.markdown), finished)
    if json:
        _print_json(finished, request)
    elif to_stdout:
        sys.stdout.write(_body(finished, form))
    else:
        _copy(finished, form)
    _remember(workspace, request, asked)


def _refuse_unknown(request: Request) -> None:
    """A value that goes nowhere is a slip of the keyboard, and the reply would lack it."""
    from cannery.reply.fill import unknown

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


def _request(
    workspace: Workspace, names: list[str], given: dict[str, str], ticket: str, lang: str
) -> Request:
    from cannery.content.files import scan
    from cannery.content.library import load_entry, load_parts, parts_for, resolve
    from cannery.content.links import article_url
    from cannery.reply.fill import Request
    from cannery.reply.memory import recall

    settings, found = workspace.settings, scan(workspace)
    facts = _read_ticket(ticket) if ticket else {}
    asked = language_of(lang, settings.languages)
    wanted = [asked, _locale(facts), workspace.user.language]
    macros: list[Macro] = []
    for name in names:
        at = resolve(workspace, found, name, Kind.MACRO).choose(wanted, settings)
        entry = load_entry(workspace, at)
        if isinstance(entry, Macro):
            macros.append(entry)
        first = next((item for item in wanted if item), "")
        if first and first.replace("_", "-").split("-")[0].lower() != at.language:
            output.note(f"{at.id} has no {first} variant; this is {at.language}.")
    language = macros[0].at.language
    return Request(
        macros=tuple(macros),
        parts=parts_for(load_parts(workspace, found), language, settings),
        language=language,
        article_url=article_url(workspace, found, language),
        now=datetime.now().astimezone(),
        given=given,
        ticket=facts,
        agent=workspace.user.agent,
        kb={"name": settings.name, "site_url": settings.site_url},
        remembered=recall(workspace),
    )


def _read_ticket(source: str) -> dict[str, object]:
    from cannery.reply.ticket import read_ticket

    if source == "-":
        return read_ticket(sys.stdin.read(), "stdin")
    try:
        return read_ticket(Path(source).read_text("utf-8"), source)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        hint = "Name a JSON file, or - for stdin."
        raise UsageError(f"--ticket {source}: {reason}", hint) from error


def _locale(ticket: dict[str, object]) -> str:
    requester = ticket.get("requester")
    locale = requester.get("locale", "") if isinstance(requester, dict) else ""
    return locale if isinstance(locale, str) else ""


def _settle(request: Request, *, accept: bool, stdin_taken: bool) -> tuple[Survey, dict[str, str]]:
    """All values, asking for those that are open; and what was answered."""
    from cannery.reply.fill import survey

    answers: dict[str, str] = {}
    if asking.can_ask(stdin_taken=stdin_taken):
        while True:
            state = survey(_with(request, answers), accept=accept)
            if not state.open:
                break
            nxt = state.open[0]
            answers[nxt.field.name] = asking.ask(nxt.field, nxt.proposal, request.now.date())
    done = survey(_with(request, answers), accept=True)
    if done.open:
        _refuse(request, done)
    return done, answers


def _with(request: Request, answers: dict[str, str]) -> Request:
    return replace(request, given={**request.given, **answers})


def _refuse(request: Request, state: Survey) -> None:
    from cannery.reply.fill import may_want

    missing = [item.field.name for item in state.open]
    later = [name for name in may_want(request, state.values) if name not in missing]
    lines = [f"{len(missing)} missing: {', '.join(missing)}"]
    for item in state.open:
        choices = ", ".join(choice.value for choice in item.field.choices)
        about = item.field.label or item.field.help
        lines.append(f"  {item.field.name}  {about}{f' ({choices})' if choices else ''}".rstrip())
    if later:
        lines.append(f"Depending on those, also: {', '.join(later)}")
    raise MissingValuesError(
        "\n".join(lines), f"Give each with --set, as in --set {missing[0]}=..."
    )


def _body(finished: Reply, form: Format) -> str:
    return {
        Format.RICH: finished.text,
        Format.HTML: finished.html,
        Format.MARKDOWN: finished.markdown,
        Format.TEXT: finished.text,
        Format.SLACK: finished.slack,
    }[form]


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
    from cannery.reply.clipboard import copy, surface
    from cannery.reply.desktop import Clip

    body = _body(finished, form)
    clip = Clip(body.rstrip("\n"), finished.html if form is Format.RICH else "")
    try:
        copied = copy(clip, surface())
    except ClipboardError as error:
        sys.stdout.write(body)
        output.error(f"not copied, printed: {error.message}", error.hint)
        return
    _preview(finished, body)
    kind = "rich and plain text" if copied.rich else f"{_plain_name(form)}, without formatting"
    sys.stderr.write(
        output.style(f"Copied: {kind} ({copied.means}).", sys.stderr, fg="green") + "\n"
    )


def _plain_name(form: Format) -> str:
    return {Format.RICH: "plain text", Format.TEXT: "plain text"}.get(form, form.value)


def _preview(finished: Reply, body: str) -> None:
    if finished.subject:
        output.note(f"Subject: {finished.subject}")
    lines = [line for line in body.splitlines() if line.strip()]
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


def _remember(workspace: Workspace, request: Request, answers: dict[str, str]) -> None:
    from cannery.reply.memory import remember

    typed = {**request.given, **answers}
    names = {item.name for item in request.fields if item.remember}
    try:
        remember(workspace, {name: text for name, text in typed.items() if name in names})
    except OSError as error:
        output.note(f"The values could not be remembered: {error}")
