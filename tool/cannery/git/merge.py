"""Merge what two people have made of one file: front matter by key, the body by lines."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cannery.content.split import LINE_END, Parts, line_end_of, split
from cannery.errors import ContentError
from cannery.git.run import attempt
from cannery.util.encoding import decoded, encoding_of


class Merged(NamedTuple):
    """What came of it.

    `data` is the merged file, None where it is gone. `conflicts` is what can't be merged: keys of
    the front matter, `body`, or `file`; with any, `data` means nothing.
    """

    data: bytes | None
    conflicts: tuple[str, ...] = ()


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Merged:
    """Merge two versions of a file that come from a third; None stands for no such file."""
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    if ours is None or theirs is None:
        return Merged(None, ("file",))
    try:
        texts = [decoded(data) for data in (base or b"", ours, theirs)]
    except UnicodeDecodeError:
        return Merged(None, ("file",))
    merged, conflicts = _merge_texts(*texts)
    if conflicts:
        return Merged(None, conflicts)
    merged = merged.replace("\n", line_end_of(texts[-1]))
    return Merged(merged.encode(encoding_of(theirs)))


def _merge_texts(base: str, ours: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    parts = [split(LINE_END.sub("\n", text)) for text in (base, ours, theirs)]
    before, here, there = parts
    if not (here.suffix and there.suffix):  # one has no front matter: lines will do
        text, clean = _merge_lines(*(_whole(part) for part in parts))
        return text, () if clean else ("body",)
    header, conflicts = _merge_headers(before, here, there)
    body, clean = _merge_lines(before.body, here.body, there.body)
    return header + body, conflicts if clean else (*conflicts, "body")


def _whole(parts: Parts) -> str:
    return parts.prefix + parts.header + parts.suffix + parts.body


def _head(parts: Parts) -> str:
    return parts.prefix + parts.header + parts.suffix


def _merge_headers(before: Parts, here: Parts, there: Parts) -> tuple[str, tuple[str, ...]]:
    """The merged front matter with its fences; what only one side changed is taken verbatim."""
    if here.header in (before.header, there.header):
        return _head(there), ()
    if there.header == before.header:
        return _head(here), ()
    from cannery.content import frontmatter  # with YAML: slow to load, and seldom needed

    try:
        old, ours, theirs = (frontmatter.parse(part.header) for part in (before, here, there))
    except ValueError:
        return "", ("front matter",)
    values, conflicts = _merge_values(old, ours, theirs)
    if conflicts:
        return "", conflicts
    try:
        return frontmatter.rewrite(_head(there), values), ()
    except ContentError:
        return "", ("front matter",)


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
        elif isinstance(own, list) and isinstance(other, list):
            values[key] = _merge_lists(was if isinstance(was, list) else [], own, other)
        else:
            conflicts.append(key)
    return values, tuple(conflicts)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _merge_lists(old: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Theirs, without what we have taken out, and with what we have put in."""
    kept = [item for item in theirs if item in ours or item not in old]
    return [*kept, *(item for item in ours if item not in old and item not in kept)]


def _merge_lines(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """The merged lines, and whether there was no conflict."""
    if ours in (base, theirs):
        return theirs, True
    if theirs == base:
        return ours, True
    with tempfile.TemporaryDirectory(prefix=f"kb-merge-{os.getpid()}-") as folder:
        paths = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode())
        names = [path.name for path in paths]
        status, merged, _ = attempt(Path(folder), "merge-file", "-p", "-q", *names)
    return merged.decode(), status == 0
