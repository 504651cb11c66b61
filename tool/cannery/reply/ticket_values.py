"""Values of JSON that may be anything, as what a ticket needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def as_map(value: Any) -> Json:  # noqa: ANN401 - JSON
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else []


def named(name: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A person or a group, of what is known of it."""
    known = {"name": name, **more}
    return {key: item for key, item in known.items() if isinstance(item, str) and item}


def by_id(items: Any, wanted: Any) -> Json:  # noqa: ANN401 - JSON
    """The one of the items that has the id; ids may be numbers or texts."""
    if wanted is None or not isinstance(items, list):
        return {}
    return next((one for one in items if str(as_map(one).get("id")) == str(wanted)), {})


def full_name(person: Json, first: str = "first_name", last: str = "last_name") -> str:
    names = (person.get(first), person.get(last))
    return " ".join(name for name in names if isinstance(name, str))


def name_of(value: Any) -> str:  # noqa: ANN401 - JSON
    name = as_map(value).get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""
