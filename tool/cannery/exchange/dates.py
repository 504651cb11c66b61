"""Dates of snippet tools, which reckon from now in seconds or days, as ours."""

from __future__ import annotations

import re

from cannery.content.words import words
from cannery.exchange.asked import AskedFields
from cannery.model.entry import Field

_CODE = re.compile(r"%(-?[A-Za-z%])")
# What chrono, Python and C have beside our codes.
_SAME = {"v": "%e-%b-%Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "r": "%I:%M:%S %p", "P": "%p", "n": " "}
_OF_TIME = frozenset("HkIlMSpTRcz")
_SHIFTED = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


def known_form(form: str) -> str | None:
    """A date's form by strftime's codes as ours; None where we lack one of its codes."""
    form = _CODE.sub(lambda match: _SAME.get(match[1], match[0]), form)
    codes = words()["dateCodes"]
    if any(sign in form for sign in "'{}") or any(
        code not in codes for code in _CODE.findall(form)
    ):
        return None
    return form


def has_time(form: str) -> bool:
    return any(code.lstrip("-") in _OF_TIME for code in _CODE.findall(form))


def is_time(form: str) -> bool:
    """Whether it is a time of day alone, which is the same on another day."""
    codes = _CODE.findall(form)
    return bool(codes) and all(code.lstrip("-") in _OF_TIME for code in codes)


def moment_output(form: str) -> str:
    """The Liquid for the present day, or the present time where the form asks for that."""
    name = "now" if has_time(form) else "today"
    return f"{{{{ {name} | date: '{form}' }}}}" if form else "{{ today }}"


def shifted_output(asked: AskedFields, key: str, amount: int, unit: str, form: str) -> str:
    """The Liquid for a day so many days (`d`), weeks, months or years from today.

    It is a field of the day that is proposed: whoever sends the reply sees it, and may change it.
    """
    when = f"in {amount} {_SHIFTED[unit]}" if amount >= 0 else f"{-amount} {_SHIFTED[unit]} ago"
    field = Field(key, when, type="date", default=when, required=False)
    return asked.output(key, field, form)
