"""What stands in a line of MediaWiki's: links, pictures, emphasis."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import link, picture
from cannery.adopt.convert.wiki import Kept, escaped, toggles
from cannery.content.anchors import slug
from cannery.content.markup import KNOWN_ELEMENTS

BLOCK = "\ue022"  # before the mark of what is a block wherever it stands
_MARKS = re.compile(
    r"(?P<kept>\ue022?\ue020\d{1,7}\ue021)"
    r"|(?P<mark>'''''|'''(?!')|''(?!'))"
    r"|\[\[(?P<link>(?>(?:[^\[\]\n]|\[(?!\[)[^\[\]\n]{0,300}\]|\[\[[^\[\]\n]{0,300}\]\]){0,1000}))\]\]"
    r"|\[(?P<outer>(?:https?:|ftp:|mailto:)?//[^\s\[\]<>]{1,2000}|mailto:[^\s\[\]<>]{1,300})"
    r"(?:[ \t]+(?P<label>[^\[\]\n]{0,1000}))?\]"
    r"|(?P<url>(?:https?|ftp)://[^\s<>|\[\]{}\"'\ue020]{1,1000}[^\s<>|\[\]{}\"'\ue020.,;:!?)])"
    r"|(?P<html></?(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?:[ \t][^<>\n]{0,500})?/?>)"
)
_SIGNS = {"'''''": "***", "'''": "**", "''": "*"}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico")
_FILES = frozenset(
    ("file", "image", "media", "datei", "bild", "fichier", "archivo", "ファイル", "画像")
)
_LABEL = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]]{0,300})\]\]")
_QUOTES = re.compile(r"'{2,5}")
_CATEGORIES = frozenset(("category", "kategorie", "catégorie", "categoría", "カテゴリ"))
_OPTION = re.compile(
    r"(?:thumb|thumbnail|frame|framed|frameless|border|left|right|center|none|upright(?:[ =].*)?|baseline|"
    r"middle|top|bottom|sub|super|text-top|text-bottom|\d{0,5}x?\d{1,5} ?px|(?:link|page|lang|class|thumb)=.*)",
    re.IGNORECASE,
)
_OTHER_WIKI = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{2,8})?|w|wikipedia|wikt|commons|mw|meta|phab|bugzilla)"
)


@dataclass(slots=True)
class WikiPage:
    """A page that is being converted. `blocks` makes Markdown of a part of its text."""

    notes: Notes
    blocks: Callable[[str, WikiPage, int], str]
    kept: Kept = field(default_factory=Kept)
    footnotes: dict[int, str] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)

    def inline(self, text: str, line: int) -> str:
        def make(found: re.Match[str], is_pair: bool, begins: bool) -> str:  # noqa: FBT001
            if found["kept"]:
                is_block = found["kept"].startswith(BLOCK)
                return f"\n\n{found[0].lstrip(BLOCK)}\n\n" if is_block else found[0]
            if mark := found["mark"]:
                return _SIGNS[mark] if is_pair else escaped(mark)
            return self.kept.keep(_piece(found, line, self))

        return toggles(text, _MARKS, make)

    def namespaces(self, name: str, usual: frozenset[str]) -> frozenset[str]:
        """What the wiki calls a namespace, besides what wikis usually call it."""
        own = self.notes.variables.get(name, "").lower().split("\n")
        return usual | {one for one in own if one}


def _piece(found: re.Match[str], line: int, page: WikiPage) -> str:
    if found["link"] is not None:
        return _link(found["link"], line, page)
    if found["outer"]:
        address = found["outer"]
        shown = page.kept.restored(page.inline((found["label"] or "").strip(), line))
        return link(shown, f"https:{address}" if address.startswith("//") else address)
    if found["url"]:
        return f"<{found['url']}>"
    return found["html"] if found["name"].lower() in KNOWN_ELEMENTS else escaped(found["html"])


def _link(written: str, line: int, page: WikiPage) -> str:
    target, bar, text = written.partition("|")
    target, is_shown = target.strip().lstrip(":").strip(), target.lstrip().startswith(":")
    space, colon, name = target.partition(":")
    kind = space.strip().lower() if colon else ""
    if kind in page.namespaces("files", _FILES) and not is_shown:
        return _file(name.strip(), text, line, page)
    if kind in page.namespaces("categories", _CATEGORIES):
        return escaped(text or name) if is_shown else ""
    if kind and _OTHER_WIKI.fullmatch(kind) and page.notes.target(target) == target:
        page.notes.lose(line, f"[[{written}]]", "only the wiki knows where that leads")
        return escaped(text or (name if is_shown else ""))
    plain = (text or (target.partition("(")[0] if bar else target)).strip()
    return _page_link(target, page.kept.restored(page.inline(plain, line)), line, page)


def _page_link(target: str, shown: str, line: int, page: WikiPage) -> str:
    name, _, place = target.partition("#")
    anchor = f"#{slug(place.replace('_', ' '))}" if place else ""
    if not name:
        return link(shown.lstrip("#"), anchor)
    way = page.notes.target(name.strip())
    if way == name.strip():
        why = "no page of the source is called so; its text is kept"
        page.notes.lose(line, f"[[{target}]]", why)
        return shown
    return link(shown, f"{way}{anchor}")


def _file(name: str, rest: str, line: int, page: WikiPage) -> str:
    """A picture with its caption, or a link to another file."""
    words = [word.strip() for word in _split(rest)]
    alt = next((word[4:] for word in words if word.lower().startswith("alt=")), "")
    caption = next((word for word in reversed(words) if word and not _is_option(word)), "")
    said = page.kept.restored(page.inline(caption, line))
    path = _file_path(name, page.notes)
    if not path:
        page.notes.lose(line, f"[[File:{name}]]", "the file is not in the source")
        return said or escaped(name)
    if not name.lower().endswith(_PICTURES):
        return link(said or escaped(name), page.notes.way(path))
    made = picture(alt or _QUOTES.sub("", _LABEL.sub(r"\1", caption)), page.notes.way(path))
    if not any(word.lower().startswith(("thumb", "frame")) for word in words):
        return made
    return f"\n\n{made}\n*{said}*\n\n" if said else f"\n\n{made}\n\n"


def _split(rest: str) -> list[str]:
    """The options of a picture; a caption may have links with bars of their own."""
    pieces, depth, begun = [], 0, 0
    for at, char in enumerate(rest):
        depth += (char == "[") - (char == "]")
        if char == "|" and depth <= 0:
            pieces.append(rest[begun:at])
            begun = at + 1
    return [*pieces, rest[begun:]]


def _is_option(word: str) -> bool:
    return bool(_OPTION.fullmatch(word)) or word.lower().startswith("alt=")


def _file_path(name: str, notes: Notes) -> str:
    wanted = name.strip().replace(" ", "_").lower()
    found = notes.page.tree.by_name.get(wanted) or notes.page.tree.by_name.get(name.strip().lower())
    return found[0] if found else ""


def categories_of(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """The categories that a page says it is in."""
    wanted = _CATEGORIES | {name.lower() for name in names}
    found = (
        match[2].partition("|")[0].strip().replace("_", " ")
        for match in _CATEGORY.finditer(text)
        if match[1].strip().lower() in wanted
    )
    return [*dict.fromkeys(one for one in found if one)]


_CATEGORY = re.compile(r"\[\[([^\[\]|:\n]{1,40}):([^\[\]\n]{1,200})\]\]")
