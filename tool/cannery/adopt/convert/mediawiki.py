"""MediaWiki's text -> our Markdown: its blocks; what is in a line is `mediawiki_inline.py`'s."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from cannery.adopt.convert.begins import escaped_begin
from cannery.adopt.convert.dialect import Dialect, convert_text
from cannery.adopt.convert.mediawiki_inline import WikiPage
from cannery.adopt.convert.mediawiki_raw import without_raw, without_references
from cannery.adopt.convert.mediawiki_table import TableLine, table_of
from cannery.adopt.convert.mediawiki_templates import without_templates
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import dedented, fence
from cannery.adopt.convert.wiki import Item, Line, list_of, tidied, without_marks
from cannery.content.split import line_feeds

_HEADING = re.compile(r"(={1,6})(?!=)([^\n]*?[^=\n])(={1,6})[ \t]*+$")
_SIGNS = re.compile(r"[*#:;]{1,12}+")
_RULE = re.compile(r"-{4,}")
_BLOCK_MARK = re.compile(r"[ \t]*+\ue022\ue020\d{1,7}\ue021[ \t]*+$")
_SWITCH = re.compile(r"__[A-Z]{3,30}__")


def convert_mediawiki(text: str, notes: Notes, first_line: int = 1) -> str:
    """A page's text as Markdown; categories are told by `categories_of`."""
    page = WikiPage(notes, _part)
    source = without_raw(without_marks(line_feeds(text)), page, first_line)
    source = without_templates(source, page, first_line)
    parts = [_part(without_references(source, page, first_line), page, first_line)]
    parts += [f"[^{number}]: {note}" for number, note in sorted(page.footnotes.items())]
    made = page.kept.restored("\n\n".join(part for part in parts if part)) + "\n"
    html = Notes(notes.page, resolve=notes.resolve)
    made = convert_text(made, Dialect(), html)
    for loss in html.losses:
        notes.lose(0, loss.what, loss.why)
    return tidied(made)


def _part(text: str, page: WikiPage, line: int) -> str:
    lines = [Line(number, one) for number, one in enumerate(text.split("\n"), line)]
    return "\n\n".join(part for part in _parts(lines, page) if part.strip())


def _parts(lines: Sequence[Line], page: WikiPage) -> Iterator[str]:
    """The blocks of a page; a table goes on to its end, whatever is in it."""
    at = 0
    plain: list[Line] = []
    while at < len(lines):
        if lines[at].text.lstrip(" :*#").startswith("{|"):
            yield from _blocks(plain, page)
            plain = []
            table = [TableLine(*line) for line in _table_lines(lines, at)]
            yield table_of(table, page)
            at += len(table)
        else:
            plain.append(lines[at])
            at += 1
    yield from _blocks(plain, page)


def _table_lines(lines: Sequence[Line], first: int) -> Sequence[Line]:
    """The lines from the beginning of a table to its end, or to that of the page."""
    depth = 0
    for at in range(first, len(lines)):
        text = lines[at].text.lstrip(" :*#")
        depth += text.startswith("{|") - text.startswith("|}")
        if depth <= 0:
            return lines[first : at + 1]
    return lines[first:]


def _blocks(lines: Sequence[Line], page: WikiPage) -> Iterator[str]:
    for kind, group in groupby(lines, key=lambda line: _kind(line.text)):
        if kind:
            yield _MAKERS[kind](list(group), page)


def _kind(line: str) -> str:
    """What a line is by its beginning; nothing for a blank one."""
    if not line.strip():
        return ""
    if _BLOCK_MARK.match(line):
        return "kept"
    if line[0] in "*#:;":
        return "list"
    if _HEADING.match(line):
        return "heading"
    if _RULE.match(line):
        return "rule"
    return "code" if line[0] == " " else "text"


def _heading(lines: Sequence[Line], page: WikiPage) -> str:
    made = []
    for line in lines:
        if found := _HEADING.match(line.text):
            level = min(len(found[1]), len(found[3]))
            text = page.inline(found[2].strip(), line.number)
            made.append(f"{'#' * level} {text}" if text else "")
    return "\n\n".join(part for part in made if part)


def _list(lines: Sequence[Line], page: WikiPage) -> str:
    """Items by their signs; a term is bold, and what is only indented is a part of a list or text."""
    parts: list[str] = []
    items: list[Item] = []
    for line in lines:
        found = _SIGNS.match(line.text)
        signs, text = (found[0], line.text[found.end() :].strip()) if found else ("", line.text)
        if not {*signs} & {"*", "#"}:
            parts += [list_of(items)] if items else []
            items = []
            parts.append(_indented(signs, text, line, page))
            continue
        made = page.kept.restored(page.inline(text, line.number)).strip()
        is_more = signs.endswith(":") and items
        if is_more:
            before = items.pop()
            items.append(replace(before, text=f"{before.text}\n\n{escaped_begin(made)}"))
        else:
            items.append(
                Item(len(signs), is_numbered=signs.endswith("#"), text=escaped_begin(made))
            )
    parts += [list_of(items)] if items else []
    return page.kept.keep("\n\n".join(part for part in parts if part))


def _indented(signs: str, text: str, line: Line, page: WikiPage) -> str:
    """A term, which may be followed by what it means, or an indented text."""
    if signs.endswith(";"):
        term, colon, meaning = text.partition(" : ")
        head = f"**{page.kept.restored(page.inline(term.strip(), line.number))}**" if term else ""
        if not colon:
            return head
        return f"{head}\n\n{page.kept.restored(page.inline(meaning.strip(), line.number))}"
    return escaped_begin(page.kept.restored(page.inline(text, line.number)))


def _paragraph(lines: Sequence[Line], page: WikiPage) -> str:
    text = "\n".join(line.text.strip() for line in lines)
    for switch in _SWITCH.findall(text):
        page.notes.lose(lines[0].number, switch, "a setting of the wiki's page")
    return escaped_begin(page.inline(_SWITCH.sub("", text), lines[0].number)).strip("\n")


def _kept(lines: Sequence[Line], page: WikiPage) -> str:
    return "\n\n".join(line.text.strip().replace("\ue022", "") for line in lines)


def _code(lines: Sequence[Line], page: WikiPage) -> str:
    text = "\n".join(line.text[1:] for line in lines)
    if "\ue020" in text or "[[" in text or "'''" in text:
        return _paragraph(lines, page)
    return page.kept.keep(fence(dedented(text)))


def _rule(lines: Sequence[Line], page: WikiPage) -> str:
    return "---"


_MAKERS: Mapping[str, Callable[[Sequence[Line], WikiPage], str]] = {
    "code": _code,
    "heading": _heading,
    "kept": _kept,
    "list": _list,
    "rule": _rule,
    "text": _paragraph,
}
