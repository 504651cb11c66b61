"""Where the links and pictures of a page lead on the site, and which of them must not be there."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.content.links import targets
from cannery.content.markdown import parse_where
from cannery.content.split import LINE_END

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|//|/|#", re.IGNORECASE)
_BRACKET = re.compile(r"\]")
_IN_PLACE = re.compile(r"\(<?")
_BY_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*<?")
_ADDRESS_END = re.compile(r"[#?\s>)]|\Z")
_ENDS = 8  # of an address with such letters in it that are tried
_MAX_PATH = 2_000


class RelativeLink(NamedTuple):
    """A relative link or picture: its 1-based line in the body, and the file that it names."""

    line: int
    written: str
    path: str


def relative_links(path: str, body: str) -> Iterator[RelativeLink]:
    """The relative links and pictures of a file's body; `path` is from the root."""
    if "](" not in body and "]:" not in body:
        return  # every link has one of them
    folder = posixpath.dirname(path)
    for written, line, _ in targets(parse_where(body, _BRACKET)):
        if not _OUTSIDE.match(written):
            named = unquote(written.partition("#")[0].partition("?")[0])
            path = posixpath.normpath(posixpath.join(folder, named))
            yield RelativeLink(line, written, path)


def rewrite_links(
    body: str, links: Iterable[RelativeLink], at: str, site_path_of: Callable[[str], str]
) -> str:
    """The body of the page `at`, with each target where `site_path_of` says it is on the site."""
    lines = LINE_END.split(body)
    moved: dict[int, Counter[tuple[str, str]]] = {}
    for item in links:
        path = item.written.partition("#")[0]
        new = quote(posixpath.relpath(site_path_of(item.path), posixpath.dirname(at)))
        if new != path and len(path) <= _MAX_PATH:
            moved.setdefault(item.line, Counter())[path, new] += 1
    replaced = partial(
        _replaced, max((len(old) for one in moved.values() for old, _ in one), default=0)
    )
    elsewhere: dict[str, str] = {}
    for number, wanted in moved.items():
        lines[number - 1], met = replaced(_IN_PLACE, dict(wanted.keys()), lines[number - 1])
        # By reference: its address stands elsewhere.
        elsewhere |= {old: new for (old, new), times in wanted.items() if times > met[old]}
    if elsewhere:
        lines = [replaced(_BY_REFERENCE, elsewhere, line)[0] for line in lines]
    return "\n".join(lines)


def _replaced(
    longest: int, begins: re.Pattern[str], moved: Mapping[str, str], line: str
) -> tuple[str, Counter[str]]:
    """The line with the new addresses behind what `begins` one, and how often each was met.

    No address that moved is longer than the `longest`.
    """
    met: Counter[str] = Counter()
    # A parser tells an address with percent signs, where `<a b.png>` may be what is written.
    spelled = {**{unquote(old): old for old in moved}, **{old: old for old in moved}}
    pieces: list[str] = []
    end = 0
    for start in begins.finditer(line):
        at = start.end()
        ends = _ADDRESS_END.finditer(line, at, at + longest + 1)
        addresses = [line[at : one.start()] for one in islice(ends, _ENDS)]
        if matching := [old for old in addresses if old in spelled]:
            pieces += [line[end:at], moved[spelled[matching[-1]]]]
            end = at + len(matching[-1])
            met[spelled[matching[-1]]] += 1
    return "".join([*pieces, line[end:]]), met
