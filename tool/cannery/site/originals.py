"""Translations that don't say who may see them are for those who may see their originals."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cannery.content.files import read_bytes
from cannery.content.visibility import leaves_audience_open
from cannery.model.entry import Article, Audience, Entry, Shelf
from cannery.util.encoding import decoded
from cannery.workspace import Workspace


def follow_originals(workspace: Workspace, shelf: Shelf) -> Shelf:
    """The entries, where articles are public by default, with translations of what is internal.

    Who marks an original has marked all of it, and sees only the one file.
    """
    settings = workspace.settings
    if not settings.front_matter.is_public:
        return shelf
    internal = {
        item.at.id
        for item in shelf.entries
        if item.at.language == settings.default_language
        and item.header.audience is Audience.INTERNAL
    }
    return replace(shelf, entries=tuple(_followed(workspace, shelf, internal)))


def _followed(workspace: Workspace, shelf: Shelf, internal: AbstractSet[str]) -> Iterator[Entry]:
    for item in shelf.entries:
        is_public = isinstance(item, Article) and item.header.audience is Audience.PUBLIC
        if is_public and item.at.id in internal and _is_silent(workspace, item):
            yield replace(item, header=replace(item.header, audience=Audience.INTERNAL))
        else:
            yield item


def _is_silent(workspace: Workspace, item: Entry) -> bool:
    """Whether an article says nothing of who may see it."""
    text = decoded(read_bytes(workspace, item.at.path), "replace")
    return isinstance(item, Article) and leaves_audience_open(
        item, text, workspace.settings.front_matter
    )
