"""A reply as its format read it -> one with no placeholder left that nobody fills in.

Whatever a format knows nothing of, such as the `[Name]` that a person wrote by hand, becomes a name
of ours or a field; a note to the author becomes a comment of the template. What is left then is
told, and makes the reply a draft.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from cannery.content.desk_names import LIQUID, field_name
from cannery.content.fill_texts import fill_texts, with_changes
from cannery.content.holes import (
    holes_in_source,
    holes_in_template,
    holes_in_text,
    tags,
    without_tags,
)
from cannery.errors import TemplateError
from cannery.exchange.body import Text, from_plain, markdown_of
from cannery.exchange.source import UnreadableError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.portability import unportable
from cannery.liquid.template import refused, variables
from cannery.model.canned_reply import CannedReply
from cannery.model.entry import Choice, Field, Header, Macro
from cannery.model.location import Kind, Location, Status
from cannery.model.loss import Loss

_OURS = frozenset(("agent", "cursor", "kb", "now", "reply", "team", "ticket", "today"))
_QUOTED_OR_NAME = re.compile(
    r"\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|(?<![\w.\-])(?P<name>[^\W\d][\w-]{0,100}(?:\.[\w-]{1,100}){0,9})"
)
_OUTPUT = re.compile(r"\{\{-?[ \t]{0,9}(\w{1,100})([^{}\w][^{}]{0,200})?\}\}")
_CONTEXT = RenderContext("en")
_SHOWN = 80
_NOTE, _LEFT, _OTHERWISE = (
    "a note to the sender, which is a comment now",
    "a placeholder that is still to be filled in",
    "a browser fills it in otherwise",
)


def finished(reply: CannedReply) -> CannedReply:
    """The reply with each value as one of ours or a field, and with what that loses.

    Raises UnreadableError for one that is more than a template can be, even as mere text.
    """
    own = {one.name for one in reply.fields}
    for step in (
        _readable,
        _filled,
        _with_notes_hidden,
        _declared,
        _optional,
        _without_unused,
        _told,
    ):
        reply = step(reply)
    return _in_order(reply, own)


def _loss(reply: CannedReply, what: str, why: str, line: int = 0) -> Loss:
    return Loss(reply.origin.path, line or reply.origin.line, what, why)


def _readable(reply: CannedReply) -> CannedReply:
    """A template that can't be filled in at all is text, so that its author sees what it was."""
    losses = tuple(
        _loss(reply, text.strip().partition("\n")[0][:_SHOWN], why)
        for text in (reply.subject, reply.body)
        if (why := _fault(text))
    )
    subject = markdown_of([Text(reply.subject)], str) if _fault(reply.subject) else reply.subject
    body = markdown_of([Text(reply.body)], from_plain) if _fault(reply.body) else reply.body
    if why := _fault(subject) or _fault(body):
        raise UnreadableError(why, reply.origin.line)
    is_draft = losses and reply.status is Status.PUBLISHED
    return replace(
        reply,
        status=Status.DRAFT if is_draft else reply.status,
        subject=subject,
        body=body,
        fields=tuple(_without_faulty_default(one) for one in reply.fields),
        losses=(*reply.losses, *losses),
    )


def _without_faulty_default(item: Field) -> Field:
    return replace(item, default=None) if _fault(item.default or "") else item


def _fault(template: str) -> str:
    """Why a text can't be filled in; empty if it can."""
    try:
        variables(Source(template, ""), _CONTEXT)
    except TemplateError as error:
        return error.reason
    found = refused(Source(template, ""), {}, _CONTEXT)
    return found.reason if found else ""


def _filled(reply: CannedReply) -> CannedReply:
    defaults = [one.default or "" for one in reply.fields]
    declared = [one.name for one in reply.fields]
    new = fill_texts([reply.subject, reply.body, *defaults], declared)
    if any(map(_fault, new.texts)):
        return reply  # an optional part across a condition: its ends are hidden as notes are
    fields = tuple(
        replace(one, default=text) if one.default else one
        for one, text in zip(reply.fields, new.texts[2:], strict=True)
    )
    return replace(
        reply, subject=new.texts[0], body=new.texts[1], fields=(*fields, *map(_field, new.fields))
    )


def _field(entry: dict[str, object]) -> Field:
    choices = entry.get("choices")
    return Field(
        name=str(entry["name"]),
        label=str(entry.get("label", "")),
        type=str(entry.get("type", "text")),
        choices=tuple(Choice(str(one), str(one)) for one in choices)
        if isinstance(choices, list)
        else (),
        source=str(entry.get("from", "")),
    )


def _with_notes_hidden(reply: CannedReply) -> CannedReply:
    """What is said to whoever sends the reply, as in `[remove this]`, is a comment in it."""
    body, losses = reply.body, []
    for placed in reversed(holes_in_source(body, is_template=True)):
        if placed.hole.kind == LIQUID:
            continue
        note = re.sub(r"[{}%]", "", placed.hole.written)
        comment = f"{{% comment %}}{note}{{% endcomment %}}"
        body = with_changes(body, {(placed.start, placed.end): comment})
        losses.append(_loss(reply, placed.hole.written, _NOTE))
    return replace(reply, body=body, losses=(*reply.losses, *reversed(losses)))


def _declared(reply: CannedReply) -> CannedReply:
    """Each name that is neither a field nor known otherwise becomes a field."""
    if why := _fault(reply.subject) or _fault(reply.body):
        raise UnreadableError(why, reply.origin.line)
    declared = {one.name: one for one in reply.fields}
    names: dict[str, str] = {}
    for name in _names(reply):
        root = name.partition(".")[0]
        if root in declared or root in _OURS:
            continue
        field = name if name.isidentifier() else field_name(name) or re.sub(r"\W", "_", name)
        names[name] = field
        label = field.replace("_", " ")
        declared.setdefault(field, Field(field, label))
    if not names:
        return reply
    return replace(
        reply,
        subject=_renamed(reply.subject, names),
        body=_renamed(reply.body, names),
        fields=tuple(declared.values()),
    )


def _names(reply: CannedReply) -> Iterator[str]:
    """The names from outside in the texts of a reply, each once, in their order."""
    texts = [reply.subject, reply.body, *(one.default or "" for one in reply.fields)]
    found = (name for text in texts for name in variables(Source(text, ""), _CONTEXT))
    return iter(dict.fromkeys(found))


def _renamed(template: str, names: dict[str, str]) -> str:
    pieces, at = [], 0
    for tag in tags(template):
        inside = template[tag.start : tag.end]
        pieces += [
            template[at : tag.start],
            _QUOTED_OR_NAME.sub(lambda match: names.get(match["name"] or "", match[0]), inside),
        ]
        at = tag.end
    return "".join([*pieces, template[at:]])


def _optional(reply: CannedReply) -> CannedReply:
    """What each text that has it has a default for need not be given."""
    has_default: dict[str, bool] = {}
    for text in (reply.subject, reply.body):
        for name, filters in _OUTPUT.findall(text):
            has_default[name] = has_default.get(name, True) and "default" in filters
    fields = (
        replace(one, required=one.required and not has_default.get(one.name, False))
        for one in reply.fields
    )
    return replace(reply, fields=tuple(fields))


def _without_unused(reply: CannedReply) -> CannedReply:
    """A field that no text uses would be asked for in vain."""
    used = {name.partition(".")[0] for name in _names(reply)}
    unused = [one for one in reply.fields if one.name not in used]
    if not unused:
        return reply
    losses = (_loss(reply, one.name, "a field that the text does not use") for one in unused)
    fields = tuple(one for one in reply.fields if one.name in used)
    return replace(reply, fields=fields, losses=(*reply.losses, *losses))


def _in_order(reply: CannedReply, own: Collection[str]) -> CannedReply:
    """Its own fields as they were, then those that were found, as the text asks for them."""
    places = {
        name.partition(".")[0]: place for place, name in reversed([*enumerate(_names(reply))])
    }
    found = [one for one in reply.fields if one.name not in own]
    found.sort(key=lambda one: places[one.name])
    return replace(reply, fields=(*(one for one in reply.fields if one.name in own), *found))


def _told(reply: CannedReply) -> CannedReply:
    """Tell what still looks like a placeholder, which makes a draft, and what no site can do."""
    left = [*holes_in_template(reply.body), *holes_in_text(without_tags(reply.subject))]
    losses = [_loss(reply, hole.written, _LEFT) for hole in left]
    losses += [_loss(reply, what, _OTHERWISE) for what in _unportable(reply)]
    status = Status.DRAFT if left and reply.status is Status.PUBLISHED else reply.status
    return replace(reply, status=status, losses=(*reply.losses, *losses))


def _unportable(reply: CannedReply) -> Iterable[str]:
    at = Location(reply.origin.path, "", Kind.MACRO, "en")
    macro = Macro(at, Header(), reply.body, 1, subject=reply.subject, fields=reply.fields)
    return dict.fromkeys(what for _, _, what in unportable(macro, {}))
