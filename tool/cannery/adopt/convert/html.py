"""Elements of HTML within Markdown -> our Markdown, which shows raw HTML as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import (
    code_span,
    dedented,
    details,
    fence,
    indented,
    link,
    one_line,
    picture,
    quoted,
    table,
)
from cannery.content.markup import is_active_address
from cannery.util.charrefs import unescape

_ROW, _CELL, _HEAD, _SUMMARY = "\ue010", "\ue011", "\ue012", "\ue013"
_SIGNS = re.compile("[\ue010-\ue013]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-(?:source-)?)?([\w#+.-]{1,40})(?=\s|$)"
)
_ID = re.compile(r"[\w:.-]{1,200}")
_BETWEEN = re.compile(r"(?<!\n)\n{2,}+(?=- )")
_MAX_DIGITS = 8
_NO_HTML = "an entry has no such HTML; its text is kept"
_GONE = "an entry can't have it"


def _plain(element: Element, notes: Notes) -> str:
    """A wrapper that says nothing of its own, but that what is in it stands apart."""
    return (
        element.inner if element.is_block or not element.inner.strip() else f"\n{element.inner}\n"
    )


def _list(element: Element, notes: Notes) -> str:
    return _BETWEEN.sub("\n", element.inner).strip("\n")


def _dropped(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, _GONE)
    return ""


def _marked(sign: str) -> Callable[[Element, Notes], str]:
    def make(element: Element, notes: Notes) -> str:
        inside = element.inner.strip()
        if not inside or "\n\n" in inside:
            return element.inner
        begin = element.inner[: len(element.inner) - len(element.inner.lstrip())]
        end = element.inner[len(element.inner.rstrip()) :]
        return f"{begin}{sign}{inside}{sign}{end}"

    return make


def _code(element: Element, notes: Notes) -> str:
    return code_span(unescape(_TAG.sub("", element.inner)))


def _as_it_is(element: Element, notes: Notes) -> str:
    """Of the few elements that an entry may have; none of them has attributes."""
    if element.name in {"br", "wbr"}:
        return "<br>" if element.name == "br" else ""
    return f"<{element.name}>{element.inner}</{element.name}>" if element.has_inner else ""


def _link(element: Element, notes: Notes) -> str:
    """A link, or the name of a place, which links of the page lead to."""
    target = notes.filled(element.attributes.get("href", element.attributes.get("to", "")))
    name = element.attributes.get("id", element.attributes.get("name", ""))
    if not target and name and not element.inner.strip():
        return f'<a id="{name}"></a>' if re.fullmatch(r"[\w:.-]+", name) else ""
    if is_active_address(target):
        notes.lose(element.line, element.source, "the address runs a script")
        return element.inner
    if target.startswith("{"):
        notes.lose(element.line, element.source, "the address is made by a script")
        return element.inner
    if not element.inner.strip():
        return ""
    if not target:
        notes.lose(element.line, element.source, "a link leads to a heading, not into a text")
    return link(element.inner, notes.target(target), element.attributes.get("title", ""))


def _picture(element: Element, notes: Notes) -> str:
    attributes = element.attributes
    source = notes.filled(attributes.get("src", ""))
    if not source or source.startswith("{") or is_active_address(source):
        notes.lose(element.line, element.source, "the image has no address of its own")
        return one_line(attributes.get("alt", ""))
    return picture(attributes.get("alt", ""), notes.target(source), attributes.get("title", ""))


def _player(element: Element, notes: Notes) -> str:
    """A video, or a page within the page: a link to it."""
    target = element.attributes.get("src", element.attributes.get("data", ""))
    notes.lose(element.line, element.source, "it is a link now: an entry plays nothing")
    if not target or target.startswith("{") or is_active_address(target):
        return element.inner
    return link(element.attributes.get("title", ""), notes.target(target))


def _heading(element: Element, notes: Notes) -> str:
    if not element.is_block:
        return f"**{element.inner.strip()}**" if element.inner.strip() else ""
    id_ = element.attributes.get("id", "")
    behind = f" {{#{id_}}}" if re.fullmatch(r"[\w:.-]+", id_) else ""
    text = one_line(element.inner)
    return f"{'#' * int(element.name[1])} {text}{behind}" if text else ""


def _pre(element: Element, notes: Notes) -> str:
    raw = element.attributes.get("", "")
    opening = re.match(r"\s*<code\b([^<>]{0,500})>", raw)
    named = re.search(r"class(?:Name)?=[\"']([^\"'<>]{0,200})", opening[1]) if opening else None
    language = _LANGUAGE.search(named[1]) if named else None
    code = unescape(_TAG.sub("", re.sub(r"<br\s*/?>", "\n", raw))).strip("\n")
    if not element.is_block:
        notes.lose(element.line, element.source, "it is code in a line now")
        return code_span(code)
    return fence(dedented(code) if code.startswith(" ") else code, language[1] if language else "")


def _item(element: Element, notes: Notes) -> str:
    """An item; the list that it is in makes it a numbered one."""
    inside = dedented(element.inner, first=element.is_block)
    made = f"- {indented(inside, '  ').lstrip()}" if inside.strip() else ""
    return made if element.is_block else f"\n{made}\n"


def _numbered(element: Element, notes: Notes) -> str:
    start = element.attributes.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) <= _MAX_DIGITS else 1
    lines: list[str] = []
    width = 2
    for line in _list(element, notes).split("\n"):
        if line.startswith("- "):
            lines.append(f"{number}. {line[2:]}")
            width = len(str(number)) + 2
            number += 1
        else:
            lines.append(f"{' ' * (width - 2)}{line}" if line.startswith("  ") else line)
    return "\n".join(lines)


def _term(element: Element, notes: Notes) -> str:
    made = f"**{element.inner.strip()}**" if element.inner.strip() else ""
    return made if element.is_block else f"\n\n{made}\n"


def _cell(element: Element, notes: Notes) -> str:
    if {"rowspan", "colspan"} & {name.lower() for name in element.attributes}:
        notes.lose(element.line, element.source, "a cell has one row and one column")
    sign = _HEAD if element.name == "th" else _CELL
    return f"{sign}{element.inner.strip()}"


def _row(element: Element, notes: Notes) -> str:
    return f"{_ROW}{element.inner.strip()}"


def _table(element: Element, notes: Notes) -> str:
    before, *rows = element.inner.split(_ROW)
    cells = [re.split(f"[{_CELL}{_HEAD}]", row)[1:] for row in rows]
    cells = [row for row in cells if row]
    if not cells:
        return _SIGNS.sub(" ", element.inner)
    if any("```" in cell or "\n- " in cell for row in cells for cell in row):
        notes.lose(element.line, "a table with blocks in its cells", "a cell is one line")
    has_head = _HEAD in rows[0]
    caption = _SIGNS.sub("", before).strip()
    made = table(cells, has_head=has_head)
    return f"{caption}\n\n{made}" if caption else made


def _summary(element: Element, notes: Notes) -> str:
    return f"{_SUMMARY}{one_line(element.inner)}{_SUMMARY}"


def _details(element: Element, notes: Notes) -> str:
    if not element.has_inner:
        return ""
    before, sign, rest = element.inner.partition(_SUMMARY)
    title, _, inner = rest.partition(_SUMMARY) if sign else ("", "", before)
    return details(title or "…", dedented(inner), is_open="open" in element.attributes)


def _quote(element: Element, notes: Notes) -> str:
    return quoted(element.inner) if element.is_block else element.inner


def _caption(element: Element, notes: Notes) -> str:
    inside = element.inner.strip()
    return f"*{inside}*" if inside and "\n\n" not in inside else element.inner


def _rule(element: Element, notes: Notes) -> str:
    return "---" if element.is_block else ""


def _looks(element: Element, notes: Notes) -> str:
    id_ = element.attributes.get("id", "")
    if not element.inner.strip() and _ID.fullmatch(id_):
        return f'<a id="{id_}"></a>'
    notes.lose(element.line, element.source, _NO_HTML)
    return element.inner


def _rows(
    names: str, make: Callable[[Element, Notes], str], *, inline: bool = False
) -> Mapping[str, Rule]:
    return {name: Rule(make, is_inline=inline) for name in names.split()}


HTML_RULES: Mapping[str, Rule] = {
    **_rows("b strong", _marked("**"), inline=True),
    **_rows("i em cite dfn var", _marked("*"), inline=True),
    **_rows("s del strike", _marked("~~"), inline=True),
    **_rows("code tt samp", _code, inline=True),
    **_rows("kbd sub sup br wbr", _as_it_is, inline=True),
    **_rows("a", _link, inline=True),
    **_rows("img", _picture, inline=True),
    **_rows("span font small big u ins mark abbr acronym time q label bdo noscript", _looks, inline=True),
    **_rows("div p center section article main header footer nav aside figure hgroup", _plain),
    **_rows("picture", _plain),
    **_rows("address body html thead tbody tfoot dl dd fieldset", _plain),
    **_rows("ul menu", _list),
    **_rows("iframe video audio embed object", _player),
    **_rows("h1 h2 h3 h4 h5 h6", _heading),
    **_rows("li", _item),
    **_rows("ol", _numbered),
    **_rows("dt", _term),
    **_rows("td th", _cell),
    **_rows("tr", _row),
    **_rows("table", _table),
    **_rows("summary", _summary),
    **_rows("details", _details),
    **_rows("blockquote", _quote),
    **_rows("figcaption caption legend", _caption),
    **_rows("pre", _pre),
    **_rows("hr", _rule),
    **_rows("script style svg math textarea form input select button source track link meta", _dropped),
}  # fmt: skip


def without_signs(text: str) -> str:
    """The text without the signs of cells that are in no table."""
    return _SIGNS.sub(" ", text)


def html_rule(name: str) -> Rule:
    """The rule of an element of HTML, whose name is in small letters."""
    return HTML_RULES.get(name, Rule(_looks))
