"""The pages of a MediaWiki's XML export: read as a stream, without entities, within bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

from cannery.errors import ContentError

_CHUNK = 1 << 16
_MAX_TEXT = 5_000_000  # characters of one page
_MAX_MARK = 8_000_000  # bytes of one tag, which is read whole
_MAX_TITLE = 1_000
_MAX_PAGES = 200_000
_FILES, _CATEGORIES = "6", "14"  # the numbers of namespaces
_SHOWN = frozenset(("", "0", "4", "12"))  # articles, the project's own pages, help
_TOO_LARGE = "it is too large"


class WikiText(NamedTuple):
    """A page of a wiki. `redirect` is the title of the page that it leads to."""

    title: str
    text: str
    redirect: str = ""


@dataclass(slots=True)
class Dump:
    """What an export says of its wiki, besides its pages; `lost` are titles of what is none."""

    namespaces: dict[str, str] = field(default_factory=dict)
    base: str = ""
    lost: list[tuple[str, str]] = field(default_factory=list)


def wiki_pages(path: Path, dump: Dump) -> Iterator[WikiText]:
    """The newest version of each page. Raises ContentError for what is no export."""
    reader = _Reader(dump)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        number = 0
        while chunk := file.read(_CHUNK):
            _feed(parser, chunk, path)
            if file.tell() - parser.CurrentByteIndex > _MAX_MARK:
                raise ContentError(f"{path.name} has a tag of many megabytes", "Export it again.")
            for page in reader.taken():
                number += 1
                if number > _MAX_PAGES:
                    dump.lost.append((page.title, f"only {_MAX_PAGES:,} pages are read"))
                    return
                yield page
        _feed(parser, b"", path, last=True)
        yield from reader.taken()


def _feed(parser: expat.XMLParserType, chunk: bytes, path: Path, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise ContentError(f"{path.name} is not XML: {error}", "Export the pages again.") from error


def _refuse(*declared: Any) -> None:  # noqa: ANN401 - as expat calls it
    raise ContentError(
        "the export declares a document type, which those of MediaWiki don't",
        "Export the pages again, with Special:Export or dumpBackup.php.",
    )


class _Reader:
    """Gathers pages; of each only what is wanted of its last revision."""

    def __init__(self, dump: Dump) -> None:
        self._dump = dump
        self._path: list[str] = []
        self._depth = 0
        self._pieces: list[str] = []
        self._size = 0
        self._page: dict[str, str] = {}
        self._done: list[WikiText] = []

    def taken(self) -> list[WikiText]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth <= _MAX_DEPTH:
            self._path.append(name)
        self._pieces, self._size = [], 0
        if name == "page":
            self._page = {}
        elif name == "redirect" and self._path[-2:-1] == ["page"]:
            self._page["redirect"] = attributes.get("title", "")[:_MAX_TITLE]
        elif name == "namespace":
            self._page = {"key": attributes.get("key", "")}

    def text(self, text: str) -> None:
        is_wanted = self._depth <= _MAX_DEPTH and self._path[-1] in _WANTED
        if is_wanted and self._size <= _MAX_TEXT:
            self._pieces.append(text)
            self._size += len(text)

    def end(self, name: str) -> None:
        if self._depth <= _MAX_DEPTH:
            self._path.pop()
        self._depth -= 1
        value = "".join(self._pieces)
        if name in _WANTED and self._path[-1:] in (["page"], ["revision"]):
            self._page[name] = value
            if self._size > _MAX_TEXT:
                self._page["too large"] = "yes"
        elif name == "namespace":
            self._dump.namespaces[self._page.get("key", "")] = value[:_MAX_TITLE]
        elif name == "base":
            self._dump.base = value[:_MAX_TITLE]
        elif name == "page":
            self._add()
        self._pieces, self._size = [], 0

    def _add(self) -> None:
        page, title = self._page, self._page.get("title", "")[:_MAX_TITLE]
        if not title or page.get("ns", "0").strip() not in _SHOWN:
            if title and page.get("ns", "").strip() not in {_FILES, _CATEGORIES}:
                self._dump.lost.append((title, "it is in a namespace that is not for readers"))
        elif page.get("too large"):
            self._dump.lost.append((title, _TOO_LARGE))
        else:
            text = page.get("text", "")
            self._done.append(WikiText(title, text, page.get("redirect", "") or redirect_of(text)))


_WANTED = frozenset(("title", "ns", "text", "namespace", "base"))
_MAX_DEPTH = 12
_REDIRECT = re.compile(r"\s{0,99}#[A-Za-z\u00c0-\uffff]{5,30}[ \t:]{0,9}\[\[([^\[\]|#\n]{1,400})")


def redirect_of(text: str) -> str:
    """The title that a page leads to, which is nothing but that."""
    found = _REDIRECT.match(text)
    return found[1].strip() if found else ""
