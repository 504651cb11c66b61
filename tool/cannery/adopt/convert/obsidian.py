"""Obsidian's Markdown -> ours: links by name, embeds, callouts, comments, tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname

from cannery.adopt.convert.dialect import Dialect, pattern_finder
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.includes import converted_include
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import (
    code_span,
    link,
    picture,
)
from cannery.content.anchors import slug
from cannery.content.split import line_feeds, split
from cannery.util.text import composed

_LINK = re.compile(
    r"(?<![\\!])(?P<embed>)\[\[(?P<target>[^\[\]|\n]{0,400})(?:\\?\|(?P<text>[^\[\]\n]{0,400}))?\]\]"
)
_EMBED = re.compile(
    r"(?<!\\)(?P<embed>!)\[\[(?P<target>[^\[\]|\n]{0,400})(?:\\?\|(?P<text>[^\[\]\n]{0,400}))?\]\]"
)
_COMMENT = re.compile(r"%%(?P<text>(?>(?:[^%]|%(?!%))*))%%")
_MARKED = re.compile(r"(?<![=\w\\])==(?P<text>[^=\s](?>(?:[^=\n]|=(?!=)){0,400}))==(?![=\w])")
_BLOCK_ID = re.compile(r"(?:^|(?<=[ \t]))\^(?P<id>[A-Za-z0-9-]{1,60})[ \t]*+$", re.MULTILINE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp")
_HEADING = re.compile(r"(#{1,6})[ \t]+([^\n]*)")
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?")
LINK, EMBED, COMMENT, MARKED, BLOCK_ID = "[[", "![[", "%%", "==", "^"


def _link(element: Element, notes: Notes) -> str:
    target, text = element.attributes["target"].strip(), element.attributes["text"].strip()
    name, _, place = target.partition("#")
    path = note_path(name, notes) if name else notes.page.path
    if element.attributes["embed"]:
        return _embed(element, notes, path, place)
    shown = text or (f"{name} > {place}" if name and place else name or place).replace("^", "")
    if not path:
        notes.lose(element.line, element.source, "no note is called so; its text is kept")
        return shown
    anchor = "" if place.startswith("^") else slug(place.rpartition("#")[2])
    way = notes.way(path) if name else ""
    leads_to = f"{way}#{anchor}" if anchor else way
    return link(_escaped(shown), leads_to) if leads_to else shown


def _embed(element: Element, notes: Notes, path: str, place: str) -> str:
    """A picture, the text of another note, or a link to any other file."""
    text = element.attributes["text"].strip()
    if not path:
        notes.lose(element.line, element.source, "no file is called so")
        return code_span(element.attributes["target"])
    if path.lower().endswith(_PICTURES):
        return picture("" if _SIZE.fullmatch(text) else text, notes.way(path))
    inside = notes.text(path) if path.endswith((".md", ".markdown")) and element.is_block else None
    part = _part(line_feeds(inside), place) if inside is not None else ""
    if part.strip():
        return converted_include(part, path, notes, OBSIDIAN)
    notes.lose(element.line, element.source, "it is a link now: a part of it can't be shown here")
    return link(_escaped(text or element.attributes["target"]), notes.way(path))


def _part(text: str, place: str) -> str:
    """A note's text, or the section of it below a heading, or a block that has an id."""
    body = split(text).body
    if place.startswith("^"):
        blocks = (block for block in body.split("\n\n") if block.rstrip().endswith(f" {place}"))
        return next(blocks, "")
    if not place:
        return body
    wanted = slug(place.rpartition("#")[2])
    lines = body.split("\n")
    heads = [
        (at, len(found[1]), slug(found[2]))
        for at, line in enumerate(lines)
        if (found := _HEADING.match(line))
    ]
    for number, (at, level, name) in enumerate(heads):
        if name == wanted:
            ends = (end for end, other, _ in heads[number + 1 :] if other <= level)
            return "\n".join(lines[at : next(ends, len(lines))])
    return ""


def note_path(name: str, notes: Notes) -> str:
    """The file that a link names: by its path, or its last part anywhere in the vault."""
    wanted = composed(name.strip().strip("/").removesuffix(".md"))
    tree, here = notes.page.tree, dirname(notes.page.path)
    last = wanted.rpartition("/")[2].lower()
    found = [
        path for end in (".md", "", ".markdown") for path in tree.by_name.get(f"{last}{end}", ())
    ]
    behind = f"/{wanted}".lower()
    fits = [
        path for path in found if f"/{composed(path)}".lower().removesuffix(".md").endswith(behind)
    ]
    order = sorted(fits, key=lambda path: (dirname(path) != here, path.count("/"), path))
    return order[0] if order else ""


def _escaped(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


def _comment(element: Element, notes: Notes) -> str:
    text = element.attributes["text"].replace("--", "- -")
    return f"<!--{text}-->" if text.strip() else ""


def _marked(element: Element, notes: Notes) -> str:
    return f"**{element.attributes['text']}**"


def _block_id(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "a link leads to a heading, not to a block")
    return ""


_RULES: Mapping[str, Rule] = {
    LINK: Rule(_link, is_inline=True),
    EMBED: Rule(_link),
    COMMENT: Rule(_comment, is_inline=True),
    MARKED: Rule(_marked, is_inline=True),
    BLOCK_ID: Rule(_block_id, is_inline=True),
    **LINK_RULES,
}
OBSIDIAN = Dialect(
    (
        pattern_finder(_LINK, LINK),
        pattern_finder(_EMBED, EMBED),
        pattern_finder(_COMMENT, COMMENT),
        pattern_finder(_MARKED, MARKED),
        pattern_finder(_BLOCK_ID, BLOCK_ID),
        link_tags,
    ),
    _RULES,
)
