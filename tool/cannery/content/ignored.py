"""What kb.toml says is no content, though it lies among it: patterns as in .gitignore.

`name` and `*.draft.md` match at any depth, `docs/_*` from the folder that holds kb/; a `/` at the
end is for folders alone, `**` is any number of folders, `!` takes back what a pattern before it
said. What is in an ignored folder is ignored, whatever is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from cannery.model.layout import OWN, Layout
from cannery.util.text import composed

_FOLDERS = 2_000  # that are remembered


_DEEPEST = 100  # levels: deeper than any content, such as what a link may name
# A pattern: the folders of a path, what its last name must match, whether that is kept, and if it
# is for folders alone. Bare, and what reads it is imported late: each search waits for this module.
_Rule = tuple[tuple[str, ...], str, bool, bool]


def is_ignored(path: str, patterns: tuple[str, ...], *, is_folder: bool = False) -> bool:
    """Whether one of the patterns is for a file, or for a folder that it is in."""
    if not patterns:
        return False
    path = composed(path)
    if path.count("/") > _DEEPEST:
        return True
    at = path.find("/")
    while at > 0:
        if _is_folder_ignored(path[:at], patterns):
            return True
        at = path.find("/", at + 1)
    return _is_named(path, patterns, is_folder=is_folder)


def enters(layout: Layout, prefix: str, name: str) -> bool:
    """Whether a folder of a name may have content, as one that is in the folder `prefix`.

    The root's own kb/ is no content, but for the folders in it that are named.
    """
    if not prefix and f"{name}/" == OWN:
        return False
    return not is_ignored(f"{prefix}{name}", layout.ignored, is_folder=True)


@lru_cache(_FOLDERS)
def _is_folder_ignored(folder: str, patterns: tuple[str, ...]) -> bool:
    return _is_named(folder, patterns, is_folder=True)


def _is_named(path: str, patterns: tuple[str, ...], *, is_folder: bool) -> bool:
    folder, _, name = path.rpartition("/")
    return _is_last(name, _rules_in(folder, patterns, is_folder=is_folder))


def kept(paths: Iterable[str], patterns: tuple[str, ...]) -> Iterator[str]:
    """The files that are not ignored themselves, of folders that are not ignored."""
    folder, rules = None, tuple[_Rule, ...]()
    for path in paths:
        above, _, name = path.rpartition("/")
        if above != folder:
            folder, rules = above, _rules_in(composed(above), patterns, is_folder=False)
        if not _is_last(composed(name), rules):
            yield path


def _is_last(name: str, rules: Iterable[_Rule]) -> bool:
    """Whether the first of the rules that match a name says that it is ignored."""
    from fnmatch import fnmatchcase

    for _, pattern, is_kept, _ in rules:
        if fnmatchcase(name, pattern):
            return not is_kept
    return False


@lru_cache(_FOLDERS)
def _rules_in(folder: str, patterns: tuple[str, ...], *, is_folder: bool) -> tuple[_Rule, ...]:
    """The rules for the folders or the files in a folder, the last one first."""
    pairs = zip(_rules(patterns), _reached(folder, patterns), strict=True)
    return tuple(
        rule for rule, reached in pairs if len(rule[0]) in reached and (is_folder or not rule[3])
    )


@lru_cache(_FOLDERS)
def _reached(folder: str, patterns: tuple[str, ...]) -> tuple[frozenset[int], ...]:
    """Of each rule, how many of its segments a folder's path can have taken; from those above."""
    globs = [rule[0] for rule in _rules(patterns)]
    if not folder:
        return tuple(_with_none_taken({0}, glob) for glob in globs)
    above, _, name = folder.rpartition("/")
    pairs = zip(globs, _reached(above, patterns), strict=True)
    return tuple(_with_none_taken(_after(name, reached, glob), glob) for glob, reached in pairs)


def _after(name: str, reached: Iterable[int], glob: tuple[str, ...]) -> set[int]:
    from fnmatch import fnmatchcase

    from cannery.util.globs import ANY

    inside = [at for at in reached if at < len(glob)]
    stay = {at for at in inside if glob[at] == ANY}
    return stay | {at + 1 for at in inside if at not in stay and fnmatchcase(name, glob[at])}


def _with_none_taken(reached: set[int], glob: tuple[str, ...]) -> frozenset[int]:
    """With what is reached as `**` may stand for no folder at all."""
    from cannery.util.globs import ANY

    more = sorted(reached)
    for at in more:
        if at < len(glob) and glob[at] == ANY and at + 1 not in reached:
            reached.add(at + 1)
            more.append(at + 1)
    return frozenset(reached)


@lru_cache
def _rules(patterns: tuple[str, ...]) -> tuple[_Rule, ...]:
    return tuple(map(_rule, reversed(patterns)))


def _rule(pattern: str) -> _Rule:
    from cannery.util.globs import ANY, glob_of

    bare = composed(pattern).removeprefix("!")
    glob = glob_of(bare.strip("/"))
    if "/" not in bare.rstrip("/"):
        glob = (ANY, *glob)
    *folders, name = glob
    if name == ANY:  # `old/**`: all that is in it
        folders, name = [*folders, ANY], "*"
    return (*folders,), name, pattern.startswith("!"), bare.endswith("/")
