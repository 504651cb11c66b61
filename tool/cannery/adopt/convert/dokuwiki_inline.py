"""What stands in a line of DokuWiki's: links, pictures, emphasis, footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import code_span, link, picture
from cannery.adopt.convert.wiki import Kept, escaped, toggles
from cannery.content.anchors import slug
from cannery.content.markup import is_active_address

_MARKS = re.compile(
    r"%%(?P<plain>(?>(?:(?!%%)[^\n]){1,500}))%%"
    r"|(?P<kept>\ue020\d{1,7}\ue021)"
    r"|(?P<url>(?:https?|ftp)://[^\s<>|\[\]{}\"'\\^]{1,1000}[^\s<>|\[\]{}\"'\\^.,;:!?)])"
    r"|\[\[(?P<link>[^\[\]\n]{0,1000})\]\]"
    r"|\{\{(?P<media>[^{}\n]{0,1000})\}\}"
    r"|''(?P<mono>(?>(?:(?!'')[^\n]){1,500}))''"
    r"|\(\((?P<note>(?>(?:(?!\)\)|\(\()[^\n]){1,2000}))\)\)"
    r"|(?P<break>\\\\(?=[ \t\n]|\Z))"
    r"|<(?P<end>/?)(?P<tag>sub|sup|del)>"
    r"|<(?P<mail>[\w.+-]{1,100}@[\w.-]{1,100})>"
    r"|(?P<mark>\*\*|//|__)"
)
_SIZE = re.compile(r"\?[a-z0-9&]{1,60}+\Z")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico")
_SIGNS = {"**": "**", "//": "*", "__": ""}


def inline(text: str, line: int, notes: Notes, kept: Kept, footnotes: list[str]) -> str:
    """A piece of a paragraph as Markdown; a footnote is added to the others."""

    def make(found: re.Match[str], is_pair: bool, begins: bool) -> str:  # noqa: FBT001
        if found["kept"]:
            return found[0]
        if mark := found["mark"]:
            return _SIGNS[mark] if is_pair else escaped(mark)
        if found["note"]:
            footnotes.append(inline(found["note"].strip(), line, notes, kept, []))
            return f"[^{len(footnotes)}]"
        return kept.keep(_piece(found, line, notes))

    return toggles(text, _MARKS, make)


def _piece(found: re.Match[str], line: int, notes: Notes) -> str:
    """What stands by itself; the pattern finds one of them at a time."""
    if found["link"] is not None:
        return _link(found["link"], line, notes)
    if found["media"] is not None:
        return _media(found["media"], line, notes)
    if found["tag"]:
        return "~~" if found["tag"] == "del" else f"<{found['end']}{found['tag']}>"
    return next(make(found[name]) for name, make in _PLAIN.items() if found[name])


_PLAIN: Mapping[str, Callable[[str], str]] = {
    "plain": escaped,
    "url": lambda url: f"<{url}>",
    "mono": code_span,
    "break": lambda _: "<br>",
    "mail": lambda mail: f"[{mail}](mailto:{mail})",
}


def _link(written: str, line: int, notes: Notes) -> str:
    target, _, text = written.partition("|")
    target, shown = target.strip(), _label(text.strip(), line, notes)
    if ">" in target or target.startswith("\\\\"):
        notes.lose(line, f"[[{written}]]", "only the wiki knows where that leads")
        return shown or escaped(target.rpartition(">")[2])
    if is_active_address(target):
        notes.lose(line, f"[[{written}]]", "the address runs a script")
        return shown
    if "://" in target or target.startswith(("mailto:", "www.")):
        return link(shown, f"https://{target}" if target.startswith("www.") else target)
    if "@" in target and "." in target:
        return link(shown or target, f"mailto:{target}")
    return _page_link(target, shown, line, notes)


def _page_link(target: str, shown: str, line: int, notes: Notes) -> str:
    """A link to a page, or to a place in one, by its namespaces."""
    name, _, place = target.partition("#")
    path = page_path(name, notes) if name else notes.page.path
    plain = shown or escaped((name.rpartition(":")[2] or name or place).replace("_", " "))
    if not path:
        why = "no page of the source is called so; its text is kept"
        notes.lose(line, f"[[{target}]]", why)
        return plain
    anchor = f"#{slug(place.replace('_', ' '))}" if place else ""
    return link(plain, f"{notes.way(path) if name else ''}{anchor}")


def _label(text: str, line: int, notes: Notes) -> str:
    if text.startswith("{{") and text.endswith("}}"):
        return _media(text[2:-2], line, notes)
    return escaped(text)


def _media(written: str, line: int, notes: Notes) -> str:
    target, _, title = written.partition("|")
    name = _SIZE.sub("", target.strip())
    title = title.strip()
    if ">" in name and "://" not in name:
        notes.lose(line, f"{{{{{written}}}}}", "a plugin of the wiki makes it")
        return escaped(title)
    way = name if "://" in name else notes.way(path) if (path := media_path(name, notes)) else ""
    if not way or is_active_address(way):
        notes.lose(line, f"{{{{{written}}}}}", "the file is not in the source")
        return escaped(title or name.rpartition(":")[2])
    if name.lower().endswith(_PICTURES):
        return picture(escaped(title), way)
    return link(escaped(title or name.rpartition(":")[2]), way)


def page_path(name: str, notes: Notes) -> str:
    """The file of a page that a link names by its namespaces, from here or from the top."""
    folder, top = _folders(notes, "pages")
    return _found(name, folder, top, notes, (".txt", "/start.txt", "/index.txt"))


def media_path(name: str, notes: Notes) -> str:
    folder, top = _folders(notes, "media")
    return _found(name, folder, top, notes, ("",))


def _folders(notes: Notes, kind: str) -> tuple[str, str]:
    """The page's own folder among those of its kind, and the top of these."""
    here = notes.page.path.rpartition("/")[0]
    before, mark, inside = f"/{here}/".rpartition("/pages/")
    top = f"{before}/{kind}".strip("/") if mark else ""
    return f"{top}/{inside if mark else here}".strip("/"), top


def _found(name: str, folder: str, top: str, notes: Notes, ends: tuple[str, ...]) -> str:
    """The first of the files that a name with colons may mean."""
    written = name.strip().lower().replace("/", ":").replace(" ", "_")
    is_start = written.endswith(":")
    plain = written.strip(":").replace(".:", ":").replace("..", "../").replace(":", "/")
    is_top = written.startswith(":") or (":" in written.strip(":") and not written.startswith("."))
    if written.startswith("."):
        plain = plain.replace("..//", "../").lstrip("./") if not written.startswith("..") else plain
    roots = (top,) if is_top else (folder, top)
    names = [f"{plain}{end}" for end in ends if not (is_start and end == ".txt")]
    for root in roots:
        for one in names:
            if path := notes.find(f"/{one}", root):
                return path
    return ""
