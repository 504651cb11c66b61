"""Values of the front matter that change nothing, where that is certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.content.field_types import FIELD_TYPES
from cannery.content.icons import icons
from cannery.content.layout import is_front
from cannery.content.links import section_of
from cannery.model.entry import Audience, Entry, Macro
from cannery.model.location import Kind
from cannery.util.text import fold_name

_REMOVE = "Remove it."


class IdleValue(NamedTuple):
    """A key of the front matter, why its value has no effect, and what to do."""

    key: str
    message: str
    hint: str


def idle_values(entry: Entry) -> Iterator[IdleValue]:
    """The values of an entry that nothing reads."""
    header = entry.header
    if is_front(entry.at.path):
        yield from _of_front_page(entry)
    if isinstance(entry, Macro):
        if header.audience is Audience.PUBLIC:
            message = "audience: public has no effect, since no public site has macros"
            yield IdleValue("audience", message, "Remove it, or make this an article.")
        yield from _of_fields(entry)
    if header.review_every and not header.reviewed:
        message = "review_every has no effect without the date of a review"
        yield IdleValue("review_every", message, "Add `reviewed:` with that date.")
    if header.icon in icons() and not is_front(entry.at.path) and not _may_be_section(entry):
        message = "icon has no effect here: only a section has one"
        yield IdleValue("icon", message, "Move it to the section's index.md.")
    if entry.at.id in header.related:
        yield IdleValue("related", "related: the entry itself", _REMOVE)
    for key in ("tags", "keywords", "related", "redirect_from"):
        for text in _repeated(getattr(header, key)):
            yield IdleValue(key, f"{key}: {text:.60} is there twice", "Remove one of the two.")


def _may_be_section(entry: Entry) -> bool:
    """Whether it is a section's page, or stands where one may be: `net.md` beside `net/`."""
    return entry.at.kind is Kind.ARTICLE and (
        bool(section_of(entry.at.id)) or entry.at.id.count("/") == 1
    )


def _of_front_page(entry: Entry) -> Iterator[IdleValue]:
    header = entry.header
    for key in ("summary", "tags", "keywords", "related", "redirect_from", "icon", "order"):
        if getattr(header, key) not in ("", (), None):
            yield IdleValue(key, f"{key} has no effect on a front page", _REMOVE)


def _of_fields(macro: Macro) -> Iterator[IdleValue]:
    for item in macro.fields:
        if item.choices and not FIELD_TYPES[item.type].choices:
            key = f"fields.{item.name}.choices"
            message = f"choices have no effect on {item.name:.60}, whose type is {item.type}"
            yield IdleValue(key, message, "Write `type: choice`, or remove them.")


def _repeated(texts: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts if len(texts) > 1 else ():
        name = text.lower() if text.isascii() else fold_name(text)  # twice as fast for most
        if name in seen:
            yield text
        seen.add(name)
