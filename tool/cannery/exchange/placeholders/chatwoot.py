"""Chatwoot's placeholders: Liquid, not filled in between backticks."""

from __future__ import annotations

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.liquid_write import write

DIALECT = Dialect("Chatwoot", "{{name}}", liquid_marks.parse, write, tags=True)
