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
from cannery.site.fences import fenced_lines

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|//|/|#", re.IGNORECASE)
# Of links and pictures, inline or by reference, what is no address of its own.
_RELATIVE = r"<?(?!https?:|mailto:|#)"
_INLINE = re.compile(rf"\]\([ \t\n]*{_RELATIVE}")
_DEFINED = re.compile(rf"^ {{0,3}}\[[^\]\n]+\]:[ \t\n]*{_RELATIVE}", re.MULTILINE)
_BRACKET = re.compile(r"\]")

_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]\\\n]+)\]:[ \t]+<?([^\s<>\[\]\\]+)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*"
)
_CODE = re.compile(r"`[^`]+`")
_SIMPLE = re.compile(r"(?<!\])(!?)\[[^\[\]\\]*\]\(([^\s()<>\[\]\\]+)(?: \"[^\"()\\]*\")?\)")
_LABEL = re.compile(r"\[([^\[\]\\\n]+)\]")
_IN_PLACE = re.compile(r"\(<?")
_BY_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*<?")
_ADDRESS_END = re.compile(r"[#?\s>)]|\Z")
_ENDS = 8  # of an address with such letters in it that are tried
_MAX_PATH = 2_000


class RelativeLink(NamedTuple):
    """A relative link or picture: its 1-based line in the body, and the file that it names."""

    line: int
    written: str
    place: str
    is_image: bool


class _HardError(Exception):
    """A text that only a parser of Markdown can tell the links of."""


def relative_links(path: str, body: str) -> Iterator[RelativeLink]:
    """The relative links and pictures of a file's body; `place` is a path from the root."""
    if not _INLINE.search(body) and not _DEFINED.search(body):
        return
    folder = posixpath.dirname(path)
    try:
        found = [*_simple(body)]
    except _HardError:
        found = [*_parsed(body)]
    for written, line, is_image in found:
        if not _OUTSIDE.match(written):
            named = unquote(written.partition("#")[0].partition("?")[0])
            yield RelativeLink(
                line, written, posixpath.normpath(posixpath.join(folder, named)), is_image
            )


def _parsed(body: str) -> Iterator[tuple[str, int, bool]]:
    return targets(parse_where(body, _BRACKET))


def _simple(body: str) -> Iterator[tuple[str, int, bool]]:
    """The links of a text that has them in plain places: parsing takes thirty times as long.

    Raises _HardError for fences in lists, links in indented lines, and all that looks odd.
    """
    fenced = fenced_lines(body)
    if fenced is None:
        raise _HardError
    used: Counter[str] = Counter()
    paragraph: list[tuple[int, str]] = []
    for number, line in enumerate(body.split("\n"), 1):
        if number in fenced or not line.strip():
            yield from _of_paragraph(paragraph)
            paragraph = []
        elif definition := _DEFINITION.fullmatch(line):
            if paragraph:
                raise _HardError  # it is none, then
            used = used or _labels(body)
            if used[definition[1].lower()] > 1:
                yield definition[2], number, False
        else:
            paragraph.append((number, line))
    yield from _of_paragraph(paragraph)


def _labels(body: str) -> Counter[str]:
    """How often each label stands in a text; once is where it is defined."""
    return Counter(_LABEL.findall(body.lower()))


def _of_paragraph(lines: list[tuple[int, str]]) -> Iterator[tuple[str, int, bool]]:
    text = "\n".join(line for _, line in lines)
    if _DEFINED.search(text):
        raise _HardError
    if not _INLINE.search(text):
        return
    for number, line in lines:
        if "``" in line or line.count("`") % 2:
            raise _HardError  # code that may begin or end on another line
        bare = _CODE.sub("x", line)
        if "](" not in bare:
            continue
        found = [*_SIMPLE.finditer(bare)]
        if line.startswith(("    ", "\t")) or len(found) != bare.count("]("):
            raise _HardError
        yield from ((link[2], number, bool(link[1])) for link in found)


def rewrite_links(
    body: str, found: Iterable[RelativeLink], at: str, place_of: Callable[[str], str]
) -> str:
    """The body of the page `at`, with each target where `place_of` says it is on the site."""
    lines = LINE_END.split(body)
    moved: dict[int, Counter[tuple[str, str]]] = {}
    for item in found:
        path = item.written.partition("#")[0]
        new = quote(posixpath.relpath(place_of(item.place), posixpath.dirname(at)))
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
        place = start.end()
        ends = _ADDRESS_END.finditer(line, place, place + longest + 1)
        told = [line[place : one.start()] for one in islice(ends, _ENDS)]
        if known := [old for old in told if old in spelled]:
            pieces += [line[end:place], moved[spelled[known[-1]]]]
            end = place + len(known[-1])
            met[spelled[known[-1]]] += 1
    return "".join([*pieces, line[end:]]), met
