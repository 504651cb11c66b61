"""Issues of GitHub, GitLab and Jira, and messages of Slack, as their APIs give them."""

from __future__ import annotations

from typing import Any

from cannery.reply.ticket_values import name_of, named
from cannery.util.json_values import Json, as_list, as_map


def is_github(data: Json) -> bool:
    person = as_map(data.get("user")) or as_map(data.get("author"))
    return "number" in data and "title" in data and "login" in person


def is_gitlab(data: Json) -> bool:
    return "iid" in data and "title" in data


def issue(data: Json) -> dict[str, Any]:
    person = as_map(data.get("user")) or as_map(data.get("author"))
    name = person.get("name") or person.get("login") or person.get("username")
    names = (name_of(one) for one in as_list(data.get("labels")))
    return {
        "id": data.get("iid") or data.get("number"),
        "subject": data.get("title"),
        "status": str(data.get("state", "")).lower(),
        "url": data.get("html_url") or data.get("web_url") or data.get("url"),
        "description": data.get("body") or data.get("description"),
        "requester": named(name, email=person.get("email")),
        "tags": [label for label in names if label],
    }


def is_gitlab_event(data: Json) -> bool:
    return "object_attributes" in data and is_gitlab(data)


def gitlab_event(data: Json) -> dict[str, Any]:
    """Who made the event is who asks only where it opened the issue."""
    facts = issue({**data, "user": {}, "author": {}})
    titles = (as_map(one).get("title") for one in as_list(data.get("labels")))
    person = as_map(data.get("user")) if data.get("action") == "open" else {}
    return {
        **facts,
        "requester": named(person.get("name"), email=person.get("email")),
        "tags": [title for title in titles if isinstance(title, str)],
    }


def is_jira(data: Json) -> bool:
    return "summary" in as_map(data.get("fields")) or "issueKey" in data


def jira(data: Json) -> dict[str, Any]:
    """An issue of Jira, or a request of its service desk."""
    fields = as_map(data.get("fields"))
    person = as_map(fields.get("reporter")) or as_map(data.get("reporter"))
    key = data.get("key") or data.get("issueKey")
    host, found, _ = str(data.get("self", "")).partition("/rest/api/")
    asked = {
        str(one.get("fieldId")): one.get("value")
        for one in map(as_map, as_list(data.get("requestFieldValues")))
    }
    return {
        "id": key,
        "subject": fields.get("summary") or asked.get("summary"),
        "status": name_of(fields.get("status")) or as_map(data.get("currentStatus")).get("status"),
        "priority": name_of(fields.get("priority")),
        "url": f"{host}/browse/{key}" if found and key else as_map(data.get("_links")).get("web"),
        "requester": named(person.get("displayName"), email=person.get("emailAddress")),
        "custom_fields": {name: fields[name] for name in fields if name.startswith("customfield_")},
    }


def is_slack(data: Json) -> bool:
    is_message = data.get("type") == "message" or "permalink" in data
    return is_message and "ts" in data and "text" in data


def slack(data: Json) -> dict[str, Any]:
    profile = as_map(data.get("user_profile"))
    name = profile.get("real_name") or profile.get("display_name") or data.get("username")
    return {
        "url": data.get("permalink"),
        "description": data.get("text"),
        "requester": named(name, email=profile.get("email")),
    }
