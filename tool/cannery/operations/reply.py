"""Names of macros, and what is known of the ticket -> all that a reply is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cannery.content.files import Scan, scan
from cannery.content.library import load_entry, load_parts, parts_for, resolve
from cannery.content.links import article_url
from cannery.errors import UsageError
from cannery.model.entry import Macro
from cannery.model.location import Kind
from cannery.reply.memory import recall
from cannery.reply.resolve import Request, with_field_names
from cannery.workspace import Workspace


class ReplyQuery(NamedTuple):
    """What a reply was asked for with. `ticket` is empty where none is known."""

    names: Sequence[str]
    given: Mapping[str, str]
    ticket: Mapping[str, object]
    language: str = ""


def request_for(workspace: Workspace, query: ReplyQuery) -> tuple[Request, list[str]]:
    """The request, and what its author should know of the language it is in.

    Raises NotFoundError and AmbiguousError for names that name no macro, or several.
    """
    settings, files = workspace.settings, scan(workspace)
    languages = [query.language, locale(query.ticket), workspace.user.language]
    first = next((item for item in languages if item), "").replace("_", "-").split("-")[0].lower()
    macros: list[Macro] = []
    notes = []
    for name in query.names:
        at = resolve(workspace, files, name, Kind.MACRO).choose(languages, settings)
        entry = load_entry(workspace, at)
        if not isinstance(entry, Macro):
            raise UsageError(f"{name} is no macro", f"See `kb show {name}`.")
        macros.append(entry)
        if first and first != at.language:
            notes.append(f"{at.id} has no {first} variant; this is {at.language}.")
    return request_of(workspace, tuple(macros), query, files), notes


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
            remembered=recall(workspace),
        )
    )


def locale(ticket: Mapping[str, object]) -> str:
    """The requester's language; empty where the ticket doesn't tell."""
    requester = ticket.get("requester")
    found = requester.get("locale", "") if isinstance(requester, Mapping) else ""
    return found if isinstance(found, str) else ""
