"""The entries that go to a desk, as they would go out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from cannery.content.files import read_bytes
from cannery.content.library import Variants, read
from cannery.content.visibility import Visibility, followed, visibility_of
from cannery.errors import CanneryError, ContentError
from cannery.exchange.desks.compare import Ours, Stand
from cannery.exchange.desks.desk import Desk
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.unkept import within_bounds
from cannery.model.desk import Family, Outgoing
from cannery.model.desk_settings import Asking, DeskSettings
from cannery.model.entry import Article, Audience, Entry, Macro, Part
from cannery.model.location import Kind, Severity, Status
from cannery.rest.client import RestError
from cannery.workspace import Settings, Workspace

_DECIDING = frozenset(("audience", "status"))


class Read(NamedTuple):
    """An entry's files: where they are, their bytes and what they say, by language.

    `entries` is empty if one of them can't be read. `family` has the languages that go out, None
    where the entry does not.
    """

    variants: Variants
    raw: Mapping[str, bytes]
    entries: Mapping[str, Entry]
    first: Entry | None
    family: Family | None
    stand: Stand
    why: str = ""

    @property
    def here(self) -> dict[str, str]:
        return {language: blob_of(raw) for language, raw in self.raw.items()}


class Sent(NamedTuple):
    """An entry of ours, with what would be sent of it; `outgoing` is None for nothing."""

    ours: Ours
    read: Read
    outgoing: Outgoing | None


def blob_of(raw: bytes) -> str:
    """Git's name for a text, with line feeds: a checkout may have other line ends."""
    data = stored(raw)
    header = b"blob %d\0" % len(data)
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest()


def stored(raw: bytes) -> bytes:
    """A text as Git keeps it, whatever line ends this checkout has."""
    return raw.replace(b"\r\n", b"\n") if b"\0" not in raw else raw


def is_in(id_: str, desk: DeskSettings) -> bool:
    """Whether an entry is in one of the sections that go to a desk."""
    return any(f"{id_}/".startswith(f"{one}/") for one in (*desk.macros, *desk.articles))


def read_entry(workspace: Workspace, entry: Variants) -> Read:
    """Read the files of an entry."""
    try:
        raw = {
            language: read_bytes(workspace, at.path)
            for language, at in sorted(entry.by_language.items())
        }
    except ContentError as error:
        return Read(entry, {}, {}, None, None, Stand.FAULTY, error.message)
    return read_texts(workspace.settings, entry, raw)


def read_texts(settings: Settings, entry: Variants, raw: Mapping[str, bytes]) -> Read:
    """What texts of an entry's files say; `raw` is by language."""
    entries: dict[str, Entry] = {}
    for language, data in raw.items():
        path = entry.by_language[language].path
        loaded = read(path, data, settings)
        if loaded.problems or loaded.item is None or isinstance(loaded.item, Part):
            why = loaded.problems[0].message if loaded.problems else "not an entry"
            return Read(entry, raw, {}, None, None, Stand.FAULTY, f"{path}: {why}")
        if fault := _deciding_fault(loaded.item):
            return Read(entry, raw, {}, None, None, Stand.FAULTY, f"{path}: {fault}")
        entries[language] = loaded.item
    first = entries.get(settings.default_language) or next(iter(entries.values()))
    stand = _stand(visibility_of(first), entry.kind)
    family = Family(entry.id, entry.kind, _shown(entries, first)) if stand is Stand.OUT else None
    return Read(entry, raw, entries, first, family, stand)


def _deciding_fault(entry: Entry) -> str:
    """What is wrong with the keys that say who may see it; then nothing is sent or taken away."""
    faults = (
        fault.message
        for fault in entry.faults
        if fault.key in _DECIDING and fault.severity is Severity.ERROR
    )
    return next(faults, "")


def _stand(own: Visibility, kind: Kind) -> Stand:
    if own.status is not Status.PUBLISHED:
        return Stand.DRAFT if own.status is Status.DRAFT else Stand.RETIRED
    if kind is Kind.ARTICLE and own.audience is not Audience.PUBLIC:
        return Stand.INTERNAL
    return Stand.OUT


def _shown(entries: Mapping[str, Entry], first: Entry) -> dict[str, Entry]:
    """The languages of an entry that all may see; one that is hidden alone stays."""
    original = visibility_of(first)
    shown = {}
    for language, entry in entries.items():
        left_open = entry.left_open if isinstance(entry, Article) else ()
        own = followed(visibility_of(entry), original, left_open)
        if _stand(own, entry.at.kind) is Stand.OUT:
            shown[language] = entry
    return shown


def outgoing(desk: Desk, settings: DeskSettings, entry: Read) -> Sent:
    """What would be sent of an entry. What can't be rendered does not go out, and says why."""
    sent, stand, why = None, entry.stand, entry.why
    title = entry.first.header.title if entry.first else ""
    if entry.family is not None:
        try:
            sent = within_bounds(desk.outgoing(entry.family))
        except RestError:
            raise
        except CanneryError as error:  # a template that nobody can fill in, as a rule
            stand, why = Stand.FAULTY, error.message
    if sent is not None:
        title = sent.title
        if sent.asked and settings.asking is Asking.STAY:
            stand, why = Stand.ASKING, f"asks for {', '.join(sent.asked[:5])}"
    parts = digests(sent.parts) if sent is not None else {}
    names, marks = _known_by(entry.first)
    ours = Ours(
        entry.variants.id, entry.variants.kind, title, stand, parts, entry.here, names, marks, why
    )
    return Sent(ours, entry, sent if stand is Stand.OUT else None)


def _known_by(first: Entry | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if first is None:
        return (), ()
    return first.header.redirect_from, first.imported_from if isinstance(first, Macro) else ()
