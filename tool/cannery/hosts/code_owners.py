"""Who must approve a change, by a file such as CODEOWNERS. Pure; each host reads it its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

MAX_BYTES = 3_000_000  # GitHub reads no larger file
_MOST = 1000  # characters of a pattern
_ANY = "**"


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


def glob_of(pattern: str) -> tuple[str, ...]:
    """The segments of a pattern, with what a backslash escapes as a set of one letter."""
    plain = re.sub(r"\\(.)", lambda found: f"[{found[1]}]", pattern[:_MOST])
    return tuple(plain.split("/"))


def matches(glob: Sequence[str], path: str) -> bool:
    """Whether a glob matches a whole path. Each segment is held against each name once at most."""
    names = path.split("/")
    reached = {0}  # how many names the segments so far can have taken
    for segment in glob:
        if segment == _ANY:
            reached = {*range(min(reached), len(names) + 1)}
        else:
            reached = {
                at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], segment)
            }
        if not reached:
            return False
    return len(names) in reached


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
