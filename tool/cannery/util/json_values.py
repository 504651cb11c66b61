"""Values of JSON that may be anything: what a service answers is not always what it documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]


def as_map(value: Any) -> Json:  # noqa: ANN401 - JSON
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else []


def maps_in(value: Any) -> list[Json]:  # noqa: ANN401 - JSON
    """The objects of a list."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def text_of(value: Any) -> str:  # noqa: ANN401 - JSON
    """A text, or a whole number as one; empty for anything else."""
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int) else ""


def iso_time(seconds: Any) -> str:  # noqa: ANN401 - JSON
    """A Unix time as ISO 8601; empty for what is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def by_id(items: Any, wanted: Any) -> Json:  # noqa: ANN401 - JSON
    """The one of the items that has the id; ids may be numbers or texts."""
    if wanted is None:
        return {}
    return next((one for one in maps_in(items) if str(one.get("id")) == str(wanted)), {})
