"""Translations that don't say who may see them are for those who may see their originals."""

from __future__ import annotations

from dataclasses import replace

from cannery.content.visibility import followed, visibility_of
from cannery.model.entry import Article, Entry, Shelf
from cannery.settings import Settings


def follow_originals(shelf: Shelf, settings: Settings) -> Shelf:
    """The entries, where articles are public by default, with translations as their originals."""
    if not settings.front_matter.is_public:
        return shelf
    originals = {
        item.at.id: item for item in shelf.entries if item.at.language == settings.default_language
    }
    entries = (_followed(item, originals.get(item.at.id)) for item in shelf.entries)
    return replace(shelf, entries=tuple(entries))


def _followed(item: Entry, original: Entry | None) -> Entry:
    if not isinstance(item, Article) or original is None or original is item:
        return item
    own = visibility_of(item)
    seen = followed(own, visibility_of(original), item.left_open)
    return item if seen == own else replace(item, header=replace(item.header, **seen._asdict()))
