"""What kb.toml says is no content, though it lies among it: patterns as in .gitignore.

`name` and `*.draft.md` match at any depth, `docs/_*` from the folder that holds kb/; a `/` at the
end is for folders alone, `**` is any number of folders, `!` takes back what a pattern before it
said. What is in an ignored folder is ignored, whatever is said of it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from cannery.model.layout import OWN, Layout
from cannery.util.globs import ANY, glob_of, matches
from cannery.util.text import composed

_FOLDERS = 20_000  # that are remembered


class _Rule(NamedTuple):
    """A pattern: the folders of a path, and what its last name must match."""

    folders: tuple[str, ...]
    name: str
    is_kept: bool
    only_folders: bool


def is_ignored(path: str, patterns: tuple[str, ...], *, is_folder: bool = False) -> bool:
    """Whether one of the patterns is for a file, or for a folder that it is in."""
    if not patterns:
        return False
    folder, _, name = composed(path).rpartition("/")
    return _is_folder_ignored(folder, patterns) or _is_last(folder, name, patterns, is_folder)


def enters(layout: Layout, prefix: str, name: str) -> bool:
    """Whether a folder of a name may have content, as one that is in the folder `prefix`.

    The root's own kb/ is no content, but for the folders in it that are named.
    """
    if not prefix and f"{name}/" == OWN:
        return False
    return not is_ignored(f"{prefix}{name}", layout.ignored, is_folder=True)


@lru_cache(_FOLDERS)
def _is_folder_ignored(folder: str, patterns: tuple[str, ...]) -> bool:
    return bool(folder) and is_ignored(folder, patterns, is_folder=True)


def _is_last(folder: str, name: str, patterns: tuple[str, ...], is_folder: bool) -> bool:  # noqa: FBT001 - inner
    """Whether the last of the patterns that match a name in a folder says that it is ignored."""
    for rule in _rules_in(folder, patterns):
        if (is_folder or not rule.only_folders) and fnmatchcase(name, rule.name):
            return not rule.is_kept
    return False


@lru_cache(_FOLDERS)
def _rules_in(folder: str, patterns: tuple[str, ...]) -> tuple[_Rule, ...]:
    """The rules for what lies in a folder, the last one first."""
    return tuple(rule for rule in _rules(patterns) if _reaches(rule.folders, folder))


def _reaches(glob: tuple[str, ...], folder: str) -> bool:
    return matches(glob, folder) if folder else not {*glob} - {ANY}


@lru_cache
def _rules(patterns: tuple[str, ...]) -> tuple[_Rule, ...]:
    return tuple(map(_rule, reversed(patterns)))


def _rule(pattern: str) -> _Rule:
    bare = composed(pattern).removeprefix("!")
    glob = glob_of(bare.strip("/"))
    if "/" not in bare.rstrip("/"):
        glob = (ANY, *glob)
    *folders, name = glob
    if name == ANY:  # `old/**`: all that is in it
        folders, name = [*folders, ANY], "*"
    return _Rule((*folders,), name, pattern.startswith("!"), bare.endswith("/"))
