"""Chatwoot's placeholders: Liquid, not filled in between backticks.

A contact whose name is one word has no first name and no last name there: these are written with
the whole name in their place, so that no greeting goes out without any.
"""

from __future__ import annotations

from cannery.exchange.placeholders import liquid_marks, liquid_write
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.tree import Filter, Value

_OF_TWO_WORDS = frozenset({"contact.first_name", "contact.last_name"})
_WHOLE = Filter("default", ("contact.name",))


def write(value: Value) -> str:
    """`{{contact.first_name | default: contact.name}}`, and any other value as Liquid has it."""
    if value.head in _OF_TWO_WORDS and value.fallback is None:
        value = value._replace(filters=(_WHOLE, *value.filters))
    return liquid_write.write(value)


def _value(value: Value) -> Value:
    """A name without what stands there for want of it."""
    is_whole = value.head in _OF_TWO_WORDS and value.fallback == _WHOLE.arguments[0]
    return value._replace(fallback=None) if is_whole else value


DIALECT = Dialect("Chatwoot", "{{name}}", liquid_marks.parse, write, value=_value, tags=True)
