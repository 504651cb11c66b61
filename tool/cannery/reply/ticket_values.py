"""Values of JSON that may be anything, as what a ticket needs."""

from __future__ import annotations

from typing import Any

from cannery.util.json_values import Json, as_map


def named(name: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A person or a group, of what is known of it."""
    known = {"name": name, **more}
    return {key: item for key, item in known.items() if isinstance(item, str) and item}


def full_name(person: Json, first: str = "first_name", last: str = "last_name") -> str:
    names = (person.get(first), person.get(last))
    return " ".join(name for name in names if isinstance(name, str))


def name_of(value: Any) -> str:  # noqa: ANN401 - JSON
    name = as_map(value).get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""
