"""Who must approve a change, by a file such as CODEOWNERS. Pure; each host reads it its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.util.globs import matches

MAX_BYTES = 3_000_000  # GitHub reads no larger file


class Owners(NamedTuple):
    """Whose approval the files of `paths` take: of `approvals` of the owners.

    `section` is that of the file, empty for none; `is_optional`: the host asks the owners, and
    merges without them.
    """

    section: str
    names: tuple[str, ...]
    paths: tuple[str, ...]
    approvals: int = 1
    is_optional: bool = False


class Rule(NamedTuple):
    """A line: the files are those that a glob matches, in segments, of which `**` is any number."""

    glob: tuple[str, ...]
    names: tuple[str, ...]


def words_of(line: str) -> list[str]:
    r"""The words of a line, between blanks without a backslash before them: `my\ file @kim`."""
    return [word for word in re.split(r"(?<!\\)[ \t]+", line.strip()) if word]


def last_matches(
    rules: Sequence[Rule], paths: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each path with the owners of the last rule that matches it; without those of no rule."""
    newest_first = rules[::-1]
    for path in paths:
        rule = next((item for item in newest_first if matches(item.glob, path)), None)
        if rule:
            yield path, rule.names


def by_owners(found: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[tuple[str, ...], list[str]]:
    """The paths of each group of owners; without those that nobody owns."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for path, names in found:
        if names:
            groups.setdefault(names, []).append(path)
    return groups
