"""What measures are called, by language: `words.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from cannery.insight.report import Definition
from cannery.model.business_calendar import BUSINESS

_FILE = Path(__file__).with_name("words.json")
Kind = Literal["measures", "verdicts", "dimensions", "targets"]


def words(language: str) -> Mapping[Kind, Mapping[str, str]]:
    """All words of a language, or of English."""
    by_language = _read()
    return by_language.get(language) or by_language["en"]


def measure_keys() -> tuple[str, ...]:
    """The keys of all measures, such as solved_within_{days}d."""
    return tuple(words("en")["measures"])


def title(measure: Definition, language: str) -> str:
    """What a measure is called; a promise also tells whose hours it counts, if it says so."""
    known = words(language)
    values, targets = dict(measure.values), known["targets"]
    if target := str(values.get("target", "")):  # as a promise has it, such as 30m
        values["target"] = targets[target[-1]].format(number=target[:-1])
    found = known["measures"][measure.key].format_map(values)
    calendar = values.get("calendar", BUSINESS)
    return (
        found
        if calendar == BUSINESS
        else targets["calendar"].format(title=found, calendar=calendar)
    )


@cache
def _read() -> Mapping[str, Mapping[Kind, Mapping[str, str]]]:
    found: Mapping[str, Mapping[Kind, Mapping[str, str]]] = json.loads(_FILE.read_text("utf-8"))
    return found
