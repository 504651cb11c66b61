"""Set our keys in a file whose front matter may have other names for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cannery.content import frontmatter
from cannery.content.mapped_keys import as_ours, value_at
from cannery.content.split import split
from cannery.model.front_matter import FrontMatter


def rewrite_keys(text: str, values: Mapping[str, object], keys: FrontMatter) -> str:
    """The same text with `values` set by our keys, as `frontmatter.rewrite` does.

    A value goes to the key that the file has for it if that holds a value of its kind, else to
    ours. Of a list that other keys have a share of, ours has the rest.
    """
    if not keys.names:
        return frontmatter.rewrite(text, values)
    try:
        data = frontmatter.parse(split(text).header)
    except ValueError:
        return frontmatter.rewrite(text, values)  # which tells what is wrong
    set_: dict[str, object] = {}
    for key, value in values.items():
        name = as_ours(data, keys).written.get(key, key)
        present = value_at(data, name)
        if name != key and _is_like(present, value) and key != "redirect_from":
            top, inner = _outermost(data | set_, name, value)
            set_[top] = inner
        else:
            set_[key] = _without_theirs(data, key, value, keys)
    return frontmatter.rewrite(text, set_)


def _is_like(present: object, value: object) -> bool:
    """Whether a value may stand where another one does: theirs stays what their program reads."""
    if isinstance(present, list):
        items = value if isinstance(value, list | tuple) else [None]
        return all(isinstance(item, str) for item in (*present, *items))
    return isinstance(present, str) and isinstance(value, str | date)


def _outermost(data: Mapping[str, object], name: str, value: object) -> tuple[str, object]:
    """The key to be set in the file, and its value, for one that lies within others."""
    top, dot, inner = name.partition(".")
    within = data.get(top)
    if name in data or not dot or not isinstance(within, dict):
        return name, value
    below, changed = _outermost(within, inner, value)
    return top, {**within, below: changed}


def _without_theirs(
    data: Mapping[str, object], key: str, value: object, keys: FrontMatter
) -> object:
    """A list without what other keys of the file say; they are read along with it."""
    if not isinstance(value, list | tuple):
        return value
    theirs = as_ours({name: item for name, item in data.items() if name != key}, keys).data.get(key)
    rest = [item for item in value if not isinstance(theirs, list) or item not in theirs]
    return rest or None
