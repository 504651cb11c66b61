"""Macros of ours as a desk keeps them that has one text a record, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.desks.texts.group import SPOKEN, languages_of
from cannery.exchange.desks.texts.kept import OfRecords
from cannery.exchange.desks.texts.manner import Manner, Spoken
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.field_keys import field_keys
from cannery.exchange.finish import finished
from cannery.exchange.source import UnreadableError
from cannery.model.canned_reply import CannedReply
from cannery.model.desk import Content, Family, Incoming, Outgoing, Record, Version
from cannery.model.entry import Macro
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.plain import one_line

_SHOWN = 60
_NO_PLACE = "the desk has no place for it: it stays in the file alone"
_HERE_ALONE = ("owner", "redirect_from", "related", "review_every", "reviewed", "tags")
_LISTS = frozenset({"keywords"})
_SECTIONS = "macros/"


class Macros(OfRecords):
    """`exchange.desks.keeper.Keeper` for macros, by what a desk's records can say."""

    def __init__(self, default: str, records: Records, manner: Manner) -> None:
        super().__init__(records)
        self._default, self._manner, self._as_kept = default, manner, records.as_kept

    def outgoing(self, family: Family) -> Outgoing:
        macros = {
            language: entry
            for language, entry in family.by_language.items()
            if isinstance(entry, Macro) and entry.header.status is Status.PUBLISHED
        }
        first = macros.get(self._default) or next(iter(macros.values()))
        spoken = {language: self._manner.there(macro) for language, macro in macros.items()}
        parts = self._shared(family.id, first)
        for language, macro in macros.items():
            own = {"title": macro.header.title, **_own(macro, spoken[language])}
            parts |= {f"{name}.{language}": value for name, value in own.items() if value}
        record = self._as_kept(self._named(parts, first))
        losses = [loss for one in spoken.values() for loss in one.losses]
        losses += [*self._lost(parts, record, macros, first), *self._too_long(record, macros)]
        asked = dict.fromkeys(name for one in spoken.values() for name in one.asked)
        return Outgoing(record.title, record.parts, tuple(losses), tuple(asked))

    def _shared(self, entry_id: str, macro: Macro) -> dict[str, Content]:
        """What a macro says in no language."""
        groups = sorted({*macro.groups})
        said: dict[str, Content] = {"shortcut": macro.shortcut, "restriction": groups}
        if self._manner.has_entry:
            said["entry"] = entry_id
        else:
            said["section"] = entry_id.removeprefix(_SECTIONS).rpartition("/")[0]
        for name, value in macro.actions.items():
            said[f"actions.{name}"] = _plain(value)
        return {"active": True, **{name: it for name, it in said.items() if it not in ("", [])}}

    def _named(self, parts: Mapping[str, Content], first: Macro) -> dict[str, Content]:
        """The parts with names by which the texts of one entry are known."""
        named = dict(parts)
        if self._manner.has_entry or named.get("shortcut"):
            return named
        if self._manner.code:
            return {**named, "shortcut": self._manner.code(first.at.id)}
        title = first.header.title
        return {name: title if name.startswith("title.") else it for name, it in named.items()}

    def _lost(
        self,
        parts: Mapping[str, Content],
        record: Record,
        macros: Mapping[str, Macro],
        first: Macro,
    ) -> Iterator[Loss]:
        """What is otherwise there, or is not there at all."""
        without: dict[str, list[str]] = defaultdict(list)
        for name, value in parts.items():
            kept = record.parts.get(name)
            part, _, language = name.partition(".")
            path = macros.get(language, first).at.path
            if kept == value or name == "active":
                continue
            if kept:
                told = f"{part}: {_shown(value)}" if part in _LISTS else name
                yield Loss(path, 0, told, f"it is {_shown(kept)} there")
            else:
                named = {"restriction": "groups"}.get(name, name)
                without[path].append(part if part in SPOKEN else named)
        for name in record.parts.keys() & {"entry", "shortcut"} - parts.keys():
            yield Loss(first.at.path, 0, name, f"it is {_shown(record.parts[name])} there")
        for macro in macros.values():
            names = [key for key in _HERE_ALONE if getattr(macro.header, key)]
            names += without[macro.at.path]
            if names:
                yield Loss(macro.at.path, 0, ", ".join(sorted(names)), _NO_PLACE)

    def _too_long(self, record: Record, macros: Mapping[str, Macro]) -> Iterator[Loss]:
        longest = self._manner.longest
        why = f"longer than {longest:,} characters, which the desk refuses"
        for language, macro in macros.items():
            if longest and len(str(record.parts.get(f"body.{language}") or "")) > longest:
                yield Loss(macro.at.path, 0, macro.header.title, why)

    def incoming(self, record: Record) -> Incoming:
        versions: dict[str, Version] = {}
        losses: list[Loss] = []
        unread: dict[str, str] = {}
        for language in languages_of(record.parts):
            reading = DeskReply("", 0, {}, self._manner.dialect)
            try:
                reply = finished(self._reply(record, language, reading))
            except UnreadableError as error:
                losses.append(Loss("", error.line, record.title, str(error)))
                unread[language] = str(error)
                continue
            losses += reply.losses
            versions[language] = Version(
                self._keys(record, reply), self._manner.file(language, reply.body)
            )
        return Incoming(*_place(record), versions, tuple(losses), unread=unread)

    def _reply(self, record: Record, language: str, reading: DeskReply) -> CannedReply:
        """What a record says in a language. Raises UnreadableError for a text that is none."""
        parts = record.parts
        body = self._manner.here(reading, str(parts.get(f"body.{language}") or ""))
        subject = reading.template(str(parts.get(f"subject.{language}") or ""))
        is_off = parts.get("active") is False
        status = Status.RETIRED if is_off else Status.PUBLISHED
        title = one_line(str(parts.get(f"title.{language}") or record.title))
        return replace(
            reading.made(title, body, record.id, status),
            language=language,
            subject=subject,
            summary=one_line(str(parts.get(f"summary.{language}") or "")),
            keywords=tuple(_texts(parts.get(f"keywords.{language}"))),
            shortcut=one_line(str(parts.get("shortcut") or "")),
            actions={
                name.removeprefix("actions."): value
                for name, value in parts.items()
                if name.startswith("actions.")
            },
        )

    def _keys(self, record: Record, reply: CannedReply) -> dict[str, object]:
        """The keys that the desk can say, with None for what it says nothing of."""
        said = self._records.parts
        keys: dict[str, object] = {"title": reply.title}
        if "active" in said or reply.status is not Status.PUBLISHED:
            keys["status"] = None if reply.status is Status.PUBLISHED else reply.status.value
        for name in ("shortcut", "subject", "summary"):
            if name in said:
                keys[name] = getattr(reply, name) or None
        if "keywords" in said:
            keys["keywords"] = [*reply.keywords] or None
        if "restriction" in said:
            keys["groups"] = _texts(record.parts.get("restriction")) or None
        keys["fields"] = [field_keys(one) for one in reply.fields] or None
        if "actions" in said:
            keys["actions"] = dict(reply.actions) or None
        return keys


def _place(record: Record) -> tuple[str, str]:
    """The section and the name of a new entry."""
    if entry := str(record.parts.get("entry") or ""):
        section, _, name = entry.removeprefix(_SECTIONS).rpartition("/")
        return section, name
    return str(record.parts.get("section") or ""), record.title


def _own(macro: Macro, spoken: Spoken) -> dict[str, Content]:
    """What a macro says in its language."""
    header = macro.header
    return {
        "body": spoken.body,
        "subject": spoken.subject,
        "summary": header.summary,
        "keywords": sorted(header.keywords),
    }


def _plain(value: object) -> Content:
    """An action's value as JSON has it; a list in the order of the alphabet."""
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return value if isinstance(value, str | bool | int) else str(value)


def _texts(value: Content) -> list[str]:
    return [one_line(str(one)) for one in value] if isinstance(value, list | tuple) else []


def _shown(value: Content) -> str:
    told = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return one_line(told)[:_SHOWN]
