"""Front's placeholders: `{{recipient.first_name}}`, where `user` is the agent."""

from __future__ import annotations

from functools import partial

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.named import SIGNATURE, SURVEY, Name
from cannery.exchange.placeholders.plain_write import write

_LEFT_OUT = {"survey": SURVEY, "user.signature": SIGNATURE}


def _name(path: str) -> Name | None:
    return Name(why=_LEFT_OUT[path]) if path in _LEFT_OUT else None


DIALECT = Dialect("Front", "{{name}}", partial(liquid_marks.parse, fills_code=True), write, _name)
