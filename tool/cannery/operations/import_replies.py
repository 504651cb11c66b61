"""Canned replies of another program: read, paired by language, held against what is there.

A front end shows what `survey` found, asks what it wants to, and gives the answers to `plan` of
`import_plan`, whose `save` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cannery.capture.language import language_of
from cannery.content.files import scan
from cannery.content.layout import is_macro
from cannery.content.library import load
from cannery.content.line_ends import plain
from cannery.errors import ContentError, UsageError
from cannery.exchange.finish import finished
from cannery.exchange.languages import Family, families, language_words
from cannery.exchange.source import UnreadableError, read_sources
from cannery.exchange.table import abouts, read_all
from cannery.exchange.unknown_signs import with_signs_told
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.entry import Macro
from cannery.model.event import Listener, counting, ignore
from cannery.model.loss import Loss
from cannery.operations.capture import secrets_of
from cannery.operations.draft import variant
from cannery.operations.import_alike import alike, same_text
from cannery.operations.import_personal import PersonalPart, personal_parts
from cannery.util.plain import one_line
from cannery.workspace import Workspace

_MAX_REPLIES = 20_000
_SIZE = 6  # bytes of a fingerprint


class ImportQuery(NamedTuple):
    """What to import: `format` is the name of one, `into` a section, `language` that of all."""

    path: Path
    format: str = ""
    into: str = ""
    language: str = ""


class State(StrEnum):
    """What becomes of a reply. Only a new one makes a file."""

    NEW = "new"
    KNOWN = "unchanged"  # it was imported before, or a macro says the same
    CHANGED = "changed"  # it was imported before, and is another one there now
    SAME = "same"  # another one of this import says the same
    REFUSED = "refused"  # it tells a secret


class Candidate(NamedTuple):
    """One reply in one language. `why` says more of its state; `other` is the one that it is like.

    `key` and `fingerprint` are what a later import knows it by.
    """

    reply: CannedReply
    family: int
    key: str
    fingerprint: str
    state: State = State.NEW
    why: str = ""
    other: int | None = None


class Lookalike(NamedTuple):
    """A new reply, by its number, and what is much like it: a macro's id, or another reply."""

    number: int
    share: float
    macro: str = ""
    other: int | None = None


class Survey(NamedTuple):
    """What an import found. `candidates` are numbered by their place."""

    query: ImportQuery
    families: Sequence[Family]
    candidates: Sequence[Candidate]
    alike: Sequence[Lookalike]
    personal: Sequence[PersonalPart]
    losses: Sequence[Loss]
    macros: Sequence[Macro]


def survey(workspace: Workspace, query: ImportQuery, listener: Listener = ignore) -> Survey:
    """Read the replies. Raises UsageError for what can't be read, ContentError for none in it."""
    replies, losses = _read(query)
    language = variant(workspace, query.language) or workspace.settings.default_language
    if query.language:
        replies = [replace(reply, language=language) for reply in replies]
    done = _finished(counting(replies, len(replies), "Reading", listener), losses)
    settings = workspace.settings
    words = language_words(settings.languages)
    found = families(done, words, settings.default_language, language_of)
    macros = [*_macros(workspace, listener)]
    candidates = [*_same_ones([*_candidates(found)], macros)]
    new = {number: one.reply for number, one in enumerate(candidates) if one.state is State.NEW}
    return Survey(
        query,
        found,
        candidates,
        _lookalikes(new, macros, listener),
        personal_parts(workspace, new),
        [*losses, *_losses(candidates)],
        macros,
    )


def _losses(candidates: Sequence[Candidate]) -> Iterator[Loss]:
    """The losses of the replies; those of an earlier import were told then."""
    told = (State.KNOWN, State.CHANGED)
    return (loss for one in candidates if one.state not in told for loss in one.reply.losses)


def _finished(replies: Iterable[CannedReply], losses: list[Loss]) -> list[CannedReply]:
    """The replies, ready to be macros; `losses` gets those that can't be."""
    done = []
    for reply in replies:
        try:
            done.append(finished(reply))
        except UnreadableError as error:
            what = one_line(reply.title) or reply.origin.record
            losses.append(Loss(reply.origin.path, error.line, what, str(error)))
    return with_signs_told(done)


def _read(query: ImportQuery) -> tuple[list[CannedReply], list[Loss]]:
    if query.format and query.format not in abouts():
        hint = f"Formats: {', '.join(abouts())}."
        raise UsageError(f"no format named {query.format}", hint)
    sources = read_sources(query.path)
    imported = read_all(sources.files, query.format)
    losses = [*sources.losses, *imported.losses]
    if not imported.replies:
        first = losses[0] if losses else Loss("", 0, "", "")
        place = f"{first.path}:{first.line}: " if first.line else ""
        why = f": {place}{first.why}" if first.why else ""
        hint = f"Formats: {', '.join(abouts())}. To choose one, use its name."
        raise ContentError(f"{query.path} has no replies that can be imported{why}", hint)
    if len(imported.replies) > _MAX_REPLIES:
        raise UsageError(f"{query.path} has more than {_MAX_REPLIES:,} replies", "Split it.")
    return [*imported.replies], losses


def _macros(workspace: Workspace, listener: Listener) -> Iterator[Macro]:
    layout = workspace.settings.layout
    paths = [path for path in scan(workspace).stamps if is_macro(path, layout)]
    for path in counting(paths, len(paths), "Reading macros", listener):
        item = load(workspace, path).item
        if isinstance(item, Macro):
            yield item


def _candidates(found: Sequence[Family]) -> Iterator[Candidate]:
    for number, family in enumerate(found):
        for reply in family.by_language.values():
            yield Candidate(reply, number, _key(reply.origin), _fingerprint(reply))


def _key(origin: Origin) -> str:
    """What a later import knows a reply by that has changed: its file and what it is called."""
    file = origin.path.replace("\\", "/").rpartition("/")[2]
    return f"{file} {origin.record}".strip()


def _fingerprint(reply: CannedReply) -> str:
    said = "\0".join((reply.language, reply.title, reply.subject, _said(reply.body)))
    return blake2b(said.encode("utf-8", "replace"), digest_size=_SIZE).hexdigest()


def mark_of(candidate: Candidate, origin: Origin) -> str:
    """What the front matter keeps: where it is from, as that may be told, and what it was."""
    return f"{_key(origin)} {candidate.fingerprint}"


class _Known(NamedTuple):
    """What the macros that there are tell of earlier imports, and what they say."""

    fingerprints: frozenset[str]
    keys: frozenset[str]
    bodies: Mapping[tuple[str, str], str]


def _known(macros: Sequence[Macro]) -> _Known:
    marks = [mark.rpartition(" ") for macro in macros for mark in macro.imported_from]
    return _Known(
        frozenset(mark for _, _, mark in marks),
        frozenset(key for key, _, _ in marks),
        {(macro.at.language, _said(macro.body)): macro.at.id for macro in macros},
    )


def _same_ones(candidates: Sequence[Candidate], macros: Sequence[Macro]) -> Iterator[Candidate]:
    """The candidates with what becomes of those that are not new."""
    known = _known(macros)
    seen: dict[tuple[str, str], int] = {}
    for number, one in enumerate(candidates):
        state, why = _state(one, known)
        other = seen.setdefault((one.reply.language, _said(one.reply.body)), number)
        if state is State.NEW and other != number:
            state, why = State.SAME, "another one says the same"
        yield one._replace(state=state, why=why, other=other if other != number else None)


def _state(one: Candidate, known: _Known) -> tuple[State, str]:
    said = one.reply.language, _said(one.reply.body)
    if one.fingerprint in known.fingerprints:
        return State.KNOWN, "it was imported before"
    if said in known.bodies:
        return State.KNOWN, f"{known.bodies[said]} says the same"
    if one.reply.origin.record and one.key in known.keys:
        return State.CHANGED, "it was imported before, and has changed there since"
    if secrets := secrets_of("\n".join(_texts(one.reply))):
        return State.REFUSED, f"it contains {secrets[0][1]}"
    return State.NEW, ""


def _texts(reply: CannedReply) -> Iterator[str]:
    """All that would be written of a reply and is anyone's text."""
    yield from (reply.subject, reply.body, reply.title, reply.summary, *reply.keywords, *reply.tags)
    for field in reply.fields:
        yield from (field.label, field.help, field.default or "")
        yield from (choice.label for choice in field.choices)
    yield from (value for value in reply.actions.values() if isinstance(value, str))


def _said(body: str) -> str:
    return same_text(plain(body))


def _lookalikes(
    new: Mapping[int, CannedReply], macros: Sequence[Macro], listener: Listener
) -> list[Lookalike]:
    numbers = [*new]
    texts = [(macro.at.language, macro.body) for macro in macros]
    texts += [(reply.language, reply.body) for reply in new.values()]
    first = len(macros)
    return [
        Lookalike(numbers[one.number - first], one.share, macros[one.other].at.id)
        if one.other < first
        else Lookalike(numbers[one.number - first], one.share, other=numbers[one.other - first])
        for one in alike(texts, first, listener)
    ]
