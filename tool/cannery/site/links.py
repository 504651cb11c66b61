"""The links and pictures of a page's text, rewritten to where they lead on the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from cannery.content.relative_links import RelativeLink
from cannery.content.split import LINE_END

# The address of what can't be opened: the page shows its words, marked, and leads nowhere.
HOLE = "#kb-hole"

_IN_PLACE = re.compile(r"\([ \t]{0,9}<?")
_BY_REFERENCE = re.compile(r"^[ \t>]{0,30}(?:[-*+][ \t]{1,9})?\[[^\]]+\]:[ \t]*<?")
_ADDRESS_END = re.compile(r"[#?\s>)]|\Z")
_ENDS = 8  # of an address with such letters in it that are tried
_MAX_PATH = 2_000


class Rewritten(NamedTuple):
    """A text with other addresses; `left` has those that are written in an odd way, with the new.

    They are rewritten once the page is parsed.
    """

    text: str
    left: Mapping[str, str]


def rewrite_links(
    body: str, links: Iterable[RelativeLink], new_address: Callable[[RelativeLink], str]
) -> Rewritten:
    """The body with each link's address, but for its anchor, as `new_address` gives it."""
    lines = LINE_END.split(body)
    moved: dict[int, Counter[tuple[str, str]]] = {}
    left: dict[str, str] = {}
    for item in links:
        path, new = item.written.partition("#")[0], new_address(item)
        if new != path and len(path) <= _MAX_PATH:
            moved.setdefault(item.line, Counter())[path, new] += 1
        elif new != path:
            left[path] = new
    replaced = partial(
        _replaced, max((len(old) for one in moved.values() for old, _ in one), default=0)
    )
    for number, wanted in moved.items():
        lines[number - 1], met = replaced(_IN_PLACE, dict(wanted.keys()), lines[number - 1])
        # By reference: its address stands elsewhere.
        left |= {old: new for (old, new), times in wanted.items() if times > met[old]}
    if left:
        reached: set[str] = set()
        for number, line in enumerate(lines):
            lines[number], met = replaced(_BY_REFERENCE, left, line)
            reached.update(met)
        left = {old: new for old, new in left.items() if old not in reached}
    return Rewritten("\n".join(lines), left)


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
