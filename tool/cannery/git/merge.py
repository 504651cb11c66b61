"""Merge what two people have made of one file: front matter by key, the body by lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeGuard

from cannery.content.split import LINE_END, Parts, line_end_of, split
from cannery.errors import ContentError
from cannery.git.lines import Piece, merge_lines
from cannery.git.tables import are_locks, merge_tables
from cannery.model.hunk import Hunk
from cannery.util.encoding import decoded, encoding_of


class Merged(NamedTuple):
    """What came of it.

    `data` is the merged file, None where it is gone; each of the `conflicts` stands in it as we
    have it. `theirs` is the same as they have it, and `base` their file with what a conflict came
    from: what a later version of theirs is to be merged from.
    """

    data: bytes | None
    conflicts: tuple[Hunk, ...] = ()
    theirs: bytes | None = None
    base: bytes | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What is in conflict: keys of the front matter, `body`, `file`; each once."""
        return tuple(dict.fromkeys(hunk.what for hunk in self.conflicts))


class _Texts(NamedTuple):
    """A merged text as we have its conflicts and as they do, and theirs with what was before."""

    ours: str
    theirs: str
    base: str
    hunks: tuple[Hunk, ...] = ()


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Merged:
    """Merge two versions of a file that come from a third; None stands for no such file."""
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    if ours is None or theirs is None:
        return Merged(ours, (Hunk("file"),), theirs, base)
    try:
        texts = [decoded(data) for data in (base or b"", ours, theirs)]
    except UnicodeDecodeError:
        return Merged(ours, (Hunk("file"),), theirs, base)
    if are_locks(*texts[1:]):
        return Merged(merge_tables(*(LINE_END.sub("\n", text) for text in texts)).encode())
    merged = _merge_texts(*(LINE_END.sub("\n", text) for text in texts))
    newline, encoding = line_end_of(texts[-1]), encoding_of(theirs)
    own, other, before = (
        text.replace("\n", newline).encode(encoding)
        for text in (merged.ours, merged.theirs, merged.base)
    )
    return Merged(own, merged.hunks, other, before) if merged.hunks else Merged(own)


def merge_from(bases: Sequence[bytes | None], ours: bytes | None, theirs: bytes | None) -> Merged:
    """The same from the first base that leaves no conflict; from the first one if all do."""
    first = merge(bases[0], ours, theirs)
    if not first.conflicts:
        return first
    others = (merge(base, ours, theirs) for base in bases[1:])
    return next((item for item in others if not item.conflicts), first)


def merge_keeping_both(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """The same line by line; where both meet, ours and then theirs. Ours if it is no text."""
    try:
        texts = [decoded(data) for data in (base, ours, theirs)]
    except UnicodeDecodeError:
        return ours
    pieces = merge_lines(*texts)
    both = (_either(item, item.ours + item.theirs) for item in pieces)
    return "".join(both).encode(encoding_of(ours))


def _merge_texts(base: str, ours: str, theirs: str) -> _Texts:
    before, here, there = (split(text) for text in (base, ours, theirs))
    if not (here.suffix and there.suffix):  # one has no front matter: lines will do
        return _by_lines(base, ours, theirs)
    head = _merge_headers(before, here, there)
    body = _by_lines(before.body, here.body, there.body, head.ours.count("\n"))
    return _Texts(
        head.ours + body.ours,
        head.theirs + body.theirs,
        head.base + body.base,
        head.hunks + body.hunks,
    )


def _head(parts: Parts) -> str:
    return parts.prefix + parts.header + parts.suffix


def _merge_headers(before: Parts, here: Parts, there: Parts) -> _Texts:
    """The front matter with its fences; what only one side changed is taken verbatim."""
    if here.header in (before.header, there.header):
        return _clean(_head(there), _head(there))
    if there.header == before.header:
        return _clean(_head(here), _head(there))
    from cannery.content import frontmatter  # with YAML: slow to load, and seldom needed

    headers = (before.header, here.header, there.header)
    try:
        old, ours, theirs = (frontmatter.parse(header) for header in headers)
        merged = _by_keys(_head(there), old, ours, theirs)
    except (ValueError, ContentError):
        line = there.prefix.count("\n")
        return _fenced(there, _by_lines(*headers, line, "front matter"))
    if not merged.hunks:
        return merged
    lines = _by_lines(*headers)  # of a value of many lines, both may have changed others
    is_merged = not lines.hunks and _is_readable(lines.ours, frontmatter.parse)
    return _fenced(there, lines) if is_merged else merged


def _fenced(there: Parts, header: _Texts) -> _Texts:
    """A header with their fences."""
    own, other, before = (there.prefix + text + there.suffix for text in header[:3])
    return _Texts(own, other, before, header.hunks)


def _is_readable(header: str, parse: Callable[[str], object]) -> bool:
    try:
        parse(header)
    except ValueError:
        return False
    return True


def _clean(text: str, theirs: str) -> _Texts:
    return _Texts(text, text, theirs)


def _by_keys(
    head: str, old: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> _Texts:
    """Their front matter with our changes, key by key. Raises ContentError if it can't be set."""
    from cannery.content.frontmatter import rewrite

    values, conflicts = _merge_values(old, ours, theirs)
    both = rewrite(head, values)
    if not conflicts:
        return _clean(both, head)
    own = rewrite(head, values | {key: ours.get(key) for key in conflicts})
    before = rewrite(head, {key: old.get(key) for key in conflicts})
    rows = ((key, old.get(key), ours.get(key), theirs.get(key)) for key in conflicts)
    hunks = (Hunk(key, 0, *map(_shown, values)) for key, *values in rows)
    return _Texts(own, both, before, (*hunks,))


def _shown(value: object) -> str:
    if isinstance(value, str) or value is None:
        return value or ""
    return json.dumps(value, ensure_ascii=False, default=str)


def _by_lines(base: str, ours: str, theirs: str, above: int = 0, what: str = "body") -> _Texts:
    """The same line by line; the text has so many lines `above` it in its file."""
    pieces = merge_lines(base, ours, theirs)
    return _Texts(
        "".join(_either(item, item.ours) for item in pieces),
        "".join(_either(item, item.theirs) for item in pieces),
        "".join(item.base if item.merged is None else item.theirs for item in pieces),
        _hunks(pieces, above + 1, what),
    )


def _either(piece: Piece, side: str) -> str:
    return side if piece.merged is None else piece.merged


def _hunks(pieces: Sequence[Piece], line: int, what: str) -> tuple[Hunk, ...]:
    hunks = []
    for item in pieces:
        if item.merged is None:
            hunks.append(Hunk(what, line, item.base, item.ours, item.theirs))
        line += _either(item, item.ours).count("\n")
    return (*hunks,)


def _merge_values(
    old: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, object], tuple[str, ...]]:
    """What to set in theirs (None: to remove), and the keys that both have changed otherwise."""
    values: dict[str, object] = {}
    conflicts: list[str] = []
    for key in dict.fromkeys([*old, *ours]):
        was, own, other = old.get(key), ours.get(key), theirs.get(key)
        if own in (was, other):
            continue
        if other == was:
            values[key] = own
        elif key == "reviewed" and _is_day(own) and _is_day(other):
            values[key] = max((own, other), key=str)
        elif _is_of_texts(own) and _is_of_texts(other):
            values[key] = _merge_lists(was if isinstance(was, list) else [], own, other)
        else:
            conflicts.append(key)
    return values, tuple(conflicts)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _merge_lists(old: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Theirs, without what we have taken out, and with what we have put in."""
    kept = [item for item in theirs if item in ours or item not in old]
    return [*kept, *(item for item in ours if item not in old and item not in kept)]
