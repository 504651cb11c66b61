"""A whole article of HTML -> Markdown: by `richtext/`, with pictures, which a reply has none of."""

from __future__ import annotations

import re

from cannery.adopt.convert.markup_tags import read_attributes
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import link, picture
from cannery.adopt.convert.wiki import Kept, tidied, without_marks
from cannery.content.markup import is_active_address
from cannery.util.spans import Lines

_MEDIA = re.compile(r"<(img|iframe|video|audio|embed|source)\b(?=[\s/>])", re.IGNORECASE)
_BOX = re.compile(
    r"<(?:div|p|aside)\b[^<>]{0,300}\bclass=[\"'][^\"'<>]{0,200}\b(?:callout|note|warning|tip|alert)\b[^\"'<>]{0,200}[\"'][^<>]{0,300}>",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?<=\]\()(<[^<>\n]{0,2000}>|[^\s()<>]{1,2000})(?=[\s)])")
_MAX_TAG = 4_000


def rich_markdown(html: str, notes: Notes) -> str:
    """The Markdown of an article; what its HTML shows in other ways is told."""
    from cannery.richtext.to_markdown import as_markdown

    kept = Kept()
    marked = _without_media(without_marks(html), notes, kept)
    lines = Lines(html)
    for found in _BOX.finditer(html):
        notes.lose(lines.of(found.start()), found[0], "its text is kept, its look is not")
    try:
        made = as_markdown(marked)
    except ValueError as error:
        notes.lose(0, "the article's HTML", f"it can't be read: {error}")
        return "\n"
    made = _LINK.sub(lambda found: _target(found[0], notes), made)
    return tidied(kept.restored(made))


def _target(written: str, notes: Notes) -> str:
    bare = written.removeprefix("<").removesuffix(">")
    leads_to = notes.target(bare)
    if leads_to == bare:
        return written
    return f"<{leads_to}>" if re.search(r"[\s()]", leads_to) else leads_to


def _without_media(html: str, notes: Notes, kept: Kept) -> str:
    """The HTML with a mark for each picture, and a link for what plays."""
    made: list[str] = []
    lines = Lines(html)
    at = 0
    while found := _MEDIA.search(html, at):
        made.append(html[at : found.start()])
        most = min(len(html), found.end() + _MAX_TAG)
        attributes, at = read_attributes(html, found.end(), most, jsx=False)
        end = html.find(">", at, most)
        at = end + 1 if end >= 0 else at
        source = attributes.get("src", "") or attributes.get("data-src", "")
        line, name = lines.of(found.start()), found[1].lower()
        if not source or is_active_address(source):
            if name in {"img", "iframe"}:
                notes.lose(line, html[found.start() : at], "the image has no address of its own")
            continue
        if name == "img":
            alt = attributes.get("alt", "")
            made.append(kept.keep(picture(alt, notes.target(source), attributes.get("title", ""))))
            continue
        notes.lose(line, html[found.start() : at], "it is a link now: an entry plays nothing")
        address = f"https:{source}" if source.startswith("//") else source
        made.append(f"<p>{kept.keep(link(attributes.get('title', ''), address))}</p>")
    return "".join([*made, html[at:]])
