"""A value of the desk's own with its filters, as the desk writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cannery.content.wording import honorific
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.expressions import value_of
from cannery.exchange.placeholders.tree import Filter, Token, Value

# Cosmetics of ours: without them a value reads as it was typed.
_DROPPED = frozenset({"phrase", "sentence"})
_OURS = frozenset({"article_url", "pluralize"})
_NAME = "\ue010"


class Native(NamedTuple):
    """`dropped` are filters that the desk has not, and without which the text still reads."""

    written: str
    dropped: tuple[str, ...] = ()
    has_fallback: bool = False


def native(
    words: Sequence[Token], there: str, fallback: str | None, dialect: Dialect, language: str
) -> Native:
    """The value as the desk fills it in. Raises ValueError for what it has no way to say."""
    value = value_of(words)
    if value is None:
        raise ValueError("no desk can read it")
    kept: list[Filter] = []
    dropped: list[str] = []
    title = ""
    for one in value.filters:
        if one.name == "honorific":
            title = honorific(_NAME, language).removeprefix(_NAME)
        elif one.name in _DROPPED:
            dropped.append(one.name)
        elif one.name in _OURS or any(not _is_plain(it) for it in one.arguments):
            raise ValueError(f"the filter {one.name}, which the desk has not")
        else:
            kept.append(one)
    if value.fallback is not None:
        fallback = value.fallback
    written = dialect.write(Value(there, tuple(kept), fallback))
    return Native(written + title, tuple(dropped), fallback is not None)


def _is_plain(argument: str) -> bool:
    """Whether an argument is a text or a number: names mean something else at the desk."""
    return argument[:1] in ("'", '"') or argument[:1].isdigit() or argument[:1] == "-"
