"""The macros in a snippet: fill-ins become fields, dates ours, other snippets their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cannery.exchange.asked import AskedFields, choice_field
from cannery.exchange.body import Code, Piece, Text
from cannery.exchange.dates import has_time, is_time, known_form, moment_output, shifted_output
from cannery.model.entry import Field

_DATE = r"%(?:1?[dHIMme]|[YyBbaASpj])"
_MACRO = re.compile(
    r"%fill(?P<fill>text|area|popup|part|date|top)(?P<options>:[^%\n]{0,2000})?%"
    r"|(?P<end>%fillpartend%)|%snippet:(?P<snippet>[^%\n]{1,80})%|(?P<clipboard>%clipboard(?:%(?![A-Za-z@|%]))?)"
    r"|%key:(?P<key>[a-z]{1,12})%|(?P<cursor>%\|)|%@(?P<shift>[+-]\d{1,4})(?P<unit>[A-Za-z])"
    rf"|(?P<date>{_DATE}(?:[ ,./:\-年月日時分]{{0,3}}{_DATE}){{0,8}})"
    r"|(?P<percent>%%)|%(?P<selected>[<>^v])"
)
_DEEPEST = 5  # a snippet in a snippet
_KEYS = {"enter": "\n", "return": "\n", "tab": "\t", "space": " "}
_UNITS = {"D": "d", "W": "w", "M": "m", "Y": "y"}
_ASKED = "it is asked for"


@dataclass(slots=True)
class Scope:
    """What the pieces of one snippet share. `shift` is what later dates are reckoned by."""

    asked: AskedFields
    snippets: Mapping[str, str]
    losses: list[tuple[str, str]] = field(default_factory=list)
    shift: tuple[int, str] | None = None
    depth: int = 0


def pieces_of(text: str, scope: Scope) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for match in _MACRO.finditer(text):
        pieces.append(Text(text[at : match.start()]))
        kind = match.lastgroup or ""
        pieces += _MAKERS[kind](match, scope)
        at = match.end()
    return [*pieces, Text(text[at:])]


def balanced(pieces: Sequence[Piece], scope: Scope) -> list[Piece]:
    """The pieces with an end for each optional part, and no end without a beginning."""
    open_parts = 0
    kept: list[Piece] = []
    for piece in pieces:
        is_end = isinstance(piece, Code) and piece.liquid == "{% endif %}"
        if is_end and not open_parts:
            scope.losses.append(("%fillpartend%", "an end of an optional part that none began"))
            continue
        open_parts += isinstance(piece, Code) and piece.liquid.startswith("{% if ")
        open_parts -= is_end
        kept.append(piece)
    return [*kept, *[Code("{% endif %}")] * open_parts]


def _options(match: re.Match[str]) -> list[tuple[str, str]]:
    """`:name=x:default=y:z` as pairs; a value without a name is a choice."""
    pairs = []
    for one in (match["options"] or "").split(":")[1:]:
        name, sign, value = one.partition("=")
        pairs.append((name, value) if sign else ("", name))
    return pairs


def _fill(match: re.Match[str], scope: Scope) -> list[Piece]:
    kind, options = match["fill"], _options(match)
    said = {name: value for name, value in reversed(options) if name}
    name, default = said.get("name", "").strip(), said.get("default", "")
    if kind == "top":  # a title of the form
        return []
    key = f"{kind}:{name or match[0]}"
    made = Field(name or "value", name)
    if kind == "part":
        is_on = default.strip().lower() in {"yes", "on", "true", "1"}
        made = Field(name or "part", name, type="yesno", default="yes" if is_on else "no")
        variable = scope.asked.output(key, replace(made, required=False)).strip("{} ")
        return [Code(f"{{% if {variable} %}}")]
    if kind == "popup":
        values = [(value, value) for name, value in options if name in {"", "default"}]
        chosen = choice_field(name or "choice", values, default)
        return [Code(scope.asked.output(key, replace(chosen, label=name)))]
    types = {"text": "text", "area": "multiline", "date": "date"}
    proposed = default or None
    if kind == "date":
        proposed = None
    made = Field(made.name, name, type=types[kind], default=proposed, required=proposed is None)
    return [Code(scope.asked.output(key, made))]


def _end(_: re.Match[str], __: Scope) -> list[Piece]:
    return [Code("{% endif %}")]


def _snippet(match: re.Match[str], scope: Scope) -> list[Piece]:
    name = match["snippet"].strip()
    text = scope.snippets.get(name)
    if text is None or scope.depth >= _DEEPEST:
        scope.losses.append((match[0], f"a snippet that is not in the file: {_ASKED}"))
        return [Code(scope.asked.output(f"snippet:{name}", Field(name, name, type="multiline")))]
    scope.depth += 1
    pieces = pieces_of(text, scope)
    scope.depth -= 1
    return pieces


def _clipboard(match: re.Match[str], scope: Scope) -> list[Piece]:
    scope.losses.append((match[0], f"what is on the clipboard: {_ASKED}"))
    return [Code(scope.asked.output("clipboard", Field("clipboard", type="multiline")))]


def _key(match: re.Match[str], scope: Scope) -> list[Piece]:
    if text := _KEYS.get(match["key"]):
        return [Text(text)]
    scope.losses.append((match[0], "a key that is pressed"))
    return []


def _cursor(_: re.Match[str], __: Scope) -> list[Piece]:
    return [Code("{{ cursor }}")]


def _shift(match: re.Match[str], scope: Scope) -> list[Piece]:
    """What later dates are reckoned by; hours and minutes can't be."""
    unit = _UNITS.get(match["unit"].upper() if match["unit"] in "dwy" else match["unit"], "")
    if not unit:
        scope.losses.append((match[0], "hours from now"))
    scope.shift = (int(match["shift"]), unit)
    return []


def _date(match: re.Match[str], scope: Scope) -> list[Piece]:
    form = known_form(re.sub(r"%1(?=[A-Za-z])", "%-", match["date"]))
    amount, unit = scope.shift or (0, "d")
    is_ahead = amount != 0 and not (unit and is_time(form or ""))
    if form is None or (is_ahead and (has_time(form) or not unit)):
        scope.losses.append((match[0], f"a date that can't be reckoned here: {_ASKED}"))
        return [Code(scope.asked.output(f"date:{match[0]}", Field("date")))]
    if is_ahead:
        return [Code(shifted_output(scope.asked, f"date {amount}{unit}", amount, unit, form))]
    return [Code(moment_output(form))]


def _percent(_: re.Match[str], __: Scope) -> list[Piece]:
    return [Text("%")]


def _selected(match: re.Match[str], scope: Scope) -> list[Piece]:
    scope.losses.append((match[0], "a move of the cursor"))
    return []


_MAKERS: Mapping[str, Callable[[re.Match[str], Scope], list[Piece]]] = {
    "fill": _fill,
    "options": _fill,
    "end": _end,
    "snippet": _snippet,
    "clipboard": _clipboard,
    "key": _key,
    "cursor": _cursor,
    "unit": _shift,
    "date": _date,
    "percent": _percent,
    "selected": _selected,
}
