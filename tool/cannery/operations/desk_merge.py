"""What was changed at a desk, merged into the files of an entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from cannery.content.layout import locate, path_of
from cannery.content.library import Variants
from cannery.errors import ContentError
from cannery.exchange.desks.compare import ACTIVE, OFF, UNSAID
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.kept_keys import Change, of_own
from cannery.exchange.desks.lock import Agreed
from cannery.exchange.desks.overlay import laid_over, merged, with_their_changes
from cannery.git.blobs import Blobs
from cannery.git.clone import THEIRS
from cannery.git.repository import GitError, UnusableError
from cannery.model.desk import Content, Family, Incoming, Record
from cannery.model.hunk import Hunk
from cannery.model.location import Location
from cannery.model.loss import Loss
from cannery.operations.desk_entries import Read, blob_of, read_texts, stored
from cannery.operations.desk_first import earlier
from cannery.operations.desk_survey import Item
from cannery.operations.desk_work import Work

Texts = Mapping[str, bytes | None]  # by language


@dataclass(slots=True)
class EntryMerge:
    """What becomes of an entry's files.

    `files` has each that changes: its bytes before and after, None for no such file, by path.
    `conflicts` are the places where both sides have changed the same words, by path; there, the
    file keeps ours, and `beside` has the desk's text, by the path that it is put at. `theirs` are
    the texts that the desk has now, which is what is agreed on, and `read` what they say.
    """

    agreed: Agreed
    files: dict[str, tuple[bytes | None, bytes | None]] = field(default_factory=dict)
    beside: dict[str, bytes] = field(default_factory=dict)
    conflicts: dict[str, tuple[Hunk, ...]] = field(default_factory=dict)
    theirs: list[bytes] = field(default_factory=list)
    losses: tuple[Loss, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    read: Read | None = None


def merge_entry(work: Work, item: Item, record: Record) -> EntryMerge:
    """Merge what a record says into the entry's files as they are now.

    Raises ContentError where a file can't be read or written.
    """
    read = work.read(item.id)
    base = _base(work, item, read)
    incoming, texts = _their_texts(work, item, record, read, base)
    _refuse_unread(incoming, {*read.raw, *texts})
    languages = dict.fromkeys([*read.raw, *texts])
    at = {one: _location(work, read.variants, one) for one in languages}
    variants = replace(read.variants, by_language=at)
    kept = {language: raw for language, raw in texts.items() if raw is not None}
    theirs = read_texts(work.workspace.settings, variants, kept)
    agreed = agreed_on(work, item, record, theirs)
    done = EntryMerge(agreed, theirs=[*kept.values()], losses=incoming.losses)
    done.pictures, done.read = incoming.pictures, theirs
    for language, location in at.items():
        old = base.get(language) if base is not None else None
        _merge_file(done, location.path, old, read.raw.get(language), texts.get(language))
    return done


def _refuse_unread(incoming: Incoming, ours: Collection[str]) -> None:
    """Raises ContentError for a text that can't be read: it would look as if it had gone there."""
    for language in sorted({*ours} & incoming.unread.keys()):
        why = f"its text there ({language}) can't be read: {incoming.unread[language]}"
        raise ContentError(why, "Make it simpler at the desk.")


def _merge_file(
    done: EntryMerge, path: str, base: bytes | None, local: bytes | None, theirs: bytes | None
) -> None:
    result = merged(base, local, theirs)
    if result.data != local:
        done.files[path] = local, result.data
    if result.conflicts:
        done.conflicts[path] = result.conflicts
        if result.theirs is not None:
            done.beside[path + THEIRS] = result.theirs


def _location(work: Work, variants: Variants, language: str) -> Location:
    known = variants.by_language.get(language)
    if known:
        return known
    settings = work.workspace.settings
    return locate(path_of(variants.id, language, settings), settings)


def _base(work: Work, item: Item, read: Read) -> dict[str, bytes] | None:
    """The texts that both sides come from, by language; None where they are not known.

    Where they can't be found, and both have changed other things, the files as they are will do.
    """
    if item.agreed is None:
        return None
    wanted = item.agreed.here
    found = {one: raw for one, raw in read.raw.items() if wanted.get(one) == read.here[one]}
    lacking = {language: blob for language, blob in wanted.items() if language not in found}
    found |= _with_line_ends(_stored(work, lacking), read.raw)
    for old in earlier(work, read.variants) if lacking.keys() - found.keys() else ():
        found |= {
            language: _with_line_end(raw, read.raw.get(language, b""))
            for language, raw in old.raw.items()
            if wanted.get(language) == blob_of(raw) and language not in found
        }
    if not wanted or not wanted.keys() <= found.keys():  # nothing is wanted of one that came back
        if {*item.here} & {*item.there} or _keeps_to_itself(work, item, read):
            return None
        found = dict(read.raw)
    return found if _is_as_sent(work, item, item.agreed, _read_base(work, read, found)) else None


def _keeps_to_itself(work: Work, item: Item, read: Read) -> bool:
    """Whether a text of the record is not sent from the files, as that of a draft is not.

    Nothing tells then whether the files have what the desk had, or more.
    """
    names = item.record.parts if item.record else ()
    mine = _all_parts(work, read)
    texts = (name for name in names if name.startswith("body") and name not in mine)
    return any(name.partition(".")[2] in {*read.raw, ""} for name in texts)


def _is_as_sent(work: Work, item: Item, agreed: Agreed, base: Read) -> bool:
    """Whether texts say what was sent, of all that was changed there.

    The file of an entry that does not go out may say more: that is no change that the desk made.
    """
    parts = digests(_all_parts(work, base))
    return all(parts.get(name) == agreed.sent.get(name) for name in item.there if name != ACTIVE)


def _read_base(work: Work, read: Read, base: Mapping[str, bytes]) -> Read:
    """Texts of the base as entries; a file of theirs may be gone by now."""
    places = {one: _location(work, read.variants, one) for one in (*read.raw, *base)}
    return read_texts(work.workspace.settings, replace(read.variants, by_language=places), base)


def _stored(work: Work, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """The texts that Git has of these names."""
    if not wanted:
        return {}
    blobs = Blobs(work.workspace.root)
    try:
        blobs.load(wanted.values())
    except UnusableError:
        raise  # there is a base, and who merges without it loses what it tells
    except GitError:  # no repository, or a clone without some of its history
        return {}
    found = ((language, blobs[name]) for language, name in wanted.items())
    return {language: raw for language, raw in found if raw is not None}


def _with_line_ends(base: Mapping[str, bytes], raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """Texts as Git keeps them, with the line ends that the files of this checkout have."""
    return {one: _with_line_end(text, raw.get(one, b"")) for one, text in base.items()}


def _with_line_end(text: bytes, local: bytes) -> bytes:
    return stored(text).replace(b"\n", b"\r\n") if b"\r\n" in local else text


def _their_texts(
    work: Work, item: Item, record: Record, read: Read, base: Mapping[str, bytes] | None
) -> tuple[Incoming, Texts]:
    """What the desk has of each file now: the base with what was changed there."""
    keys = work.workspace.settings.front_matter
    desk = work.desk
    if base is None:
        incoming = desk.incoming(record)
        laid: dict[str, bytes | None] = {
            language: laid_over(version, read.raw.get(language), keys)
            for language, version in incoming.by_language.items()
        }
        return incoming, laid
    then = _read_base(work, read, base)
    sent = _all_parts(work, then)
    changed = {*item.there}
    there = {name: it for name, it in record.parts.items() if name in changed or name not in sent}
    kept = {name: it for name, it in sent.items() if name not in changed}
    same = {
        name: it for name, it in record.parts.items() if name not in sent and name not in changed
    }
    told = desk.incoming(replace(record, parts={**same, **sent}))
    incoming = desk.incoming(replace(record, parts={**there, **kept}))
    change = of_own(Change(told.by_language, incoming.by_language), base, keys)
    languages = dict.fromkeys([*base, *change.before, *change.after])
    texts = {
        language: with_their_changes(
            base.get(language), change.before.get(language), change.after.get(language), keys
        )
        for language in languages
    }
    return incoming, texts


def _all_parts(work: Work, read: Read) -> Mapping[str, Content]:
    """The parts of an entry, also of one that does not go out now."""
    if not read.entries:
        raise ContentError(f"{read.variants.id}: {read.why}", "Fix the file, and run it again.")
    family = read.family or Family(read.variants.id, read.variants.kind, read.entries)
    return work.desk.outgoing(family).parts


def agreed_on(work: Work, item: Item, record: Record, theirs: Read) -> Agreed:
    """What is agreed on once the desk's changes are taken: its texts, and what they would send."""
    seen = digests(record.parts)
    parts = agreed_parts(work, theirs)
    if item.agreed is None:
        return Agreed(record.id, theirs.here, parts, seen)
    changed = {*item.there}
    kept = {name: it for name, it in item.agreed.sent.items() if name not in changed}
    sent = kept | {name: it for name, it in parts.items() if name in changed}
    if ACTIVE not in parts and sent.get(ACTIVE) != OFF:
        sent.pop(ACTIVE, None)
    return Agreed(record.id, theirs.here, sent, seen)


def agreed_parts(work: Work, read: Read) -> dict[str, str]:
    """The digests of what texts would send, without `active` where they are the desk's own draft.

    Raises ContentError for texts that can't be read, TemplateError for what can't be filled in.
    """
    out = work.sent(read)
    if out.outgoing is not None:
        return digests(out.outgoing.parts)
    parts = digests(_all_parts(work, read))
    return {
        name: it for name, it in parts.items() if name != ACTIVE or out.ours.stand not in UNSAID
    }
