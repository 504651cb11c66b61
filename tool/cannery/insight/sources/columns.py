"""What the columns of a CSV are for, told by their names in English and Japanese."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_ALIASES = Path(__file__).with_name("columns.json")
_BREAK = re.compile(r"[\s_\-./:()\[\]|]+")
_MOST_NAMED = 20
NONE = "-"  # in the place of a name: files have no such column, or it is not to be read


def fold(name: str) -> str:
    """A name as others write it: `Date/Time Opened` and `date_time_opened` are one."""
    return _BREAK.sub(" ", unicodedata.normalize("NFKC", name[:200]).casefold()).strip()


@cache
def aliases() -> Mapping[str, Sequence[str]]:
    """The folded names of columns by what they are for, the likeliest first."""
    found: dict[str, list[str]] = json.loads(_ALIASES.read_text("utf-8"))
    return found


def columns_of(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """The place of each column by what it is for; `given` are the names that kb.toml has for them.

    One that the file lacks is sought as others are.
    """
    places = {fold(name): place for place, name in reversed([*enumerate(header)])}
    found: dict[str, int] = {}
    taken = {fold(name) for name in given.values()}
    for use, names in aliases().items():
        names_now = [name for name in names if name not in taken]
        if given.get(use) == NONE:
            continue
        if use in given and fold(given[use]) in places:
            names_now = [fold(given[use])]
        place = next((places[name] for name in names_now if name in places), None)
        if place is not None and place not in found.values():
            found[use] = place
    return found


def named(header: Sequence[str]) -> str:
    """The columns that are there, as a message tells them."""
    names = [" ".join(name.split())[:40] for name in header if name.strip()]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
