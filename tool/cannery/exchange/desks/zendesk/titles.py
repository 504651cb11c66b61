"""A macro's title in Zendesk, whose sections stand in it: `Billing::Late fees::Refund`."""

from __future__ import annotations

from typing import NamedTuple

from cannery.util.plain import one_line

_BETWEEN = "::"
_AS_TEXT = "\N{PROPORTION}"  # two colons that are no border: it looks the same, and comes back
_COLON = "\N{RATIO}"  # one beside a border
_SLASH = "\N{FULLWIDTH SOLIDUS}"  # in the name of a section, where ours begins another one


class Title(NamedTuple):
    """`section` has `/` between its names, and is empty for none."""

    section: str
    name: str


def written(title: Title) -> str:
    names = [name.replace(_SLASH, "/") for name in title.section.split("/") if name]
    return _BETWEEN.join(_shown(name) for name in (*names, title.name))


def read(text: str) -> Title:
    names = [_read(name) for name in one_line(text).split(_BETWEEN)]
    *sections, last = [name for name in names if name] or [""]
    return Title("/".join(name.replace("/", _SLASH) for name in sections), last)


def section_name(id_: str) -> str:
    """How the section of an entry is called there: `macros/late-fees/refund` is in `Late fees`."""
    return "/".join(_spoken(folder) for folder in id_.split("/")[1:-1])


def _spoken(folder: str) -> str:
    words = folder.replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _shown(name: str) -> str:
    """A name in which nothing is a border, also beside the next one."""
    plain = one_line(name).replace(_BETWEEN, _AS_TEXT)
    if plain.startswith(":"):
        plain = _COLON + plain[1:]
    return plain[:-1] + _COLON if plain.endswith(":") else plain


def _read(name: str) -> str:
    return name.strip().replace(_AS_TEXT, _BETWEEN).replace(_COLON, ":")
