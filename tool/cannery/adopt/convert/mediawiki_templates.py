"""`{{Templates|with=values}}` of MediaWiki: known ones are Markdown, of others the text is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cannery.adopt.convert.mediawiki_inline import BLOCK, WikiPage
from cannery.adopt.convert.shapes import alert, code_span
from cannery.util.spans import Lines

_BRACES = re.compile(r"\{{2,}+|\}{2,}+")
_LINKS = re.compile(r"\[\[[^\[\]]{0,1000}\]\]")
_TEMPLATE, _PARAMETER = 2, 3  # braces
_MAX_DEPTH = 20
_BOXES = {
    **{
        kind: kind
        for kind in [
            "note",
            "tip",
            "hint",
            "info",
            "important",
            "attention",
            "warning",
            "caution",
            "danger",
        ]
    },
    **dict.fromkeys(("ombox", "mbox", "notice", "nb", "fyi"), "note"),
}
_PAGE_NAMES = ("pagename", "fullpagename", "subpagename", "basepagename")
_RECKONED = ("#", "defaultsort:", "displaytitle:", "int:", "ns:", "urlencode:")
_CODE = frozenset(("code", "tt", "mono", "codett", "kbd", "key", "var", "samp"))
_NAME = re.compile(r"[^|\[\]{}<>\n\ue020]{1,60}+")
_OWN = {"!": "|", "=": "=", "(": "{", ")": "}", "·": "·", "•": "•", "-": "\n", "clear": ""}


@dataclass(slots=True)
class _Open:
    """A template that is being read; `size` is the number of its braces."""

    size: int = 0
    start: int = 0
    pieces: list[str] = field(default_factory=list)


def without_templates(text: str, page: WikiPage, first_line: int) -> str:
    """The text with what each template stands for, the innermost first. Lines may get fewer."""
    frames = [_Open()]
    places = Lines(text, first_line)
    at = 0
    for found in _BRACES.finditer(text):
        frames[-1].pieces.append(text[at : found.start()])
        at = found.end()
        size = found.end() - found.start()
        if found[0].startswith("{"):
            _begin(frames, size, found.start())
        else:
            _end(frames, size, page, places)
    frames[-1].pieces.append(text[at:])
    while len(frames) > 1:
        top = frames.pop()
        frames[-1].pieces += ["{" * top.size, *top.pieces]
    return "".join(frames[0].pieces)


def _begin(frames: list[_Open], size: int, start: int) -> None:
    """Three braces are a parameter's, any other number those of templates within each other."""
    parameter = size == _PARAMETER
    while size > 1 and len(frames) <= _MAX_DEPTH:
        frames.append(_Open(_PARAMETER if parameter else _TEMPLATE, start))
        size -= frames[-1].size
    frames[-1].pieces.append("{" * size)


def _end(frames: list[_Open], size: int, page: WikiPage, places: Lines) -> None:
    while size > 1 and len(frames) > 1:
        top = frames.pop()
        inside = "".join(top.pieces)
        if top.size == _PARAMETER and size >= _PARAMETER:
            frames[-1].pieces.append(inside.partition("|")[2])
            size -= _PARAMETER
            continue
        frames[-1].pieces += [
            "{" * (top.size - _TEMPLATE),
            _template(inside, page, places.of(top.start)),
        ]
        size -= _TEMPLATE
    frames[-1].pieces.append("}" * size)


def _template(inside: str, page: WikiPage, line: int) -> str:
    name, *rest = _arguments(inside)
    low = " ".join(name.replace("_", " ").split()).lower()
    plain, named = _values(rest)
    if low in _OWN:
        return _OWN[low]
    if low in _PAGE_NAMES:
        return page.notes.variables.get("title", "")
    if low in _BOXES:
        return _box(_BOXES[low], plain, named, page, line)
    if low in _CODE and plain:
        return page.kept.keep(code_span(plain[0].strip()))
    return _text_of(low, inside, (plain, named), page, line)


def _text_of(
    low: str, inside: str, values: tuple[list[str], dict[str, str]], page: WikiPage, line: int
) -> str:
    """What is said in a template that nobody knows; it is told."""
    plain, named = values
    if low.startswith(_RECKONED):
        page.notes.lose(line, f"{{{{{inside}}}}}", "the wiki reckons it")
        return ""
    if low == "lang" and len(plain) > 1:
        return plain[1]
    page.notes.lose(line, f"{{{{{inside}}}}}", "a template of the wiki; its text is kept")
    if plain or not named:
        return " ".join(value.strip() for value in plain if value.strip())
    filled = ((key, value.strip()) for key, value in named.items() if value.strip())
    return "\n" + "\n".join(f"* '''{key}''': {value}" for key, value in filled) + "\n"


def _box(kind: str, plain: list[str], named: dict[str, str], page: WikiPage, line: int) -> str:
    said = (*plain, named.get("text", ""), named.get("1", ""))
    text = next((value.strip() for value in said if value.strip()), "")
    made = alert(kind, named.get("title", ""), page.blocks(text, page, line))
    return f"\n{BLOCK}{page.kept.keep(page.kept.restored(made))}\n" if made else ""


def _arguments(inside: str) -> list[str]:
    """The parts between bars; a link's own bar is none."""
    shielded = _LINKS.sub(lambda found: found[0].replace("|", "\ue023"), inside)
    return [piece.replace("\ue023", "|") for piece in shielded.split("|")]


def _values(parts: list[str]) -> tuple[list[str], dict[str, str]]:
    plain: list[str] = []
    named: dict[str, str] = {}
    for part in parts:
        key, sign, value = part.partition("=")
        is_named = sign and _NAME.fullmatch(key.strip())
        if is_named and not key.strip().isdecimal():
            named[key.strip()] = value
        else:
            plain.append(value if is_named else part)
    return plain, named
