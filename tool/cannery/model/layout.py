"""Where the content of a knowledge base lies: its folders, as kb.toml names them.

Named tuples: every search waits for this module, and looks its files up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cannery.model.location import Kind

OWN = "kb/"  # the folder of kb.toml, which is in the root
_FEW = 6  # folders: of more, one is sooner found by its name
PARTS = "_parts/"  # the folder of the parts, in one of macros


class Folder(NamedTuple):
    """A folder of articles or of macros.

    `prefix` is its path from the root with a `/` at its end, empty for the root itself; `ids` is
    what the ids of its files begin with: `articles/` or `macros/`. `language` is that of the files
    whose names have none; empty for the default one.
    """

    prefix: str
    kind: Kind
    ids: str
    language: str = ""

    @property
    def path(self) -> str:
        return self.prefix.rstrip("/") or "."


class Layout(NamedTuple):
    """The folders of the content, in the order of kb.toml, and the patterns of what is ignored.

    `by_prefix` has the same folders, and so has `inner_first`, each before those that it is in; it
    is empty if there are many, as looking through them would take too long. `parts` are the
    prefixes of those with parts. `tops` are the prefixes of the folders that are in no other one:
    all content is in them.
    """

    folders: tuple[Folder, ...]
    ignored: tuple[str, ...]
    by_prefix: Mapping[str, Folder]
    inner_first: tuple[Folder, ...]
    parts: tuple[str, ...]
    tops: tuple[str, ...]

    @property
    def naming(self) -> tuple[str, ...]:
        """What decides which entry a path means; empty for the folders that all have by default."""
        if self.folders == DEFAULT.folders and not self.ignored:
            return ()
        folders = [f"{item.prefix}:{item.kind}:{item.language}" for item in self.folders]
        return (*folders, *self.ignored)


def folder(path: str, kind: Kind, language: str = "") -> Folder:
    """The folder at a path from the root, `.` for the root itself."""
    return Folder("" if path == "." else f"{path}/", kind, f"{kind}s/", language)


def layout(folders: Iterable[Folder], ignored: Iterable[str] = ()) -> Layout:
    """A layout of these folders, all of different paths."""
    folders = tuple(folders)
    prefixes = dict.fromkeys(item.prefix for item in folders).keys()
    return Layout(
        folders,
        tuple(ignored),
        {item.prefix: item for item in folders},
        tuple(sorted(folders, key=_depth, reverse=True)) if len(folders) <= _FEW else (),
        tuple(f"{item.prefix}{PARTS}" for item in folders if item.kind is Kind.MACRO),
        tuple(one for one in prefixes if prefixes.isdisjoint(_above(one))),
    )


def _depth(item: Folder) -> int:
    return len(item.prefix)


def _above(prefix: str) -> Iterator[str]:
    """The prefixes of the folders that one is in. What is below kb/ is in no folder above it."""
    at = prefix.rfind("/", 0, -1)
    while at >= 0:
        yield prefix[: at + 1]
        at = prefix.rfind("/", 0, at)
    if prefix and not prefix.startswith(OWN):
        yield ""


DEFAULT = layout((folder("kb/articles", Kind.ARTICLE), folder("kb/macros", Kind.MACRO)))
