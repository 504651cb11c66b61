"""Folders that a desk keeps its replies in, by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cannery.util.plain import one_line

_DEEPEST = 8


class Folder(NamedTuple):
    """A folder's name, and the id of the one that it is in; empty for none."""

    name: str
    parent: str = ""


def path_of(folders: Mapping[str, Folder], folder_id: str) -> str:
    """The names from the outermost folder to this one, with `/` between; folders in a ring end."""
    names: list[str] = []
    while (folder := folders.get(folder_id)) and len(names) < _DEEPEST:
        names.append(one_line(folder.name).replace("/", "-"))
        folder_id = folder.parent
    return "/".join(reversed(names))
