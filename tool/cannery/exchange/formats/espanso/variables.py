"""The text of a match with its variables: values of ours, fields to be asked for, or losses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cannery.exchange.asked import AskedFields, choice_field
from cannery.exchange.body import Code, Piece, Text
from cannery.exchange.dates import has_time, known_form, moment_output, shifted_output
from cannery.model.entry import Field
from cannery.model.loss import Loss

_PIECE = re.compile(
    r"\{\{[ \t]{0,9}(?P<name>\w{1,80})(?:\.(?P<part>\w{1,80}))?[ \t]{0,9}\}\}"
    r"|(?P<cursor>\$\|\$)|(?P<form>\[\[(?P<asked>[^\[\]\n]{1,80})\]\])|\\(?P<brace>[{}\[\]]){2}"
)
_LABELLED = re.compile(r"([^\[\]\n]{0,60})\[\[([^\[\]\n]{1,80})\]\]")
_ESCAPED = re.compile(r"\\([{}\[\]])")
_DAY = 86_400  # seconds
_DEEPEST = 6  # a match in a match, a variable in a variable
_SHOWN = 80
_OURS = frozenset(("agent", "kb", "ticket"))

_Data = Mapping[str, Any]


class Variables(NamedTuple):
    """Variables by name, and matches by trigger."""

    by_name: Mapping[str, _Data]
    matches: Mapping[str, _Data]
    form_fields: Mapping[str, Any] = {}

    def of(self, match: _Data) -> Variables:
        """Those that a match may use: its own come first."""
        own = {
            str(one["name"]): one
            for one in (match.get("vars") or [])
            if isinstance(one, dict) and one.get("name")
        }
        fields = match.get("form_fields")
        form_fields = fields if isinstance(fields, dict) else {}
        return Variables({**self.by_name, **own}, self.matches, form_fields)


@dataclass(slots=True)
class Scope:
    """What the pieces of one reply share."""

    variables: Variables
    asked: AskedFields
    path: str
    line: int
    depth: int = 0
    losses: list[Loss] = field(default_factory=list)

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(self.path, self.line, what[:_SHOWN], why))


def pieces_of(text: str, scope: Scope, *, is_form: bool = False) -> list[Piece]:
    """The pieces of a text; in a form `[[name]]` asks for a value."""
    pieces: list[Piece] = []
    at = 0
    for match in _PIECE.finditer(text):
        if match["form"] and not is_form:
            continue
        pieces.append(Text(_ESCAPED.sub(r"\1", text[at : match.start()])))
        pieces += _piece(match, scope)
        at = match.end()
    return [*pieces, Text(_ESCAPED.sub(r"\1", text[at:]))]


def _piece(match: re.Match[str], scope: Scope) -> list[Piece]:
    if match["cursor"]:
        return [Code("{{ cursor }}")]
    if match["brace"]:
        return [Text(_ESCAPED.sub(r"\1", match[0]))]
    if match["form"]:
        form = Form("", scope.variables.form_fields, {})
        return [Code(_form_field(match["asked"].strip(), form, scope))]
    return _value(match["name"], match["part"] or "", match[0], scope)


def _value(name: str, part: str, written: str, scope: Scope) -> list[Piece]:
    """The pieces that a variable stands for."""
    known = scope.variables.by_name.get(name)
    if known is None:
        if name in _OURS and part:
            return [Code(f"{{{{ {name}.{part} }}}}")]
        return [Code(scope.asked.output(f"{name}.{part}" if part else name, Field(part or name)))]
    params = known.get("params")
    params = params if isinstance(params, dict) else {}
    kind = str(known.get("type") or "")
    if kind == "form":
        return [Code(_form_field(part, _form(name, params), scope))]
    make = _KINDS.get(kind)
    if make is None or scope.depth >= _DEEPEST:
        scope.lose(written, f"a variable of the type {kind}: it is asked for")
        return [Code(scope.asked.output(name))]
    return make(name, params, scope)


def _date(name: str, params: _Data, scope: Scope) -> list[Piece]:
    form = known_form(str(params.get("format") or ""))
    if form is None:
        scope.lose(f"{name}: {params.get('format')}", "a form of dates that is not known here")
        form = ""
    seconds = _number(params.get("offset"))
    if not seconds:
        return [Code(moment_output(form))]
    if seconds % _DAY or has_time(form):
        scope.lose(f"{name}: {params.get('offset')}", "hours from now: the time is asked for")
        return [Code(scope.asked.output(name))]
    return [Code(shifted_output(scope.asked, name, seconds // _DAY, "d", form))]


def _number(value: object) -> int:
    text = str(value or "0").strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0  # noqa: PLR2004 - digits of a number of seconds


def _echo(_: str, params: _Data, scope: Scope) -> list[Piece]:
    return _nested(str(params.get("echo") or ""), scope, is_form=False)


def _nested(text: str, scope: Scope, *, is_form: bool) -> list[Piece]:
    scope.depth += 1
    pieces = pieces_of(text, scope, is_form=is_form)
    scope.depth -= 1
    return pieces


def _random(name: str, params: _Data, scope: Scope) -> list[Piece]:
    scope.lose(f"{name}: random", "a text by chance: it is chosen")
    choices = params.get("choices")
    values = [(str(one), str(one)) for one in choices] if isinstance(choices, list) else []
    first = values[0][0] if values else ""
    return [Code(scope.asked.output(name, choice_field(name, values, first)))]


def _choice(name: str, params: _Data, scope: Scope) -> list[Piece]:
    values = _values(name, params.get("values"), scope)
    return [Code(scope.asked.output(name, choice_field(name, values)))]


def _values(name: str, values: object, scope: Scope) -> list[tuple[str, str]]:
    """The choices of a list, without those that a variable makes."""
    choices = [*_choices(values)]
    if any("{{" in value for value, _ in choices):
        scope.lose(f"{name}: {choices[0][0]}", "choices that are made by a variable")
    return [choice for choice in choices if "{{" not in choice[0]]


def _choices(values: object) -> Iterator[tuple[str, str]]:
    """Choices as a list of texts, of `label` and `id`, or as lines."""
    if isinstance(values, str):
        values = values.splitlines()
    for one in values if isinstance(values, list) else []:
        if isinstance(one, dict):
            yield str(one.get("id") or one.get("label") or ""), str(one.get("label") or "")
        elif isinstance(one, str):
            yield one, one


def _clipboard(name: str, _: _Data, scope: Scope) -> list[Piece]:
    scope.lose(f"{name}: clipboard", "what is on the clipboard: it is asked for")
    return [Code(scope.asked.output(name, Field(name, type="multiline")))]


def _command(name: str, params: _Data, scope: Scope) -> list[Piece]:
    """What a program prints: nothing of it is run, and nobody but its author knows what it says."""
    command = params.get("cmd") or params.get("args") or ""
    shown = " ".join(map(str, command)) if isinstance(command, list) else str(command)
    scope.lose(f"{name}: {shown}", "what a program prints: it is asked for")
    return [Code(scope.asked.output(name))]


def _match(name: str, params: _Data, scope: Scope) -> list[Piece]:
    """The text of another match, in its place."""
    trigger = str(params.get("trigger") or "")
    other = scope.variables.matches.get(trigger)
    text = other.get("replace") or other.get("markdown") if other else None
    if other is None or not isinstance(text, str):
        scope.lose(f"{name}: {trigger}", "a match that is not among the files: it is asked for")
        return [Code(scope.asked.output(name))]
    before = scope.variables
    scope.variables = before.of(other)
    pieces = _nested(text, scope, is_form=False)
    scope.variables = before
    return pieces


_KINDS: Mapping[str, Callable[[str, _Data, Scope], list[Piece]]] = {
    "date": _date,
    "echo": _echo,
    "random": _random,
    "choice": _choice,
    "clipboard": _clipboard,
    "shell": _command,
    "script": _command,
    "match": _match,
}


class Form(NamedTuple):
    """A form: its name, what it says of its fields, and what stands before them in its layout."""

    name: str
    fields: Mapping[str, Any]
    labels: Mapping[str, str]


def _form(name: str, params: _Data) -> Form:
    fields, layout = params.get("fields"), str(params.get("layout") or "")
    labels = {field.strip(): label.strip(" \t:：") for label, field in _LABELLED.findall(layout)}
    return Form(name, fields if isinstance(fields, dict) else {}, labels)


def _form_field(name: str, form: Form, scope: Scope) -> str:
    """The Liquid for a value that a form asks for."""
    data = form.fields.get(name)
    data = data if isinstance(data, dict) else {}
    default = str(data["default"]) if data.get("default") else ""
    if "{{" in default:
        scope.lose(f"{name}: {default}", "a default that is made by a variable")
        default = ""
    if data.get("type") in {"choice", "list"}:
        made = choice_field(name, _values(name, data.get("values"), scope), default)
    else:
        kind = "multiline" if str(data.get("multiline")).lower() in {"true", "yes"} else "text"
        made = Field(name, type=kind, default=default or None, required=not default)
    label = form.labels.get(name, "")
    return scope.asked.output(f"{form.name}.{name}", replace(made, label=label))
