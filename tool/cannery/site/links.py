"""Where the links and pictures of a page lead on the site, and which of them must not be there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.content.links import targets
from cannery.content.markdown import parse
from cannery.content.split import LINE_END

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#", re.IGNORECASE)
# Of links and pictures, inline or by reference, what is no address of its own.
_MAY_LINK = re.compile(
    r"(?:\]\([ \t\n]*|^ {0,3}\[[^\]\n]+\]:[ \t\n]*)<?(?!https?:|mailto:|#)", re.MULTILINE
)


class Found(NamedTuple):
    """A relative link or picture: its 1-based line in the body, and the file that it names."""

    line: int
    written: str
    place: str
    is_image: bool


def relative_targets(path: str, body: str) -> Iterator[Found]:
    """The relative links and pictures of a file's body; `place` is a path from the root."""
    if not _MAY_LINK.search(body):
        return  # most pages: parsing takes the most of a stage's time
    folder = posixpath.dirname(path)
    for written, line, is_image in targets(parse(body, bare_links=False)):
        if not _OUTSIDE.match(written):
            named = unquote(written.partition("#")[0].partition("?")[0])
            yield Found(line, written, posixpath.normpath(posixpath.join(folder, named)), is_image)


def relinked(body: str, found: Iterable[Found], at: str, place_of: Callable[[str], str]) -> str:
    """The body of the page `at`, with each target where `place_of` says it is on the site."""
    lines = LINE_END.split(body)
    for item in found:
        path = item.written.partition("#")[0]
        new = quote(posixpath.relpath(place_of(item.place), posixpath.dirname(at)))
        if new != path:
            line = lines[item.line - 1]
            pattern = rf"(\(|\]:[ \t]*)<?{re.escape(path)}(?=[#?\s>)])"
            lines[item.line - 1] = re.sub(pattern, lambda match, to=new: match[1] + to, line)
    return "\n".join(lines)
