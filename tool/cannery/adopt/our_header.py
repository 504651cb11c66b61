"""The front matter of an imported page: our keys stay, others are read as ours or dropped."""

from __future__ import annotations

from collections import Counter

from cannery.adopt.keys import KeyPlan
from cannery.content.frontmatter import read_each, rewrite
from cannery.content.keys import names_of
from cannery.content.mapped_keys import as_ours
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.model.entry import Header
from cannery.model.front_matter import FrontMatter


def our_header(text: str, keys: KeyPlan, dropped: Counter[str]) -> str:
    """The text with our keys alone; `dropped` counts the others.

    A key that is rare and looks like one of ours is left for the check to ask about, and so is
    front matter that can't be read.
    """
    header = split(text).header
    if not header.strip():
        return text
    read = read_each(header)
    if read.errors:
        return text
    mapped = as_ours(read.data, FrontMatter(keys.own, keys.names))
    values: dict[str, object] = {ours: mapped.data[ours] for ours in mapped.written}
    foreign = {*keys.own, *(name.partition(".")[0] for name in keys.names)}
    gone = [name for name in read.data if name in foreign and name not in names_of(Header)]
    gone += [name for name in keys.own if name in read.data and name not in gone]
    try:
        made = rewrite(text, {**dict.fromkeys(gone), **values})
    except (ContentError, ValueError):
        return text
    dropped.update(name for name in gone if name in keys.own)
    return made
