"""Intercom's placeholders: `{{user.name|fallback:"there"}}`, which HTML has as `<attribute>`."""

from __future__ import annotations

import re
from functools import partial
from html import escape

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.liquid_write import quoted
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Value
from cannery.util.charrefs import unescape

_ELEMENT = re.compile(
    r"<attribute(?=[\s/>])((?>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*))>(?:[ \t\r\n]*+</attribute>)?",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?<![^\s\"'])(key|default)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_UNQUOTABLE = re.compile(r"[{}\"]")


def without_elements(html: str) -> str:
    """The HTML with each `<attribute>` as the text would have it."""
    return _ELEMENT.sub(_as_text, html)


def _as_text(element: re.Match[str]) -> str:
    values = {
        match[1].lower(): unescape(match[2] or match[3] or "")
        for match in _ATTRIBUTE.finditer(element[1])
    }
    key = _UNQUOTABLE.sub("", values.get("key", ""))
    default = _UNQUOTABLE.sub(lambda sign: "”" if sign[0] == '"' else "", values.get("default", ""))
    fallback = f'|fallback:"{default}"' if default else ""
    return escape(f"{{{{{key}{fallback}}}}}")


def write(value: Value) -> str:
    """`{{user.name|fallback:"there"}}`. Raises ValueError for filters."""
    refuse_more(value._replace(fallback=None))
    fallback = "" if value.fallback is None else f"|fallback:{quoted(value.fallback)}"
    return f"{{{{{value.head}{fallback}}}}}"


DIALECT = Dialect("Intercom", "{{name}}", partial(liquid_marks.parse, fills_code=True), write)
