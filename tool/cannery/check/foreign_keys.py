"""Which unknown keys of front matter are mistakes, and which are another program's.

A page alone can't tell. What several files have is the team's own, and where there are such keys, a
rare one is no mistake either, unless it looks like one of ours, or like one of the team's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from cannery.content.headers import UNKNOWN_KEY, keep_hint
from cannery.model.front_matter import FrontMatter
from cannery.model.location import Problem
from cannery.util.text import fold_name

_SHARED = 5  # files with a key: it was not typed by mistake
_MANY = 10  # files, from which on a finding is shown once for all of them
_ALIKE = 0.8  # of the letters of two keys
_MEANT = "Did you mean "


def without_foreign_keys(
    problems: Iterable[Problem], front_matter: FrontMatter
) -> Iterator[Problem]:
    """The problems of pages, less those of keys that other programs read."""
    every = [*problems]
    by_key: dict[str, list[Problem]] = defaultdict(list)
    for item in every:
        if key := _unknown(item):
            by_key[key].append(item)
    files = {key: len({item.path for item in found}) for key, found in by_key.items()}
    shared = {key for key, found in by_key.items() if files[key] >= _SHARED and _is_foreign(found)}
    is_adopted = bool(shared or front_matter.own or front_matter.names)
    known = [*shared, *front_matter.own, *front_matter.names]
    kept: Mapping[str, Sequence[Problem]] = {
        key: _kept(key, found, files[key], known if is_adopted else ())
        for key, found in by_key.items()
    }
    yield from (item for item in every if not _unknown(item))
    yield from (item for found in kept.values() for item in found)


def _unknown(item: Problem) -> str:
    """The unknown key that a problem is about, if it can be another program's."""
    key = item.message.removeprefix(UNKNOWN_KEY)
    is_one = item.code == "header" and key != item.message and not key.endswith(" of a field")
    return key if is_one else ""


def _is_foreign(found: Sequence[Problem]) -> bool:
    return found[0].hint == keep_hint(_unknown(found[0]))


def _kept(
    key: str, found: Sequence[Problem], files: int, known: Sequence[str]
) -> Sequence[Problem]:
    """What is told of a key; `known` are the keys of other programs here, if there are any."""
    hint = found[0].hint
    meant = hint.removeprefix(_MEANT).rstrip("?")
    if hint.startswith(_MEANT):
        is_theirs = files >= _SHARED and fold_name(key) != meant
        found = [item._replace(hint=keep_hint(key)) for item in found] if is_theirs else found
        return found[:1] if is_theirs and files < _MANY else found
    if not known or files >= _MANY or not key.isascii():
        return found
    if files >= _SHARED or not _is_foreign(found):
        return found[:1]  # one decision is about all of them
    near = get_close_matches(key, known, n=1, cutoff=_ALIKE)
    return [item._replace(hint=f"{_MEANT}{near[0]}?") for item in found] if near else ()
