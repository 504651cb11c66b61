"""Names of macros, and what is known of the ticket -> a finished reply."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

from cannery.content.business_days import country_of
from cannery.content.dates import Calendar, is_month_first
from cannery.content.files import Scan, scan
from cannery.content.library import load_entry, load_parts, parts_for
from cannery.content.library import resolve as resolve_name
from cannery.content.links import article_url
from cannery.content.refusal import refused, together
from cannery.errors import MissingValuesError, UsageError
from cannery.model.entry import Macro, Reply
from cannery.model.event import Listener, Remark, ignore
from cannery.model.location import Kind
from cannery.reply.compose import compose
from cannery.reply.memory import recall
from cannery.reply.resolve import (
    MissingField,
    Request,
    Resolution,
    cleared,
    may_want,
    resolve,
    unknown,
    with_field_names,
)
from cannery.workspace import Workspace

_MOST_TOLD = 30  # of a ticket's values
_TOLD_DEPTH = 2

# Asks for a value, by a calendar; returns a text that suits the field.
Ask = Callable[[MissingField, Calendar], str]


class ReplyQuery(NamedTuple):
    """What a reply is made from: macros by name, and values by field name or dotted path.

    `ticket` is empty where none is known. `language` is preferred to the requester's and the
    user's own.
    """

    names: Sequence[str]
    given: Mapping[str, str]
    ticket: Mapping[str, object]
    language: str = ""


class FinishedReply(NamedTuple):
    """A reply, and the request that it answers, whose `given` holds the answers too.

    `kept` is the share of its words that are still there after its author has edited it.
    """

    reply: Reply
    request: Request
    kept: float = 1.0


def reply(
    workspace: Workspace,
    query: ReplyQuery,
    listener: Listener = ignore,
    *,
    ask: Ask | None = None,
    accept: bool = True,
) -> FinishedReply:
    """Fill the macros in. Values that nobody gave are asked for, if there is somebody to `ask`.

    `accept` takes the fields' defaults without asking. Raises NotFoundError and AmbiguousError
    for names, UsageError for a value that no macro has a field for, ValueRefusedError for one
    that doesn't suit its field, MissingValuesError, and TemplateError.
    """
    request = request_for(workspace, query, listener)
    _refuse_unknown(request)
    if ask:
        request = _asked(request, ask, accept=accept)
    resolution = resolve(request, accept=True)
    _refuse_cleared(request, resolution)
    if resolution.missing:
        raise _missing_values(request, resolution)
    return FinishedReply(compose(request, resolution.values), request)


def request_for(workspace: Workspace, query: ReplyQuery, listener: Listener = ignore) -> Request:
    """All that the reply is made of. A macro that lacks the language is a remark.

    Raises NotFoundError and AmbiguousError for names that name no macro, or several.
    """
    settings, files = workspace.settings, scan(workspace)
    languages = [query.language, locale(query.ticket), workspace.user.language]
    first = next((item for item in languages if item), "").replace("_", "-").split("-")[0].lower()
    macros: list[Macro] = []
    for name in query.names:
        at = resolve_name(workspace, files, name, Kind.MACRO).choose(languages, settings)
        entry = load_entry(workspace, at)
        if not isinstance(entry, Macro):
            raise UsageError(f"{name} is not a macro", f"See `kb show {name}`.")
        macros.append(entry)
        if first and first != at.language:
            listener(Remark(f"{at.id} has no {first} version; using {at.language}."))
    return request_of(workspace, tuple(macros), query, files)


def request_of(
    workspace: Workspace, macros: tuple[Macro, ...], query: ReplyQuery, files: Scan
) -> Request:
    """The request for macros that are loaded already; `query.names` are not looked at."""
    settings, language = workspace.settings, macros[0].at.language
    return with_field_names(
        Request(
            macros=macros,
            parts=parts_for(load_parts(workspace, files), language, settings),
            language=language,
            article_url=article_url(workspace, files, language),
            now=datetime.now().astimezone(),
            given=query.given,
            ticket=query.ticket,
            agent=workspace.user.agent,
            kb={"name": settings.name, "site_url": settings.site_url},
            team=settings.facts(language),
            remembered=recall(workspace),
            country=_country(workspace, query.ticket, language),
            month_first=is_month_first(_own_locale(workspace.user.language)),
            keeps_lines=settings.keeps_lines,
        )
    )


def _country(workspace: Workspace, ticket: Mapping[str, object], language: str) -> str:
    """The customer's country, as far as it is known: by the ticket, the settings, the language."""
    settings = (workspace.user.country, workspace.settings.country)
    known = (country_of(locale(ticket)), *settings, country_of(language))
    return next((country for country in known if country), "")


def _own_locale(language: str) -> str:
    """The user's own, with its region where the settings or the environment tell it."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
    system = next((name for name in names if name), "")
    is_same = system[:2].lower() == language[:2].lower()
    return system if is_same or not language else language


def locale(ticket: Mapping[str, object]) -> str:
    """The requester's language; empty where the ticket doesn't tell."""
    requester = ticket.get("requester")
    language = requester.get("locale", "") if isinstance(requester, Mapping) else ""
    return language if isinstance(language, str) else ""


def _refuse_unknown(request: Request) -> None:
    """A value that goes nowhere is a slip of the keyboard, and the reply would lack it."""
    names = [item.name for item in request.fields]
    if slips := unknown(request):
        near = [match for name in slips for match in get_close_matches(name, names, n=1)]
        meant = f"Did you mean {', '.join(near)}?" if near else ""
        hint = meant or f"Fields: {', '.join(names) or 'none'}."
        raise UsageError(f"no such field: {', '.join(slips)}", hint)


def _refuse_cleared(request: Request, resolution: Resolution) -> None:
    """Refuse the fields that were given as empty, and that the text turns out to need."""
    fields = [item.field for item in resolution.missing if cleared(request, item.field)]
    if fields:
        raise together([refused(item, "a value is required", "empty") for item in fields])


def _asked(request: Request, ask: Ask, *, accept: bool) -> Request:
    """The request with an answer for each field that is asked for: one may call for another."""
    while missing := resolve(request, accept=accept).missing:
        answer = ask(missing[0], request.calendar)
        request = replace(request, given={**request.given, missing[0].field.name: answer})
    return request


def _missing_values(request: Request, resolution: Resolution) -> MissingValuesError:
    missing = [item.field.name for item in resolution.missing]
    later = [name for name in may_want(request, resolution.values) if name not in missing]
    lines = [f"missing {'value' if len(missing) == 1 else 'values'}: {', '.join(missing)}"]
    for item in resolution.missing:
        choices = ", ".join(choice.value for choice in item.field.choices)
        about = item.field.label or item.field.help
        lines.append(f"  {item.field.name}  {about}{f' ({choices})' if choices else ''}".rstrip())
    lines += _lacking(request, resolution)
    if later:
        lines.append(f"Depending on these values, also needed: {', '.join(later)}")
    return MissingValuesError("\n".join(lines), "Give a value for each.", tuple(missing))


def _lacking(request: Request, resolution: Resolution) -> Iterator[str]:
    """What the ticket should have told, and what it does tell."""
    fields = [item.field for item in resolution.missing]
    wanted = [
        path for one in fields for path in (one.source, one.name) if path.startswith("ticket.")
    ]
    if not (wanted and request.ticket):
        return
    told = sorted(_told("ticket", request.ticket))[:_MOST_TOLD]
    there = ", ".join(told) or "nothing else"
    yield f"The ticket has no {', '.join(dict.fromkeys(wanted))}; it has {there}."
    if "requester_id" in request.ticket and "requester" not in request.ticket:
        yield "It has only the requester's id. Request it with ?include=users,organizations."


def _told(path: str, value: object) -> Iterator[str]:
    """The paths of the texts and numbers in a ticket, people and custom fields included."""
    if not isinstance(value, Mapping):
        if isinstance(value, str | int | float):
            yield path
        return
    if path.count(".") < _TOLD_DEPTH:
        for key, inner in value.items():
            yield from _told(f"{path}.{key}", inner)
