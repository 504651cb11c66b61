"""Front matter that was written for another program, by our keys, as kb.toml says.

`draft: true`, `published: false` and `headless: true` are understood without a word there, since
they hide a page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_origin
from urllib.parse import urlsplit

from cannery.content.key_lines import key_lines, line_of
from cannery.content.keys import keys_of, names_of
from cannery.content.values import MAX_ITEMS, flag_of
from cannery.model.entry import Audience, Fault, Header, Macro
from cannery.model.front_matter import FrontMatter
from cannery.model.location import Severity, Status
from cannery.util.text import fold

BUILT_IN = {"draft": "status", "published": "status", "headless": "audience"}
# What a flag says where it is true, and where it is false; any other one is a draft's.
_FLAGS: Mapping[str, tuple[str, str]] = {
    "published": ("", Status.DRAFT),
    "archived": (Status.RETIRED, ""),
    "deprecated": (Status.RETIRED, ""),
    "public": (Audience.PUBLIC, Audience.INTERNAL),
}
_OTHER_FLAGS: Mapping[str, tuple[str, str]] = {
    "status": (Status.DRAFT, ""),
    "audience": (Audience.INTERNAL, ""),
}
# What says in our words that not all may see a file, and our key for it.
_SAYS_WHO: Mapping[str, str] = {**BUILT_IN, "status": "status", "audience": "audience"}
_PRIVATE = "private"  # as most programs call what we call internal
# Of two that stand in one file, the first of these counts.
_SHOWS_LESS: Mapping[str, tuple[str, ...]] = {
    "status": (Status.RETIRED, Status.DRAFT),
    "audience": (Audience.INTERNAL,),
}
_SHOWS_MOST: Mapping[str, str] = {"status": Status.PUBLISHED, "audience": Audience.PUBLIC}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s|\Z)")
_MONTH_FIRST = frozenset(("ms.date",))  # Microsoft's documentation says so
_MONTHS = 12
_LABELS = ("name", "label", "title")  # of an author or a tag that is a mapping
_SPECIAL = frozenset(("fields", "actions"))  # no other program has their like
_STYLES = frozenset(("date", "pretty", "ordinal", "weekdate", "none"))  # of Jekyll's permalinks
_FOLDERS = ("articles/", "macros/")  # an id begins with one


class Mapped(NamedTuple):
    """A front matter by our keys.

    `own` are the keys that are the team's, or read as one that says nothing of who may see the
    file. `written` has the file's key by ours, for those that
    were read from another one; it has dots where it lies within others.
    """

    data: Mapping[str, Any]
    own: Mapping[str, Any]
    written: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


class _Source(NamedTuple):
    name: str
    key: str
    value: object


def mappable() -> frozenset[str]:
    """Our keys that another one may be read as."""
    return names_of(Header, Macro) - _SPECIAL


def names_for(key: str, keys: FrontMatter) -> tuple[str, ...]:
    """All keys that are read as one of ours, it itself first."""
    names = {**BUILT_IN, **keys.names}
    return (key, *(name for name, ours in names.items() if ours == key))


def line_of_key(text: str, key: str, keys: FrontMatter) -> int:
    """The 1-based line of one of our keys, or of the one that is read as it."""
    lines = key_lines(text)
    names = (name for name in names_for(key, keys) if name.split(".")[0] in lines)
    return line_of(text, next(names, key))


def as_ours(data: Mapping[str, Any], keys: FrontMatter, above: str = "") -> Mapped:
    """What a front matter says by our keys, where kb.toml names others.

    `above` is the address that the page's own lies below, without slashes at its ends: other
    programs' addresses begin there, unless they begin with a slash.
    """
    if not keys.own and not keys.names and not BUILT_IN.keys() & data.keys():
        return Mapped(data, {}, {})
    own = {name: data[name] for name in keys.own if name in data}
    rest = {name: value for name, value in data.items() if name not in own}
    sources = [*_hiding(data, keys), *_sources(rest, keys)]
    own |= {name: data[name] for name in _aside(keys) if name in data}
    idle = {name for name in BUILT_IN if name in rest and rest[name] is None}
    read = {item.name for item in sources} | idle | _read_names(keys)
    ours = {name: value for name, value in rest.items() if name not in read}
    written: dict[str, str] = {}
    faults = [_take(item, ours, written, above) for item in sources]
    return Mapped(ours, own, written, tuple(fault for fault in faults if fault))


def _hiding(data: Mapping[str, Any], keys: FrontMatter) -> Iterator[_Source]:
    """What hides a file in our own words, where kb.toml has their key for something else.

    A key of its settings must not publish all drafts: the file's author has seen them hidden.
    """
    for name, key in _SAYS_WHO.items():
        is_moved = name in keys.own or keys.names.get(name, key) != key
        if not is_moved or (value := data.get(name)) is None:
            continue
        is_flag = name in BUILT_IN and flag_of(value) is not None
        said = _choice(_Source(name, key, value)) if is_flag else value
        word = fold(said).strip() if isinstance(said, str) else ""
        word = Audience.INTERNAL.value if (key, word) == ("audience", _PRIVATE) else word
        if word in _SHOWS_LESS[key]:
            yield _Source(name, key, word)


def _aside(keys: FrontMatter) -> Iterator[str]:
    """The keys that kb.toml has read as one that says nothing of who may see a file."""
    return (name for name, key in keys.names.items() if key not in _SHOWS_LESS)


def _read_names(keys: FrontMatter) -> set[str]:
    """The keys that kb.toml has read as ours, and those that others lie within."""
    known = mappable()
    names = [name for name, key in keys.names.items() if key in known]
    return {*names, *({name.split(".")[0] for name in names} - known)}


def value_at(data: Mapping[str, Any], name: str) -> object:
    """The value of a key, which may lie within others: `last_update.date`."""
    if name in data:
        return data[name]
    top, dot, inner = name.partition(".")
    within = data.get(top)
    return value_at(within, inner) if dot and isinstance(within, dict) else None


def _sources(data: Mapping[str, Any], keys: FrontMatter) -> Iterator[_Source]:
    """What is there to be read as ours."""
    known = mappable()
    for name, key in {**BUILT_IN, **keys.names}.items():
        value = value_at(data, name) if key in known else None
        is_told = name in keys.names or name == "draft"
        if value is not None and (is_told or flag_of(value) is not None):
            yield _Source(name, key, value)


def _take(
    source: _Source, ours: dict[str, Any], written: dict[str, str], above: str
) -> Fault | None:
    """Put a value under our key; a fault where both stand and differ."""
    name, key = source.name, source.key
    value, present = _converted(source, above), ours.get(key)
    if value is None or value == present:
        return None
    if present is None:
        ours[key], written[key] = value, name
        return None
    if isinstance(value, list) and isinstance(present, list):
        there = {item for item in present if isinstance(item, str)}
        more = (item for item in value if not isinstance(item, str) or item not in there)
        ours[key] = [*present, *more]
        return None
    ours[key] = _shows_less(key, present, value)
    if key in written:  # the one that kb.toml names first, unless another shows less
        written[key] = written[key] if ours[key] == present else name
        return None
    counts = "The one that shows less counts." if key in _SHOWS_LESS else f"{key} counts."
    message = f"{name:.60} and {key} both stand, and differ"
    return Fault(name, message, f"{counts} Remove one of the two.", Severity.WARNING)


def _shows_less(key: str, present: object, value: object) -> object:
    """Of two values of a key the one that shows less, else the one that is there."""
    first = value if present == _SHOWS_MOST.get(key) else present
    return next((item for item in _SHOWS_LESS.get(key, ()) if item in (value, present)), first)


def _converted(source: _Source, above: str) -> object:
    """A value as our key has it where its kind is beyond doubt, else as it is."""
    if source.key == "redirect_from":
        return _formers(source.value, above)
    kind = _types()[source.key]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(source)
    if get_origin(kind) is tuple:
        return _list(source.value)
    if kind is date:
        return _day(source)
    return _text(source.value) if kind is str else source.value


@cache
def _types() -> Mapping[str, Any]:
    return {key.name: key.type for model in (Header, Macro) for key in keys_of(model)}


def _day(source: _Source) -> object:
    """A day that is written month first, as one; any other value as it is."""
    if not isinstance(source.value, str) or not (match := _SLASHED.match(source.value)):
        return source.value
    first, second, year = (int(number) for number in match.groups())
    is_month_first = source.name in _MONTH_FIRST or second > _MONTHS
    if first > _MONTHS and not is_month_first:
        first, second = second, first
    elif not is_month_first:
        return None  # 5/6 is in May or in June
    return f"{year:04}-{first:02}-{second:02}"


def _choice(source: _Source) -> object:
    """A status or an audience; None for a flag that says nothing."""
    flag = flag_of(source.value)
    if flag is not None:
        name = source.name.rpartition(".")[2]
        return _FLAGS.get(name, _OTHER_FLAGS[source.key])[not flag] or None
    if BUILT_IN.get(source.name) == "status":
        return Status.DRAFT.value  # `draft: soon`: no one else is to see it
    is_private = source.key == "audience" and source.value == _PRIVATE
    return Audience.INTERNAL.value if is_private else source.value


def _list(value: object) -> object:
    if isinstance(value, str):
        return [item for part in value.split(",")[:MAX_ITEMS] if (item := part.strip())]
    if not isinstance(value, list):
        return value
    return [_label(item) or item for item in value[: MAX_ITEMS + 1]]


def _text(value: object) -> object:
    """A text; of a list, or of mappings with a name, what they are called."""
    items = value if isinstance(value, list) else [value]
    labels = [_label(item) for item in items[: MAX_ITEMS + 1]]
    is_named = isinstance(value, list | dict) and all(labels)
    return (", ".join(map(str, labels)) or None) if is_named else value


def _label(item: object) -> str | None:
    if isinstance(item, dict):
        return next((item[key] for key in _LABELS if isinstance(item.get(key), str)), None)
    return item if isinstance(item, str) else None


def _formers(value: object, above: str) -> object:
    """Earlier ids and addresses: `/docs/refund/`, as it follows the site's own address."""
    items = value if isinstance(value, list) else [value]
    texts = [item.strip() for item in items[: MAX_ITEMS + 1] if isinstance(item, str)]
    return (
        value
        if not texts
        else [former for text in texts if (former := _former(text, above))] or None
    )


def _former(text: str, above: str) -> str:
    """An earlier id or address; empty where there is none, but a pattern for many."""
    if text.startswith(_FOLDERS):
        return text
    try:
        path = urlsplit(text).path if text.startswith(("https://", "http://")) else text
    except ValueError:
        return text
    if not path.strip("/") or ":" in path or path in _STYLES:
        return ""
    depth = len([part for part in above.split("/") if part])
    if path.startswith("/") or path.count("..") > depth:
        return "" if ".." in path else path
    return posixpath.normpath(posixpath.join("/", above, path))
