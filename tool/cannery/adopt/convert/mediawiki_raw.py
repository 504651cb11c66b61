"""What in MediaWiki's text is no wiki text, or stands for something else: code, footnotes, comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cannery.adopt.convert.mediawiki_inline import BLOCK, WikiPage
from cannery.adopt.convert.shapes import code_span, dedented, fence
from cannery.adopt.convert.wiki import escaped
from cannery.util.charrefs import unescape
from cannery.util.spans import Lines, between

_CODE = [
    "nowiki",
    "pre",
    "syntaxhighlight",
    "source",
    "math",
    "code",
    "tt",
    "gallery",
    "score",
    "timeline",
    "graph",
]
_NOTES = ["ref", "references"]
_RAW = re.compile(
    rf"<(?P<name>{'|'.join(_CODE)})\b(?P<words>[^<>]{{0,300}}?)(?P<alone>/?)>", re.IGNORECASE
)
_REF = re.compile(
    r"<(?P<name>references|ref)\b(?P<words>[^<>]{0,300}?)(?P<alone>/?)>", re.IGNORECASE
)
_ENDS = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in (*_CODE, *_NOTES)}
_LANGUAGE = re.compile(r"\blang\s{0,9}=\s{0,9}[\"']?([\w#+.-]{1,40})")
_REFERENCE = re.compile(
    r"\bname\s{0,9}=\s{0,9}(?:\"([^\"]{1,100})\"|'([^']{1,100})'|([^\s\"'/]{1,100}))"
)
_QUOTES = re.compile(r"'{2,5}")
_GONE = re.compile(
    r"</?(?:translate|languages|onlyinclude|includeonly|tvar|section)\b[^<>]{0,200}>", re.IGNORECASE
)
_UNSEEN = re.compile(r"<!--T:\d{1,9}-->[ \t]?")


def without_raw(text: str, page: WikiPage, first_line: int) -> str:
    """The text without comments, with marks for code and the like. Lines stay where they are."""
    return _marked(_without_comments(_GONE.sub("", _UNSEEN.sub("", text))), _RAW, page, first_line)


def without_references(text: str, page: WikiPage, first_line: int) -> str:
    """The text with marks for its footnotes, whose texts the page has."""
    return _marked(text, _REF, page, first_line)


def _marked(text: str, pattern: re.Pattern[str], page: WikiPage, first_line: int) -> str:
    made: list[str] = []
    lines = Lines(text, first_line)
    unclosed: set[str] = set()
    at = 0
    while found := pattern.search(text, at):
        name = found["name"].lower()
        made.append(text[at : found.start()])
        at = found.end()
        if found["alone"]:
            made.append(_alone(name, found["words"], page))
            continue
        end = None if name in unclosed else _ENDS[name].search(text, at)
        if end is None:
            unclosed.add(name)
            made.append(found[0] if name != "references" else "")
            continue
        line = lines.of(found.start())
        made.append(_MAKERS[name](text[at : end.start()], found["words"], page, line))
        at = end.end()
        made.append(
            "\n" * (text.count("\n", found.start(), at) if made[-1].startswith(BLOCK) else 0)
        )
    return "".join([*made, text[at:]])


def _without_comments(text: str) -> str:
    made: list[str] = []
    at = 0
    for start, end in between(text, {"<!--": "-->"}):
        made += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join([*made, text[at:]])


def _alone(name: str, words: str, page: WikiPage) -> str:
    if name != "ref":
        return ""
    named = _name(words)
    return page.kept.keep(f"[^{_number(named, page)}]") if named else ""


def _name(words: str) -> str:
    found = _REFERENCE.search(words)
    return next((group for group in found.groups() if group), "").strip() if found else ""


def _number(named: str, page: WikiPage) -> int:
    """The number of a footnote, by its name if it has one."""
    number = page.references.get(named) if named else None
    if number is None:
        number = len(page.references) + 1
        page.references[named or f"\0{number}"] = number
    return number


def _reference(inside: str, words: str, page: WikiPage, line: int) -> str:
    number = _number(_name(words), page)
    if inside.strip():
        page.footnotes[number] = page.inline(" ".join(inside.split()), line)
    return page.kept.keep(f"[^{number}]")


def _references(inside: str, words: str, page: WikiPage, line: int) -> str:
    """A list of footnotes that are used elsewhere: what is in it is shown there."""
    without_references(inside, page, line)
    return ""


def _nowiki(inside: str, words: str, page: WikiPage, line: int) -> str:
    return page.kept.keep(escaped(inside))


def _block(inside: str, words: str, page: WikiPage, line: int) -> str:
    found = _LANGUAGE.search(words)
    language = found[1] if found else ""
    code = inside.strip("\n")
    if re.search(r"\binline\b", words) and "\n" not in code:
        return page.kept.keep(code_span(code))
    return f"{BLOCK}{page.kept.keep(fence(code.rstrip(), language))}"


def _pre(inside: str, words: str, page: WikiPage, line: int) -> str:
    plain = inside.replace("<nowiki>", "").replace("</nowiki>", "")
    return _block(unescape(plain), "", page, line)


def _code(inside: str, words: str, page: WikiPage, line: int) -> str:
    plain = inside.replace("<nowiki>", "").replace("</nowiki>", "")
    plain = unescape(_QUOTES.sub("", plain)).strip("\n")
    if "\n" in plain:
        return f"{BLOCK}{page.kept.keep(fence(dedented(plain)))}"
    return page.kept.keep(code_span(plain))


def _math(inside: str, words: str, page: WikiPage, line: int) -> str:
    page.notes.lose(line, f"<math>{inside}", "it is code now: an entry typesets no formulas")
    return page.kept.keep(code_span(inside))


def _gallery(inside: str, words: str, page: WikiPage, line: int) -> str:
    rows = [row.strip() for row in inside.split("\n") if row.strip()]
    pictures = (row if ":" in row.partition("|")[0] else f"File:{row}" for row in rows)
    return "\n" + "\n".join(f"* [[{row}]]" for row in pictures) + "\n"


def _lost(inside: str, words: str, page: WikiPage, line: int) -> str:
    page.notes.lose(line, inside, "an extension of the wiki draws it")
    return f"{BLOCK}{page.kept.keep(fence(inside.strip(chr(10))))}"


_MAKERS: Mapping[str, Callable[[str, str, WikiPage, int], str]] = {
    "nowiki": _nowiki,
    "pre": _pre,
    "syntaxhighlight": _block,
    "source": _block,
    "math": _math,
    "code": _code,
    "tt": _code,
    "gallery": _gallery,
    "score": _lost,
    "timeline": _lost,
    "graph": _lost,
    "ref": _reference,
    "references": _references,
}
