"""CODEOWNERS as GitHub reads it: patterns of .gitignore, and the last that matches wins.

Otherwise than there, nothing is negated, there are no sets of letters, and `docs/*` means the files
in that folder alone. A line that is wrong counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannery.hosts.code_owners import Owners, Rule, by_owners, last_matches, words_of
from cannery.util.globs import glob_of

_OWNER = re.compile(r"@[A-Za-z0-9_-]+(?:/[A-Za-z0-9_.-]+)?|[^@\s]+@[^@\s]+")


def owners(text: str, paths: Sequence[str]) -> list[Owners]:
    """Whose review GitHub asks for when these files change."""
    rules = [rule for line in text.splitlines() for rule in _rules(line)]
    groups = by_owners(last_matches(rules, paths))
    return [Owners("", names, tuple(found)) for names, found in groups.items()]


def _rules(line: str) -> list[Rule]:
    """The rules of a line: one for the files, and one for what is in folders of that name."""
    words = words_of(line)
    comment = next((at for at, word in enumerate(words) if word.startswith("#")), len(words))
    pattern, *names = words[:comment] or [""]
    is_sound = all(map(_OWNER.fullmatch, names))
    if not pattern or pattern.startswith(("!", "\\#")) or "[" in pattern or not is_sound:
        return []
    return [Rule(glob, tuple(names)) for glob in _globs(pattern)]


def _globs(pattern: str) -> list[tuple[str, ...]]:
    inner = pattern.strip("/")
    if not inner:
        return []
    is_anchored = "/" in pattern.rstrip("/")
    glob = (*(() if is_anchored else ("**",)), *glob_of(inner))
    inside = (*glob, "**", "*")
    if pattern.endswith("/"):
        return [inside]
    return [glob] if is_anchored and glob[-1] == "*" else [glob, inside]
