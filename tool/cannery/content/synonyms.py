"""kb/synonyms.yml: groups of words that mean the same, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.content.files import read_bytes
from cannery.errors import ContentError
from cannery.util.encoding import decoded
from cannery.workspace import Workspace

PATH = "kb/synonyms.yml"
Groups = tuple[tuple[str, ...], ...]
_MAX_GROUPS = 2000
_ITEM = re.compile(r"-(?=\s|$)")
_NO_GROUP = "each item must be a list, such as `- [refund, money back]`"


class Synonyms(NamedTuple):
    """The valid groups, and the faults of the others as (1-based line, message)."""

    groups: Groups
    faults: tuple[tuple[int, str], ...] = ()


def load_synonyms(workspace: Workspace) -> Groups:
    """The groups; none where the file is missing. What is wrong in it, `kb check` tells."""
    try:
        return read_synonyms(read_bytes(workspace, PATH)).groups
    except ContentError:
        return ()  # a search without synonyms is better than none


def read_synonyms(raw: bytes) -> Synonyms:
    """What a file's bytes say. A group, or a word, that is none costs itself alone."""
    try:
        text = decoded(raw).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Synonyms((), ((line, "not UTF-8 text"),))
    # With YAML, which a search without synonyms can do without.
    from cannery.content.yamltext import MAX_SIZE, UnreadableError, blocks, read

    try:
        return _groups(read(text).value, text, 1)
    except UnreadableError as error:
        whole = (error.line + 1, str(error))
    groups: list[tuple[str, ...]] = []
    faults: list[tuple[int, str]] = []
    items = [*blocks(text, _ITEM)] if len(text) <= MAX_SIZE else []
    for start, block in items:
        try:
            found = _groups(
                read(block, len(block) + MAX_SIZE // len(items)).value, block, start + 1
            )
        except UnreadableError as error:
            faults.append((start + error.line + 1, str(error)))
        else:
            groups += found.groups
            faults += found.faults
    return Synonyms(tuple(groups), tuple(faults) or (whole,))


def _groups(value: object, text: str, first: int) -> Synonyms:
    """The groups of a list, whose text begins in the 1-based line `first`."""
    if not isinstance(value, list | None):
        return Synonyms((), ((first, "not a list of `- item` lines"),))
    groups = value or []
    faults = [*_faults(groups, text, first)]
    words = (
        tuple(str(word).strip() for word in group if isinstance(word, str) and word.strip())
        for group in groups[:_MAX_GROUPS]
        if isinstance(group, list)
    )
    return Synonyms(tuple(filter(None, words)), tuple(faults))


def _faults(groups: list[object], text: str, first: int) -> Iterator[tuple[int, str]]:
    wrong: list[tuple[str, str]] = []
    for number, group in enumerate(groups[:_MAX_GROUPS]):
        if not isinstance(group, list):
            wrong.append((f"[{number}]", _NO_GROUP))
            continue
        for at, word in enumerate(group):
            if not isinstance(word, str) or not word.strip():
                wrong.append((f"[{number}][{at}]", "a word must be text"))
    if len(groups) > _MAX_GROUPS:
        wrong.append((f"[{_MAX_GROUPS}]", f"there are more than {_MAX_GROUPS:,} groups"))
    if wrong:
        from cannery.content.key_lines import InnerLines

        lines = InnerLines(text, first)
        for place, message in wrong:
            yield lines.line(place) or first, message
