"""What an entry and a record that no lock has can be taken to have agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.content.library import Variants
from cannery.exchange.desks.compare import Ours
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed
from cannery.git.blobs import Blobs
from cannery.git.clone import open_local
from cannery.git.repository import GitError, UnusableError
from cannery.model.desk import Incoming, Record, Version
from cannery.operations.desk_entries import Read, Sent, read_texts, stored
from cannery.operations.desk_work import Work

_MOST = 40  # commits that are looked through


def first_agreed(
    work: Work, ours: Ours, record: Record, begun: Mapping[str, str] | None
) -> Agreed | None:
    """What both agreed on: what they say now, or what an earlier version of the files said.

    `begun` is what a run that was killed was making a record of. None if nothing tells.
    """
    seen = digests(record.parts)
    same = {name: it for name, it in ours.parts.items() if seen.get(name) == it}
    missing = [name for name in ours.parts if name not in same and name in seen]
    if not missing:  # the desk lacks what differs: nothing of it is overwritten
        return Agreed(record.id, ours.here, same, seen)
    if begun and _is_begun(begun, same, record):
        return Agreed(record.id, ours.here, same, seen)
    now = work.sent(work.read(ours.id))
    if now.outgoing and _terms(work, record) == _terms(work, _as_record(record, now)):
        return Agreed(record.id, ours.here, ours.parts, seen)
    return _as_earlier(work, now.read, record)


def once_agreed(work: Work, ours: Ours, record: Record) -> Agreed | None:
    """What an entry that is retired by now and its record agreed on, as its history tells.

    Two people may have pushed it and retired it, and put their locks together by halves.
    """
    return _as_earlier(work, work.read(ours.id), record)


def _as_earlier(work: Work, read: Read, record: Record) -> Agreed | None:
    """The latest version in the files' history that is what a record says."""
    seen = digests(record.parts)
    for old in earlier(work, read.variants):
        then = work.sent(old)
        if then.outgoing and then.ours.parts.items() <= seen.items():
            return Agreed(record.id, old.here, then.ours.parts, seen)
    return None


def _is_begun(begun: Mapping[str, str], same: Mapping[str, str], record: Record) -> bool:
    """Whether a record is the one that was begun: a text of it is what was sent."""
    texts = (name for name, it in record.parts.items() if name.startswith("body") and it)
    return any(name in same and begun.get(name) == same[name] for name in texts)


def _as_record(record: Record, sent: Sent) -> Record:
    parts = sent.outgoing.parts if sent.outgoing else {}
    return Record(record.id, record.kind, record.title, {**record.parts, **parts})


def _terms(work: Work, record: Record) -> dict[str, tuple[dict[str, object], str]]:
    """What a record says in our terms, in a form that can be compared."""
    incoming: Incoming = work.desk.incoming(record)
    return {language: _plain(version) for language, version in incoming.by_language.items()}


def _plain(version: Version) -> tuple[dict[str, object], str]:
    said = {key: value for key, value in version.keys.items() if value is not None}
    lines = (line.rstrip() for line in version.body.strip().split("\n"))
    return said, "\n".join(lines)


def earlier(work: Work, variants: Variants) -> Iterator[Read]:
    """The entry as commits had it, the newest first; nothing where there is no history."""
    paths = {language: at.path for language, at in variants.by_language.items()}
    try:
        checkout = open_local(work.workspace.root)
        log = checkout.git("log", f"-{_MOST}", "--format=%H", "--", *paths.values())
    except UnusableError:
        raise
    except GitError:
        return
    commits = [line for line in log.split("\n") if line]
    blobs = Blobs(checkout.folder)
    blobs.load(checkout.at(commit, path) for commit in commits for path in paths.values())
    for commit in commits:
        found = {
            language: stored(raw)
            for language, path in paths.items()
            if (raw := blobs[checkout.at(commit, path)]) is not None
        }
        if found:
            read = read_texts(work.workspace.settings, variants, found)
            if read.entries:
                yield read
