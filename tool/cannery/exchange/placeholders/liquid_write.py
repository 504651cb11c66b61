"""A value as desks with Liquid write it."""

from __future__ import annotations

from cannery.exchange.placeholders.tree import Value

_OURS_ALONE = frozenset({"article_url", "honorific", "phrase", "pluralize", "sentence", "squish"})


def write(value: Value) -> str:
    """`{{ticket.title | upcase | default: "none"}}`. Raises ValueError for a text it can't hold."""
    if foreign := [one.name for one in value.filters if one.name in _OURS_ALONE]:
        raise ValueError(f"the filter {foreign[0]}")
    filters = [
        f"{one.name}: {', '.join(one.arguments)}" if one.arguments else one.name
        for one in value.filters
    ]
    if value.fallback is not None:
        filters.append(f"default: {quoted(value.fallback)}")
    return f"{{{{{' | '.join([value.head, *filters])}}}}}"


def quoted(text: str) -> str:
    """The text between quotes. Raises ValueError where it has both kinds, or braces, in it."""
    if '"' in text and "'" in text:
        raise ValueError("a text with both kinds of quotes")
    if "{" in text or "}" in text or "%}" in text:
        raise ValueError("a text with braces")
    sign = "'" if '"' in text else '"'
    return f"{sign}{text}{sign}"
