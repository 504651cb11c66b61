"""A record that is new at a desk, as the files of a new entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import NamedTuple

from cannery.content import frontmatter
from cannery.content.layout import path_of
from cannery.content.line_ends import kept, plain
from cannery.content.links import SECTION_PAGES
from cannery.errors import ContentError
from cannery.exchange.desks.overlay import laid_over
from cannery.exchange.field_keys import field_keys
from cannery.exchange.finish import finished
from cannery.exchange.source import UnreadableError
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.desk import Incoming, Record, Version
from cannery.model.entry import Audience
from cannery.model.location import Kind, Status
from cannery.model.loss import Loss
from cannery.operations.desk_entries import is_in
from cannery.operations.desk_survey import Item
from cannery.operations.desk_work import Work
from cannery.operations.draft import slug
from cannery.operations.import_names import section_of
from cannery.util.plain import one_line, printable
from cannery.util.text import composed, fold_name

_ORDER = ("title", "summary", "status", "tags", "keywords", "shortcut", "subject", "fields")

_PAGES = frozenset(map(fold_name, SECTION_PAGES))


class NewEntry(NamedTuple):
    """An entry to be: its files' bytes by path, and by language.

    `why` tells what keeps it from being one; then it has no files.
    """

    id: str
    files: Mapping[str, bytes]
    by_language: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()
    pictures: Mapping[str, str] = {}
    why: str = ""


class Ids:
    """The ids that there are, folded; each that is given out counts at once."""

    def __init__(self, ids: Mapping[str, object]) -> None:
        self._taken = {fold_name(id_) for id_ in ids}
        self._by_record: dict[tuple[Kind, str], str] = {}

    def of(self, record: Record, base: str) -> str:
        """The id of a record's entry to be: always the same, once it is given out."""
        key = record.kind, record.id
        if key not in self._by_record:
            self._by_record[key] = self._free(base)
        return self._by_record[key]

    def _free(self, base: str) -> str:
        """The id, with a number behind it if another entry has it, or a folder's page would."""
        begin = 2 if fold_name(base.rpartition("/")[2]) in _PAGES else 1
        ways = (base if number == 1 else f"{base}-{number}" for number in count(begin))
        id_ = next(way for way in ways if fold_name(way) not in self._taken)
        self._taken.add(fold_name(id_))
        return id_


def expected(work: Work, items: Iterable[Item]) -> Ids:
    """The ids that there are, with those of the records that are about to be entries.

    Links lead to articles that come in by the same pull, if customers may see these.
    """
    ids = Ids({**work.entries, **work.known.lock.entries})
    for record in (item.record for item in items):
        if record and record.kind is Kind.ARTICLE and work.addresses and work.addresses.kind.page:
            incoming = work.desk.incoming(record)
            base = _base(record, incoming)
            hidden = [name for name, one in incoming.by_language.items() if not _is_public(one)]
            if len(hidden) < len(incoming.by_language) and not _refusal(work, base, incoming):
                work.addresses.expect(ids.of(record, base), record.id, hidden)
    return ids


def _is_public(version: Version) -> bool:
    keys = version.keys
    return keys.get("audience") == Audience.PUBLIC.value and not keys.get("status")


def _base(record: Record, incoming: Incoming) -> str:
    name = slug(incoming.name or record.title)
    names = (f"{record.kind.value}s", section_of(incoming.section), name)
    return composed("/".join(filter(None, names)))


def new_entry(work: Work, record: Record, ids: Ids) -> NewEntry:
    """The files that a record makes."""
    incoming = work.desk.incoming(record)
    base = _base(record, incoming)
    refused = _refusal(work, base, incoming)
    if refused:
        return NewEntry("", {}, {}, why=refused)
    losses = [*incoming.losses]
    texts: dict[str, bytes] = {}
    for language, version in incoming.by_language.items():
        try:
            texts[language] = _text(work, record, version, losses)
        except (UnreadableError, ContentError) as error:
            return NewEntry("", {}, {}, why=str(error))
    id_ = ids.of(record, base)
    settings = work.workspace.settings
    files = {path_of(id_, language, settings): raw for language, raw in texts.items()}
    if there := next((path for path in files if (work.workspace.root / path).exists()), ""):
        return NewEntry("", {}, {}, why=f"{there} is in its place")
    return NewEntry(id_, files, texts, (*losses,), incoming.pictures)


def _refusal(work: Work, id_: str, incoming: Incoming) -> str:
    """Why a record makes no entry; empty if it does."""
    from cannery.operations.capture import secrets_of

    versions = incoming.by_language
    if not versions:
        unread = next((loss.why for loss in incoming.losses), "")
        return unread or "it has no text in a language of this knowledge base"
    if not is_in(id_, work.settings):
        return "its section is not one of those that kb.toml names for the desk"
    texts = "\n".join(version.body for version in versions.values())
    secrets = secrets_of(texts)
    return f"it contains {secrets[0][1]}" if secrets else ""


def _text(work: Work, record: Record, version: Version, losses: list[Loss]) -> bytes:
    """A file's bytes. Raises UnreadableError for what can be no template."""
    if record.kind is not Kind.MACRO or version.keys.get("fields"):
        return laid_over(version, None, work.workspace.settings.front_matter)
    keys = dict(version.keys)
    title, subject = str(keys.get("title") or record.title), str(keys.get("subject") or "")
    status = Status.PUBLISHED if keys.get("status") in (None, "published") else Status.DRAFT
    origin = Origin(work.name, 0, record.id)
    reply = finished(CannedReply(title, version.body, origin, subject=subject, status=status))
    losses += reply.losses
    if reply.status is not status:
        keys["status"] = reply.status.value
    keys |= {"title": one_line(title), "subject": reply.subject or None}
    keys["fields"] = [*map(field_keys, reply.fields)] or None
    said = {key: keys.pop(key) for key in _ORDER if keys.get(key) is not None} | keys
    text = frontmatter.rewrite("", {key: it for key, it in said.items() if it is not None})
    body = plain(reply.body) if work.workspace.settings.keeps_lines else kept(reply.body)
    return f"{text}\n{printable(body).strip()}\n".encode()
