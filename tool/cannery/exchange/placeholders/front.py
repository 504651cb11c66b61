"""Front's placeholders: `{{recipient.first_name}}`, where `user` is the agent."""

from __future__ import annotations

from functools import partial

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.plain_write import write

DIALECT = Dialect("Front", "{{name}}", partial(liquid_marks.parse, fills_code=True), write)
