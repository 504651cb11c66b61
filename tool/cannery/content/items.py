"""A file's front matter and body -> the entry or the part that it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cannery.content.conflict_markers import without_conflicts
from cannery.content.frontmatter import Read
from cannery.content.headers import read_header, read_macro
from cannery.content.mapped_keys import Mapped, as_ours, names_for, value_at
from cannery.content.misplaced import find_misplaced
from cannery.content.split import COMMENT, LINE_END, Parts
from cannery.content.visibility import deciding_key, is_audience_open
from cannery.model.entry import Article, Audience, Entry, Fault, Header, Macro, Part
from cannery.model.front_matter import FrontMatter
from cannery.model.location import Kind, Location, Severity, Status
from cannery.util.text import with_composed_tags

_SECTION_PAGES = ("index", "_index", "README")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*)$", re.MULTILINE)


def read_item(
    at: Location, front: Read, parts: Parts, keys: FrontMatter, *, is_whole: bool
) -> tuple[Entry | Part, Mapping[str, str]]:
    """The item, and the file's key by ours where it has another name.

    `is_whole` says that all of the file could be read.
    """
    if at.kind is Kind.PART:
        body = with_composed_tags(parts.body.strip("\r\n"))
        return Part(at, body, parts.body_line + _leading_lines(parts.body)), {}
    mapped = as_ours(front.data, keys, _address_above(at))
    header, faults = _header(at, front, parts, mapped, keys)
    left_open: tuple[str, ...] = ()
    if keys.is_public and at.kind is Kind.ARTICLE and is_whole:
        doubts = _left_internal(mapped, parts)
        if is_audience_open(mapped, faults) and not doubts:
            header = replace(header, audience=Audience.PUBLIC)
            left_open = ("audience", *(() if _says_status(front, keys) else ("status",)))
        faults = (*faults, *doubts)
    if at.kind is Kind.ARTICLE:
        article = Article(at, header, parts.body, parts.body_line, faults, left_open)
        return article, mapped.written
    values, more_faults = read_macro(mapped.data, mapped.written)
    body, faults = with_composed_tags(parts.body), (*faults, *more_faults)
    return Macro(at, header, body, parts.body_line, faults, **values), mapped.written


def _address_above(at: Location) -> str:
    """Where the address of a page lies: `net` of `articles/net/proxy` and of `net/tls/index`."""
    folder, _, name = at.id.partition("/")[2].rpartition("/")
    return folder.rpartition("/")[0] if name in _SECTION_PAGES else folder


def _header(
    at: Location, front: Read, parts: Parts, mapped: Mapped, keys: FrontMatter
) -> tuple[Header, tuple[Fault, ...]]:
    is_macro = at.kind is Kind.MACRO
    header, faults = read_header(mapped.data, macro=is_macro, written=mapped.written)
    if front.faults or front.errors or parts.fault:  # of two readings, the one that shows less
        header = replace(header, audience=Audience.INTERNAL)
    is_doubtful = _is_status_doubtful(at, front, parts, keys)
    if header.status is Status.PUBLISHED and is_doubtful:
        header = replace(header, status=Status.DRAFT)
    if not header.title:
        header = replace(header, title=_fallback_title(at, parts.body))
    return header, (*front.faults, *mapped.faults, *faults)


def _left_internal(mapped: Mapped, parts: Parts) -> tuple[Fault, ...]:
    """What keeps an article from being public by default, where it is told nowhere else."""
    hint = "Write `audience: public`, or `audience: internal`."
    key = deciding_key(mapped)
    if key in mapped.own:
        message = f"the article stays internal, as {key} may say who can see it"
        return (Fault(key, message, hint, Severity.WARNING),)
    if not key and find_misplaced(parts.body, 0):
        message = "the article stays internal, as its text begins like front matter"
        return (Fault("", message, hint, Severity.WARNING, line=parts.body_line),)
    return ()


def _says_status(front: Read, keys: FrontMatter) -> bool:
    """Whether a file has a status, also one that is the default: `draft: false`."""
    return any(value_at(front.data, name) is not None for name in names_for("status", keys))


def _is_status_doubtful(at: Location, front: Read, parts: Parts, keys: FrontMatter) -> bool:
    """Whether a file may be meant as a draft or a retired one, for all that could be read of it.

    A macro that has lost a key is none to be filled in, here or in a browser.
    """
    names = [name.split(".")[0] for name in names_for("status", keys)] if front.errors else ()
    is_read = any(name in front.data for name in names)
    is_lost = not is_read and any(name in parts.header for name in names)
    is_spoilt = bool(front.errors) and at.kind is Kind.MACRO
    status = names_for("status", keys) if front.faults else ()
    is_twice = any(item.key in status for item in front.faults)
    return parts.fault is not None or is_lost or is_spoilt or is_twice


def _leading_lines(body: str) -> int:
    return len(LINE_END.findall(body, 0, len(body) - len(body.lstrip("\r\n"))))


def _fallback_title(at: Location, body: str) -> str:
    """The first heading, which is none in a comment or a conflict, else the file's name."""
    body = without_conflicts(body, "")
    heading = _HEADING.search(COMMENT.sub("", body) if "<!--" in body else body)
    title = heading[1].strip().rstrip("#").strip() if heading else ""
    return title or at.id.rsplit("/", 1)[-1]
