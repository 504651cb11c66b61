"""A value as desks write it that have no filters: its name between braces."""

from __future__ import annotations

from cannery.exchange.placeholders.tree import Value


def write(value: Value) -> str:
    """`{{recipient.name}}`. Raises ValueError for a default and for filters."""
    refuse_more(value)
    return f"{{{{{value.head}}}}}"


def refuse_more(value: Value) -> None:
    """Raises ValueError for what is more than a name."""
    if value.filters:
        raise ValueError(f"the filter {value.filters[0].name}")
    if value.fallback is not None:
        raise ValueError(f"the default {value.fallback!r}")
