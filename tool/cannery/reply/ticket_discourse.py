"""A topic of Discourse's API: whoever began it asks, and is known by name alone."""

from __future__ import annotations

from typing import Any

from cannery.reply.ticket_values import named
from cannery.util.json_values import Json, as_list, as_map, maps_in


def is_discourse(data: Json) -> bool:
    return isinstance(as_map(data.get("post_stream")).get("posts"), list)


def discourse(data: Json) -> dict[str, Any]:
    posts = maps_in(as_map(data["post_stream"])["posts"])
    author = posts[0] if posts else as_map(as_map(data.get("details")).get("created_by"))
    is_over = data.get("closed") is True or data.get("archived") is True
    tags = as_list(data.get("tags"))
    return {
        "subject": data.get("title"),
        "status": "closed" if is_over else "open",
        "requester": named(author.get("name") or author.get("username")),
        "tags": [as_map(tag).get("name") or tag for tag in tags],
    }
