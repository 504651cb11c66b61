"""Declared fields, given values and context -> the values of a reply, or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cannery.content.context_value import context_value
from cannery.content.dates import Calendar
from cannery.content.field_types import Value, empty, parse, type_of
from cannery.content.marks import Url
from cannery.content.refusal import together
from cannery.errors import TemplateError, ValueRefusedError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.limits import MAX_DEFAULT_STEPS
from cannery.liquid.template import missing_names, render, variables
from cannery.model.entry import Field, Macro, Part
from cannery.util.seen import shows_nothing, stripped
from cannery.util.text import fold_name

_CONTEXT = ("agent", "ticket", "kb", "today", "now", "reply", "cursor")
_HELP = {
    "agent": "About you. To save it, set it below [agent] in config.toml (see `kb doctor`).",
    "ticket": "About the ticket. It is filled in when you give the ticket.",
}
# Values of these may lack without harm where a template only tests them.
_GROUPS = ("agent", "ticket", "kb")


@dataclass(frozen=True, slots=True)
class Request:
    """The input of a reply: macros, parts, context and the values given so far.

    `given` holds texts by field name or by dotted path (`ticket.requester.name`); `remembered`
    the last values of the fields that want it. `month_first` says how the agent reads 5/6;
    the holidays of the customer's `country` are no business days. `keeps_lines`: see
    content/line_ends.py. `team`: what the knowledge base says of it, for the macros' language.
    """

    macros: tuple[Macro, ...]
    parts: Mapping[str, Part]
    language: str
    article_url: Callable[[str], Url]
    now: datetime
    given: Mapping[str, str] = field(default_factory=dict)
    ticket: Mapping[str, object] = field(default_factory=dict)
    agent: Mapping[str, str] = field(default_factory=dict)
    kb: Mapping[str, object] = field(default_factory=dict)
    team: Mapping[str, object] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = True
    country: str = ""
    keeps_lines: bool = False

    @property
    def calendar(self) -> Calendar:
        """What a date is read by."""
        return Calendar(self.now.date(), self.month_first, self.country)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The macros' fields in asking order, each name once."""
        by_name: dict[str, Field] = {}
        for macro in self.macros:
            for item in macro.fields:
                by_name.setdefault(item.name, item)
        return tuple(by_name.values())


@dataclass(frozen=True, slots=True)
class MissingField:
    """A field that the reply needs and that has no value; `proposal` is its default, if any."""

    field: Field
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The values by name, and the fields without one in asking order."""

    values: Mapping[str, object]
    missing: tuple[MissingField, ...]


def sources(macro: Macro) -> tuple[Source, ...]:
    """The macro's templates: its subject, if it has one, and its body."""
    body = Source(macro.body, macro.at.path, macro.body_line)
    subject = Source(macro.subject, macro.at.path, 2)
    return (subject, body) if macro.subject else (body,)


def resolve(request: Request, *, accept: bool) -> Resolution:
    """Resolve the values of a request; `accept` takes proposals as answers.

    Raises ValueRefusedError for the given values that don't suit their fields, all of them, and
    TemplateError for a template that is wrong.
    """
    values = _context(request)
    proposals: dict[str, str | None] = {}
    wrong: list[ValueRefusedError] = []
    for item in request.fields:
        try:
            answer = _answer(item, request, values)
        except ValueRefusedError as error:
            wrong.append(error)
            continue
        if answer is not None:
            values[item.name] = answer
            continue
        proposals[item.name] = proposal = _proposal(item, request, values)
        if not accept:
            continue
        if proposal is not None:
            values[item.name] = parse(item, proposal, request.calendar)
        elif not item.required and not item.default:
            values[item.name] = empty(item)
    if wrong:
        raise together(wrong)
    return Resolution(values, _missing(request, values, proposals))


def cleared(request: Request, item: Field) -> bool:
    """Whether it was given as empty, and needs a value: a fault only where the text uses it."""
    return item.required and not stripped(request.given.get(item.name, "-"))


def _context(request: Request) -> dict[str, object]:
    values: dict[str, object] = {
        "agent": dict(request.agent),
        "ticket": dict(request.ticket),
        "kb": dict(request.kb),
        "today": request.now.date(),
        "now": request.now,
    }
    declared = {item.name for item in request.fields}
    if request.team and "team" not in declared:
        values["team"] = dict(request.team)
    for path, text in request.given.items():
        if "." in path:
            put(values, path.split("."), stripped(text))
    loose = {name: stripped(text) for name, text in request.given.items() if "." not in name}
    return {**{name: text for name, text in loose.items() if name not in declared}, **values}


def put(values: dict[str, object], path: list[str], value: object) -> None:
    """Set a value by its path; nested mappings are copied, not changed."""
    for step in path[:-1]:
        inner = values.get(step)
        values[step] = copied = dict(inner) if isinstance(inner, Mapping) else {}
        values = copied
    values[path[-1]] = value


def _answer(item: Field, request: Request, values: Mapping[str, object]) -> Value | None:
    if cleared(request, item):
        return None
    if item.name in request.given:
        return parse(item, request.given[item.name], request.calendar)
    text = context_value(item.source, values) if item.source else ""
    if not text:
        return None
    try:
        return parse(item, text, request.calendar)
    except ValueRefusedError:
        return None  # the ticket's value doesn't suit: the field is asked for like any other


def _proposal(item: Field, request: Request, values: Mapping[str, object]) -> str | None:
    """The remembered value, else the rendered default; None if neither is valid."""
    if cleared(request, item):
        return None
    candidates = [request.remembered.get(item.name) if item.remember else None]
    if item.default is not None:
        candidates.append(_default(item, request, values))
    for text in candidates:
        if text is None or shows_nothing(text):
            continue
        try:
            parse(item, text, request.calendar)
        except ValueRefusedError:
            continue  # an old value under a new rule, or a default for another language
        return text.strip()
    return None


def _default(item: Field, request: Request, values: Mapping[str, object]) -> str | None:
    source = Source(item.default or "", request.macros[0].at.path)
    # A form is laid out row by row, and each time with all defaults.
    context = replace(_render_context(request), max_steps=MAX_DEFAULT_STEPS)
    if missing_names(source, values, context).names:
        return None  # it builds on a value that isn't there yet
    if language := type_of(item).default_language:
        context = replace(context, language=language)
    try:
        return render(source, values, context).plain
    except TemplateError:
        return None  # empty: no default at all


def _render_context(request: Request) -> RenderContext:
    optional = frozenset(item.name for item in request.fields if not item.required)
    return RenderContext(request.language, request.parts, optional, request.article_url)


def _missing(
    request: Request, values: Mapping[str, object], proposals: Mapping[str, str | None]
) -> tuple[MissingField, ...]:
    context = _render_context(request)
    touched: dict[str, bool] = {}
    for number, macro in enumerate(request.macros):
        seen = {**values, "reply": place_in_stack(number, len(request.macros))}
        for source in sources(macro):
            missing = missing_names(source, seen, context)
            for name in missing.names:
                touched[name] = touched.get(name, False) or name in missing.printed
    roots = {name.split(".", maxsplit=1)[0] for name in touched}
    declared = [item for item in request.fields if item.name in roots and item.name in proposals]
    declared_names = {item.name for item in request.fields}
    others = [name for name, printed in touched.items() if _is_asked(name, printed, declared_names)]
    return (
        *(MissingField(item, proposals[item.name]) for item in declared),
        *(MissingField(Field(name, help=_HELP.get(name.split(".")[0], ""))) for name in others),
    )


def _is_asked(name: str, printed: bool, declared: set[str]) -> bool:  # noqa: FBT001
    root = name.split(".", maxsplit=1)[0]
    if root in declared:
        return False
    return printed if root in _GROUPS else root not in _CONTEXT


def place_in_stack(number: int, count: int) -> dict[str, bool]:
    """`reply.first` and `reply.last` for a macro among several in one message."""
    return {"first": number == 0, "last": number == count - 1}


def mentioned(request: Request) -> frozenset[str]:
    """The first segments of all names that the macros and their defaults mention."""
    context = _render_context(request)
    texts = [source for macro in request.macros for source in sources(macro)]
    defaults = [Source(item.default or "", request.macros[0].at.path) for item in request.fields]
    names = (name for source in (*texts, *defaults) for name in variables(source, context))
    return frozenset(name.split(".")[0] for name in names)


def may_want(request: Request, values: Mapping[str, object]) -> tuple[str, ...]:
    """The required fields without a value that may become needed with other answers."""
    names = mentioned(request)
    return tuple(
        item.name
        for item in request.fields
        if item.required and item.name not in values and item.name in names
    )


def with_field_names(request: Request) -> Request:
    """The request with each given name as its field is written: `Order_Number` is order_number.

    A name that is a field's or the template's own as it stands is left alone.
    """
    fields: dict[str, list[str]] = {}
    for item in request.fields:
        fields.setdefault(fold_name(item.name), []).append(item.name)
    alike = {name: fields.get(fold_name(name), []) for name in request.given}
    slips = {
        name: names[0]
        for name, names in alike.items()
        if len(names) == 1 and names[0] not in request.given
    }
    if not slips:
        return request
    own = mentioned(request)
    given = {
        name if name in own else slips.get(name, name): text for name, text in request.given.items()
    }
    return replace(request, given=given)


def unknown(request: Request) -> tuple[str, ...]:
    """The given names that no macro uses, most likely misspelt."""
    names = {*mentioned(request), *_GROUPS, *(item.name for item in request.fields)}
    return tuple(name for name in request.given if name.split(".")[0] not in names)
