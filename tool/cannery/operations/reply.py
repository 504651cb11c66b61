"""Names of macros, and what is known of the ticket -> all that a reply is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cannery.content.files import scan
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


def request_for(workspace: Workspace, wanted: ReplyQuery) -> tuple[Request, list[str]]:
    """The request, and what its author should know of the language it is in.

    Raises NotFoundError and AmbiguousError for names that name no macro, or several.
    """
    settings, found = workspace.settings, scan(workspace)
    languages = [wanted.language, locale(wanted.ticket), workspace.user.language]
    first = next((item for item in languages if item), "").replace("_", "-").split("-")[0].lower()
    macros: list[Macro] = []
    notes = []
    for name in wanted.names:
        at = resolve(workspace, found, name, Kind.MACRO).choose(languages, settings)
        entry = load_entry(workspace, at)
        if not isinstance(entry, Macro):
            raise UsageError(f"{name} is no macro", f"See `kb show {name}`.")
        macros.append(entry)
        if first and first != at.language:
            notes.append(f"{at.id} has no {first} variant; this is {at.language}.")
    language = macros[0].at.language
    request = Request(
        macros=tuple(macros),
        parts=parts_for(load_parts(workspace, found), language, settings),
        language=language,
        article_url=article_url(workspace, found, language),
        now=datetime.now().astimezone(),
        given=wanted.given,
        ticket=wanted.ticket,
        agent=workspace.user.agent,
        kb={"name": settings.name, "site_url": settings.site_url},
        remembered=recall(workspace),
    )
    return with_field_names(request), notes


def locale(ticket: Mapping[str, object]) -> str:
    """The requester's language; empty where the ticket doesn't tell."""
    requester = ticket.get("requester")
    found = requester.get("locale", "") if isinstance(requester, Mapping) else ""
    return found if isinstance(found, str) else ""
