"""What of imported replies belongs to one customer or one day: shown, then made a field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from cannery.capture.links import without_keys
from cannery.capture.personal import personal, renumbered
from cannery.capture.personal_span import PersonalSpan, Placeholder
from cannery.content.fill_texts import with_changes
from cannery.content.holes import VALUE, tags
from cannery.model.canned_reply import CannedReply
from cannery.model.entry import Field
from cannery.workspace import Workspace

_OWN_FROM = 3  # replies with the same address: it is the desk's own, and no customer's
_CONTACTS = frozenset(("address", "bank_account", "company", "email", "host", "link", "phone"))

_TELLING = 4  # letters: less of it may be of another word
_TIMES = frozenset(("date", "duration", "period", "time"))
_ABSOLUTE = re.compile(
    r"\d[/.:年月日時-]|[月火水木金土日]曜|(?i:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|"
    r"fri|sat|sun)[a-z]{0,6}\b)|\b\d{4}\b|\d(?:st|nd|rd|th)\b"
)

Value = tuple[str, str]  # the name of a placeholder, and what it takes the place of


class PersonalPart(NamedTuple):
    """A value that stands in `replies`, each known by its number, and what it would become.

    `is_own` says that so many replies have it that it is likely the desk's own. `is_secret` ones
    may not stay. `line` is one in which it stands, with what it becomes there.
    """

    value: Value
    label: str
    replies: tuple[int, ...]
    before: str
    after: str
    is_own: bool
    is_secret: bool


class _Spans(NamedTuple):
    subject: Sequence[PersonalSpan]
    body: Sequence[PersonalSpan]


def personal_parts(workspace: Workspace, replies: Mapping[int, CannedReply]) -> list[PersonalPart]:
    """The values of all replies that would be told to the wrong person, each once."""
    found: dict[Value, dict[int, tuple[str, PersonalSpan]]] = {}
    for number, reply in replies.items():
        spans = _spans(workspace, reply)
        for text, some in ((reply.subject, spans.subject), (reply.body, spans.body)):
            for span in some:
                found.setdefault(_value(span), {}).setdefault(number, (text, span))
    return [_part(value, places) for value, places in found.items()]


def _part(value: Value, places: Mapping[int, tuple[str, PersonalSpan]]) -> PersonalPart:
    text, span = next(iter(places.values()))
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    rest = text[span.end : len(text) if end < 0 else end]
    is_own = value[0] in _CONTACTS and len(places) >= _OWN_FROM
    return PersonalPart(
        value,
        span.placeholder.label,
        tuple(places),
        text[start : span.end] + rest,
        text[start : span.start] + span.template + rest,
        is_own and not span.placeholder.is_secret,
        span.placeholder.is_secret,
    )


def with_fields(
    workspace: Workspace, reply: CannedReply, accepted: Collection[Value]
) -> CannedReply:
    """The reply with the accepted values as fields, and with those that may not stay."""
    spans = _spans(workspace, reply)
    chosen = [
        [span for span in some if span.placeholder.is_secret or _value(span) in accepted]
        for some in spans
    ]
    if not any(chosen):
        return reply
    numbered = renumbered([span for some in chosen for span in some])
    names = _new_names(reply, numbered)
    subject = _replaced(reply.subject, numbered[: len(chosen[0])], names)
    body = _replaced(reply.body, numbered[len(chosen[0]) :], names)
    asked = {one.name: one for span in numbered for one in span.placeholder.fields}
    fields = (*reply.fields, *(_field(one, names[one.name]) for one in asked.values()))
    origin = reply.origin
    return replace(
        reply,
        title=_without(reply.title, numbered),
        subject=subject,
        body=body,
        fields=fields,
        summary=_without(reply.summary, numbered),
        keywords=tuple(_without(word, numbered) for word in reply.keywords),
        origin=origin._replace(
            path=_without(origin.path, numbered), record=_without(origin.record, numbered)
        ),
    )


def gives_access(reply: CannedReply) -> bool:
    """Whether a link in it lets anybody in."""
    return without_keys(reply.body) != reply.body


def _spans(workspace: Workspace, reply: CannedReply) -> _Spans:
    return _Spans(_spans_of(workspace, reply.subject), _spans_of(workspace, reply.body))


def _spans_of(workspace: Workspace, template: str) -> Sequence[PersonalSpan]:
    agent = workspace.user.agent
    host = urlsplit(workspace.settings.site_url).hostname or ""
    return _found(template, agent.get("name", ""), agent.get("email", ""), host)


@lru_cache(maxsize=10_000)  # what is proposed is looked for again when it is replaced
def _found(template: str, agent: str, agent_mail: str, own_host: str) -> Sequence[PersonalSpan]:
    """The spans outside of outputs and tags, which stand for values already."""
    pieces, at = [], 0
    for tag in tags(template):
        pieces += [template[at : tag.start], VALUE * (tag.end - tag.start)]
        at = tag.end
    text = "".join([*pieces, template[at:]])
    found = personal(text, agent=agent, agent_mail=agent_mail, own_host=own_host)
    return tuple(span for span in found if VALUE not in span.text and not _is_relative(span))


def _is_relative(span: PersonalSpan) -> bool:
    """Whether it is `today` or `2 hours ago`: a reply that is kept means each day it is sent on."""
    name = span.placeholder.name.rstrip("_0123456789")
    return name in _TIMES and not _ABSOLUTE.search(span.value)


def _value(span: PersonalSpan) -> Value:
    """What makes two spans one: the name without its number, and the text."""
    name = span.placeholder.name
    number = span.placeholder.number
    return (name.removesuffix(f"_{number}") if number > 1 else name, span.value)


def _new_names(reply: CannedReply, spans: Iterable[PersonalSpan]) -> dict[str, str]:
    """A name for each new field that no field of the reply has."""
    taken = {one.name for one in reply.fields}
    names: dict[str, str] = {}
    for span in spans:
        for one in span.placeholder.fields:
            if one.name not in names:
                names[one.name] = _free(one.name, taken)
                taken.add(names[one.name])
    return names


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _replaced(text: str, spans: Sequence[PersonalSpan], names: Mapping[str, str]) -> str:
    changes = {}
    for span in spans:
        written = span.template
        for one in span.placeholder.fields:
            written = written.replace(f"{{{{ {one.name} ", f"{{{{ {names[one.name]} ")
        changes[span.start, span.end] = written
    return with_changes(text, changes)


def _without(name: str, spans: Sequence[PersonalSpan]) -> str:
    """A title or another name without what is personal in the text."""
    for span in spans:
        if len(span.value) >= _TELLING:
            name = name.replace(span.value, "…")
    return name


def _field(one: Placeholder, name: str) -> Field:
    return Field(name, one.label, type=one.type, source=one.source if name == one.name else "")
