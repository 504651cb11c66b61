"""What a Zendesk macro does to a ticket: the text of its comment, and the actions that we have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cannery.exchange.desk_reply import NO_ACTION, DeskReply

_FIELD = re.compile(r"custom_fields_([0-9]{1,20})")
_SAME = ("status", "priority", "type")
_TAGS = {"set_tags": "set_tags", "current_tags": "add_tags", "remove_tags": "remove_tags"}
_TEXTS = ("comment_value", "comment_value_html", "subject")
_WHOSE = {"assignee_id": "assignee", "group_id": "group"}
_SENDER = ("current_user", "current_groups")  # whoever uses the macro
_NUMBERS = "a number that only Zendesk knows"
_LOST = {
    "assignee_id": _NUMBERS,
    "group_id": _NUMBERS,
    "custom_status_id": _NUMBERS,
    "ticket_form_id": _NUMBERS,
    "brand_id": _NUMBERS,
    "locale_id": _NUMBERS,
    "cc": "who gets a copy",
    "follower": "who follows the ticket",
    "attachments": "a file that is attached",
    "side_conversation": "a conversation beside the ticket",
    "side_conversation_slack": "a conversation beside the ticket",
    "side_conversation_ticket": "a conversation beside the ticket",
}


class Actions(NamedTuple):
    """What a macro does: its text, its subject, and what `actions` of ours say."""

    body: str
    subject: str
    ours: Mapping[str, object]


def read_actions(reading: DeskReply) -> Actions:
    texts: dict[str, str] = {}
    ours: dict[str, object] = {}
    for action in reading.items("actions"):
        if not isinstance(action, dict):
            continue
        field, value = str(action.get("field")), action.get("value")
        if field in _TEXTS:
            text = _comment(reading, field, value)
            texts[field] = f"{texts[field]}\n\n{text}" if field in texts else text
        else:
            ours |= _action(reading, field, value, ours)
    html, plain = texts.get("comment_value_html", ""), texts.get("comment_value", "")
    body = reading.from_html(html) if html.strip() else reading.from_plain(plain) if plain else ""
    return Actions(body, reading.template(texts.get("subject", "")), ours)


def _action(
    reading: DeskReply, field: str, value: object, known: Mapping[str, object]
) -> Mapping[str, object]:
    """An action of ours; nothing for what is told as lost."""
    if field == "comment_mode_is_public":
        return {"public": False} if str(value).lower() == "false" else {}
    if name := _TAGS.get(field):
        return {name: reading.as_text(field, _joined(value)).split()}
    if field in _SAME:
        return {field: reading.as_text(field, value)}
    if found := _FIELD.fullmatch(field):
        others = known.get("custom_fields")
        told = value if isinstance(value, bool) else reading.as_text(field, _joined(value))
        return {"custom_fields": {**(others if isinstance(others, dict) else {}), found[1]: told}}
    if field in _WHOSE and value in _SENDER:
        return {_WHOSE[field]: value}
    shown = f"{field}: {_joined(value)}" if isinstance(value, str | int | list) else field
    reading.lose(shown, _LOST.get(field, NO_ACTION))
    return {}


def _comment(reading: DeskReply, field: str, value: object) -> str:
    """A text, or one for a channel of several: `["channel:all", "Hello"]`."""
    if isinstance(value, list) and value and str(value[0]).startswith("channel:"):
        if value[0] != "channel:all":
            reading.lose(str(value[0]), "a text for one channel is for all of them here")
        value = "\n\n".join(str(one) for one in value[1:])
    return reading.as_text(field, value)


def _joined(value: object) -> object:
    """A list of texts as one, as Zendesk writes tags in both ways."""
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return " ".join(map(str, value))
    return value
