"""Zendesk's macros: what `GET /api/v2/macros` answers, a macro alone, or a backup of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from cannery.exchange.desk_files import DeskFormat, Json, needed, read_desk, recognizes
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.format import Format
from cannery.exchange.placeholders.zendesk import DIALECT
from cannery.exchange.source import SourceFile
from cannery.exchange.zendesk_actions import read_actions
from cannery.exchange.zendesk_dynamic import Dynamic, Version, dynamic_of, is_dynamic, versions
from cannery.exchange.zendesk_rows import as_macro
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status

_KEYS = ("macros", "macro", "items", "item", "locales", "")
_WHO = "who may use it there: a macro is for the whole team"
_LOST = {
    "attachments": "a file that is attached",
}


def is_macro(record: Json) -> bool:
    """A title, and actions that name fields, or none; a trigger or an automation has conditions."""
    actions = record.get("actions")
    if not isinstance(record.get("title"), str) or not isinstance(actions, list):
        return False
    if "conditions" in record:
        return False
    return all(isinstance(one, dict) and "field" in one for one in actions)


def _replies(dynamic: Dynamic, reading: DeskReply) -> Sequence[CannedReply]:
    found = versions(reading.record, dynamic)
    return [_reply(reading.again(one.record), one) for one in found]


def _reply(reading: DeskReply, version: Version) -> CannedReply:
    section, title = sections(reading.title("title"))
    actions = read_actions(reading)
    reading.lose_unless_empty(_LOST)
    for locale in version.unknown:
        reading.lose(f"locale {locale}", "a language that only Zendesk knows by this number")
    if isinstance(restriction := reading.record.get("restriction"), dict) and restriction:
        ids = restriction.get("ids") or restriction.get("id")
        reading.lose(f"restriction: {restriction.get('type')} {ids}", _WHO)
    status = Status.RETIRED if reading.record.get("active") is False else Status.PUBLISHED
    reply = reading.made(title, actions.body, reading.text("id"), status)
    return replace(
        reply,
        section=section,
        summary=reading.summary("description"),
        subject=actions.subject,
        actions=actions.ours,
        language=version.language,
    )


def sections(title: str) -> tuple[str, str]:
    """`Billing::Refunds::Late` is in the section `Billing/Refunds`, and called `Late`."""
    names = [name.strip().replace("/", "-") for name in title.split("::") if name.strip()]
    return "/".join(names[:-1]), names[-1] if names else ""


def recognize(file: SourceFile) -> bool:
    return recognizes(file, _desk(Dynamic({}, {})))


def read(files: Sequence[SourceFile]) -> Imported:
    """The macros, with the texts of dynamic content where the files have that too."""
    dynamic = dynamic_of(needed(files, _desk(Dynamic({}, {}))))
    return read_desk(files, _desk(dynamic))


def _desk(dynamic: Dynamic) -> DeskFormat:
    return DeskFormat(_KEYS, DIALECT, is_macro, partial(_replies, dynamic), is_dynamic, as_macro)


FORMAT = Format("zendesk", "Zendesk's macros as JSON or CSV", recognize, read)
