"""Patterns of paths, as .gitignore and CODEOWNERS have them: `docs/*.md`, `**/old`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

_MOST = 1000  # characters of a pattern
ANY = "**"


def glob_of(pattern: str) -> tuple[str, ...]:
    """The segments of a pattern, with what a backslash escapes as a set of one letter."""
    plain = re.sub(r"\\(.)", _escaped, pattern[:_MOST])
    return tuple(plain.split("/"))


def matches(glob: Sequence[str], path: str) -> bool:
    """Whether a glob matches a whole path. Each segment is held against each name once at most."""
    names = path.split("/")
    reached = {0}  # how many names the segments so far can have taken
    for segment in glob:
        if segment == ANY:
            reached = {*range(min(reached), len(names) + 1)}
        else:
            reached = {
                at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], segment)
            }
        if not reached:
            return False
    return len(names) in reached


def _escaped(found: re.Match[str]) -> str:
    return f"[{found[1]}]" if found[1] in "*?[" else found[1]
