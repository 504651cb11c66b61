"""Folders and patterns as kb.toml has them, asked of paths in a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

from cannery.model.adoption import SourceLayout

LANGUAGE = "{language}"


def within(folders: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path lies in one of the folders; `.` is the top."""
    plain = [folder.partition(f"/{LANGUAGE}")[0] for folder in folders]
    if "." in plain:
        return lambda _: True
    prefixes = tuple(f"{folder}/" for folder in plain)
    return lambda path: path.startswith(prefixes)


def is_ignored(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern fits the path or a folder that it is in; `*` fits no slash."""
    pieces = path.split("/")
    return any(_fits(pieces, pattern.split("/")) for pattern in patterns)


def _fits(pieces: Sequence[str], wanted: Sequence[str]) -> bool:
    return len(pieces) >= len(wanted) and all(map(fnmatchcase, pieces, wanted))


def language_of(path: str, layout: SourceLayout) -> str:
    """The language of a page by its folder, else by its suffix, else the default one."""
    for folder in sorted(layout.articles, key=len, reverse=True):
        before, mark, after = folder.partition(LANGUAGE)
        if mark and path.startswith(before):
            language, _, rest = path.removeprefix(before).partition("/")
            if language in layout.languages and f"/{rest}".startswith(f"{after}/"):
                return language
    suffix = path.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]
    return suffix if suffix in layout.languages else layout.default_language
