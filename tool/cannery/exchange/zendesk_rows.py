"""A row of a table of Zendesk's macros -> a macro as the API gives it.

Tools that back macros up write a column for each action, or all of them as JSON in one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

Json = Mapping[str, object]

_ACTION = re.compile(
    r"comment_value(?:_html)?|comment_mode_is_public|subject|(?:custom_)?status(?:_id)?|priority|type"
    r"|set_tags|current_tags|remove_tags|(?:assignee|group|brand|locale|ticket_form)_id"
    r"|custom_fields_[0-9]{1,20}|side_conversation(?:_slack|_ticket)?|cc|follower"
)
_OFF = ("false", "0", "no", "inactive")


def as_macro(row: Json) -> Json:
    """The row itself where it is no macro's: other tables have a title, a subject and a status."""
    if isinstance(row.get("actions"), list) or not isinstance(row.get("title"), str):
        return row
    columns = [
        {"field": name, "value": value}
        for name, value in row.items()
        if value and _ACTION.fullmatch(name)
    ]
    listed = _listed(row.get("actions"))
    has_text = any(str(action["field"]).startswith("comment_value") for action in columns)
    if not has_text and not listed:  # any table may have a subject or a status
        return row
    return {
        "id": row.get("id"),
        "title": row["title"],
        "active": str(row.get("active", "")).strip().lower() not in _OFF,
        "description": row.get("description"),
        "restriction": _object(row.get("restriction")),
        "actions": [*listed, *columns],
    }


def _listed(text: object) -> list[object]:
    found = _read(text)
    return found if isinstance(found, list) else []


def _object(text: object) -> object:
    found = _read(text)
    if isinstance(found, dict) or found in (None, ""):
        return found
    return {"type": str(found)}


def _read(text: object) -> object:
    """What a cell has as JSON; its text where it is none."""
    try:
        return json.loads(text) if isinstance(text, str) and text.strip() else None
    except (ValueError, RecursionError):
        return text
