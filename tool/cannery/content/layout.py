"""What a path of a file means, and which path a file is to have: the one place that knows."""

from __future__ import annotations

import re

from cannery.content.files import ENDINGS
from cannery.model.layout import OWN, PARTS, Folder, Layout
from cannery.model.location import Kind, Location
from cannery.settings import Settings
from cannery.util.text import composed

FRONT = "index"  # the id of a site's front page, with the name of no language in it
INDEX = re.compile(r"kb/index(?:\.[\w-]+)?\.(?:md|markdown|mdx)")  # the front page's files
_PART_IDS = f"macros/{PARTS}"


def folder_of(path: str, layout: Layout) -> Folder | None:
    """The folder that a file is in, of several the innermost; None for a file of no folder."""
    at = len(path)
    while at > 0:
        at = path.rfind("/", 0, at)
        folder = layout.by_prefix.get(path[: at + 1])
        if folder is not None:
            # All that lies in kb/ is named from there, not from the root.
            return None if at < 0 and path.startswith(OWN) else folder
    return None


def locate(path: str, settings: Settings) -> Location:
    """What a path such as kb/macros/billing/refund.ja.md stands for."""
    folder = folder_of(path, settings.layout)
    if folder is None:
        inner, kind, language = composed(path.removeprefix(OWN)), Kind.ARTICLE, ""
    else:
        prefix, kind, ids, language = folder
        inner = composed(ids + path[len(prefix) :])
        if inner.startswith(_PART_IDS):
            kind = Kind.PART
    stem = inner[: -len(next(end for end in ENDINGS if inner.endswith(end)))]
    base, dot, suffix = stem.rpartition(".")
    if dot and suffix in settings.languages and not base.endswith("/"):
        return Location(path, base, kind, suffix)
    return Location(path, stem, kind, language or settings.default_language)


def part_name(at: Location) -> str:
    return at.id.removeprefix(_PART_IDS)


def is_part(path: str, layout: Layout) -> bool:
    """Whether a file is a part: a piece of macros, and no entry."""
    return path.startswith(layout.parts)


def is_macro(path: str, layout: Layout) -> bool:
    """Whether a file is in a folder of macros: a macro or a part."""
    folder = folder_of(path, layout)
    return folder is not None and folder.kind is Kind.MACRO


def is_front(path: str) -> bool:
    """Whether a file is a site's front page, in any language."""
    return INDEX.fullmatch(path) is not None


def is_other(path: str) -> bool:
    """Whether a file is neither an article nor a macro, or is a site's front page."""
    return not path.endswith(ENDINGS) or is_front(path)


def belongs(path: str, layout: Layout) -> bool:
    """Whether a file is the knowledge base's: in kb/, or in a folder of its content."""
    return path.startswith(OWN) or folder_of(path, layout) is not None
