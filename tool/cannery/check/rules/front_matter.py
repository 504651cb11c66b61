"""Files and front matter that can't be read, or say what the format doesn't know."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import MAX_PARSED, Page, line_at, with_lines
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content import frontmatter
from cannery.content.key_lines import key_lines, swallowed
from cannery.content.pieces import is_piece
from cannery.content.split import split
from cannery.content.synonyms import PATH, read_synonyms
from cannery.errors import ContentError
from cannery.model.entry import Fault
from cannery.model.location import Problem, Severity
from cannery.util.encoding import UTF_8


def unreadable(page: Page) -> Iterator[Problem]:
    """What was found while the file was read."""
    yield from page.loaded.problems
    if page.encoding != UTF_8:
        message = f"saved as {page.encoding[:6].upper()}: Git can't show changes in it"
        yield Problem(
            page.path, 0, "unreadable", message, "Save the file as UTF-8.", Severity.WARNING
        )
    if page.loaded.item and len(page.loaded.item.body) > MAX_PARSED:
        message = (
            f"longer than {MAX_PARSED:,} characters: links and headings beyond that are not checked"
        )
        yield Problem(page.path, 0, "unreadable", message, "Split the file.", Severity.WARNING)


def headers(page: Page) -> Iterator[Problem]:
    """Front matter values that aren't what the format asks for."""
    for fault in page.entry.faults if page.entry else ():
        line = fault.line or page.line(fault.key)
        yield Problem(page.path, line, "header", fault.message, fault.hint, fault.severity)
    parts = split(page.text)
    for line, text in swallowed(parts.header, parts.header_line):
        message = f"`{text:.30}` is ignored: YAML reads it as a comment"
        hint = "Quote the whole value, or put a space after the #."
        yield Problem(page.path, line, "header", message, hint, Severity.WARNING)


def spelt_right(page: Page, _: Whole) -> str:
    """The text with keys and values spelt as they were meant, where there is no doubt."""
    source = page.source
    for fault in page.entry.faults if page.entry else ():
        if fault.key in page.lines:
            source = _spelt_right(source, page.line(fault.key), fault)
    return source


def _spelt_right(source: str, line: int, fault: Fault) -> str:
    if fault.value is not None:
        return frontmatter.rewrite(source, {fault.key: fault.value})
    if fault.rename and fault.rename not in key_lines(source):
        written = line_at(source, line)
        return with_lines(source, {line: written.replace(fault.key, fault.rename, 1)})
    return source


def untitled(page: Page) -> Iterator[Problem]:
    """A macro without a title, whose headings are the customer's, or an article without any."""
    if page.entry is None or "title" in page.lines or "/" not in page.at.id:
        return
    if page.article and (is_piece(page.path) or _is_entitled(page)):
        return
    hint = "Add `title: ...`."
    yield Problem(page.path, 1, "title", "no title", hint, Severity.WARNING)


def _is_entitled(page: Page) -> bool:
    """Whether a heading, or front matter whose keys are indented, names an article."""
    is_read = page.entry and page.entry.header.title != page.at.id.rsplit("/", 1)[-1]
    return bool(is_read) or any(token.type == "heading_open" for token in page.tokens)


def titled(page: Page, _: Whole) -> str:
    """The text with its first heading as its title; as it is where there is none."""
    title = page.entry.header.title if page.entry else ""
    is_heading = title and title != page.at.id.rsplit("/", 1)[-1]
    return frontmatter.rewrite(page.source, {"title": title}) if is_heading else page.source


def synonyms(whole: Whole) -> Iterator[Problem]:
    """A synonyms.yml that can't be read; without one there is nothing wrong."""
    if not (whole.workspace.root / PATH).exists():
        return
    try:
        found = read_synonyms(whole.synonyms)
    except ContentError as error:
        yield Problem(PATH, 0, "synonyms", error.message, error.hint)
        return
    for line, reason in found.faults:
        yield Problem(PATH, line, "synonyms", reason, "Example: `- [refund, money back, 返金]`")


_CONFLICT = """---
title: HAR files
---
<<<<<<< HEAD
How to record one.
=======
How to make one.
>>>>>>> main
"""

RULES = (
    Rule(
        code="unreadable",
        page=unreadable,
        why="A file that isn't UTF-8 text, isn't a regular file or is too large can't be searched.",
        wrong={"articles/har.md": "---\ntitle: HAR files\n---\nHow to \0 record one.\n"},
        right={"articles/har.md": "---\ntitle: HAR files\n---\nHow to record one.\n"},
    ),
    Rule(
        code="front-matter",
        page=unreadable,
        why="Front matter that isn't valid YAML is ignored: no title, no fields, no audience.",
        wrong={"articles/har.md": "---\ntitle: [HAR files\n---\nHow to record one.\n"},
        right={"articles/har.md": "---\ntitle: HAR files\n---\nHow to record one.\n"},
    ),
    Rule(
        code="conflict",
        page=unreadable,
        why="A conflict that no one has decided shows both texts to readers, markers and all.",
        wrong={"articles/har.md": _CONFLICT},
        right={"articles/har.md": "---\ntitle: HAR files\n---\nHow to record one.\n"},
    ),
    Rule(
        code="header",
        page=headers,
        fix=spelt_right,
        why="An unknown key or value is ignored, and is usually a typo.",
        wrong={"articles/har.md": "---\ntitle: HAR files\nstatus: Retired\n---\nHow to record.\n"},
        right={"articles/har.md": "---\ntitle: HAR files\nstatus: retired\n---\nHow to record.\n"},
    ),
    Rule(
        code="title",
        page=untitled,
        fix=titled,
        why="Search results show the title; a file name is a poor substitute.",
        wrong={"macros/har.md": "---\ntags: [network]\n---\n## HAR files\n"},
        right={"macros/har.md": "---\ntags: [network]\ntitle: HAR files\n---\n## HAR files\n"},
    ),
    Rule(
        code="synonyms",
        whole=synonyms,
        why="If synonyms.yml can't be read, no search uses synonyms.",
        wrong={"synonyms.yml": "- refund, 返金\n"},
        right={"synonyms.yml": "- [refund, 返金]\n"},
    ),
)
