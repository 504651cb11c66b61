"""The links of a converted page, as it names the same files from another place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.adopt.convert.link_targets import link_tags
from cannery.adopt.convert.regions import regions

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|/|#|\?|\{", re.IGNORECASE)
_SAFE = "/().,!'~@&=+$-_"


class FileLink(NamedTuple):
    """A link to a file of the source: where its address stands in the text, and what it names.

    `rest` is the anchor or the question behind the file's name.
    """

    start: int
    end: int
    path: str
    rest: str


def file_links(text: str, page: str, known: Container[str]) -> Iterator[FileLink]:
    """The links of a page's text that lead to files or pages whose paths are known."""
    if "](" not in text and "]:" not in text:
        return
    for tag in link_tags(text, regions(text)):
        target = tag.attributes["target"]
        if _OUTSIDE.match(target):
            continue
        bare = re.split(r"[#?]", target, maxsplit=1)[0]
        path = normpath(join(dirname(page), unquote(bare)))
        if path in known:
            yield FileLink(tag.start, tag.end, path, target[len(bare) :])


def relinked(text: str, page: str, moved: Mapping[str, str]) -> str:
    """The text with the links to files that move; `moved` has the page itself, too."""
    here = dirname(moved[page])
    pieces, at = [], 0
    for link in sorted(file_links(text, page, moved)):
        if link.start >= at:
            new = quote(relpath(moved[link.path], here or "."), safe=_SAFE)
            pieces += [text[at : link.start], f"{_closed(new)}{link.rest}"]
            at = link.end
    return "".join([*pieces, text[at:]])


def _closed(address: str) -> str:
    """An address that ends where it should, though there are brackets in it."""
    return address.replace("(", "%28").replace(")", "%29")
