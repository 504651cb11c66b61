"""A ticket of django-helpdesk's API, which tells who asks by an email address alone."""

from __future__ import annotations

from typing import Any

from cannery.util.json_values import Json, text_of

_STATUS = {1: "open", 2: "open", 3: "solved", 4: "closed"}
_PRIORITY = {1: "urgent", 2: "high", 3: "normal", 4: "low", 5: "low"}
_CUSTOM = "custom_"


def is_django_helpdesk(data: Json) -> bool:
    return "submitter_email" in data and "followup_set" in data


def django_helpdesk(data: Json) -> dict[str, Any]:
    email = data.get("submitter_email")
    status, priority = data.get("status"), data.get("priority")
    return {
        "subject": data.get("title"),
        "status": _STATUS.get(status, text_of(status)) if isinstance(status, int) else "",
        "priority": _PRIORITY.get(priority, "") if isinstance(priority, int) else "",
        "requester": {"email": email} if isinstance(email, str) else {},
        "custom_fields": {
            key.removeprefix(_CUSTOM): value
            for key, value in data.items()
            if key.startswith(_CUSTOM)
        },
    }
