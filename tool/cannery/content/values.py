"""Single values of a front matter as the types that the model asks for, and what is wrong in them.

Lenient: a value of the wrong type is a fault, and costs that key alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from cannery.content.marks import without_marks
from cannery.content.yamltext import Plain
from cannery.model.entry import Audience, Fault
from cannery.model.location import Severity
from cannery.util.plain import printable
from cannery.util.seen import shows_nothing
from cannery.util.text import composed, fold
from cannery.workspace import parse_duration

MAX_TEXT = 10_000
MAX_ITEMS = 1000
_MAX_NAME = 500
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # of a review: others are slips, and end where days end
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ].*)?")
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(slots=True)
class Faults:
    """Collects what is wrong while the keys are read."""

    found: list[Fault] = field(default_factory=list)

    def add(
        self, key: str, message: str, hint: str = "", *, warning: bool = False, value: object = None
    ) -> None:
        severity = Severity.WARNING if warning else Severity.ERROR
        self.found.append(Fault(key, message, hint, severity, value=value))


def read_text(key: str, value: object, faults: Faults, *, most: int = MAX_TEXT) -> str | None:
    """Any text, as a plain `str`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value!s:.{MAX_TEXT}}"  # from elsewhere than YAML, where each scalar is text
    if not isinstance(value, str):
        # Not str() of whatever came: a few aliases in a row make a list of a billion items.
        faults.add(key, f"{key} must be text", f'Write `{key}: "..."`.')
        return None
    if len(value) > most:
        faults.add(key, f"{key} is longer than {most:,} characters", "Shorten it.")
    text = clean(key, value[:most], faults)
    if text.strip() and shows_nothing(text):
        faults.add(key, f"{key} shows nothing", "Write what can be seen, or remove it.")
        return ""
    return text


def read_name(key: str, value: object, faults: Faults) -> str | None:
    """A text that stands in lists, in one line."""
    text = read_text(key, value, faults, most=_MAX_NAME)
    return text if text is None or text.strip() else ""


def clean(key: str, value: str, faults: Faults) -> str:
    """The text as a plain `str`, without what is no letter, and what marks a value's place."""
    cleaned = without_marks(printable(value))
    if cleaned != value:
        faults.add(key, f"{key} contains control characters", "Remove them.")
    return str(cleaned)


def read_action(key: str, value: object, faults: Faults) -> object:
    """What a help desk is to do, as JSON has it: bare numbers, true and false are what they say."""
    if isinstance(value, dict):
        return {
            clean(key, str(name), faults): read_action(f"{key}.{name:.60}", item, faults)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [read_action(key, item, faults) for item in value]
    if isinstance(value, Plain) and value in {"true", "false"}:
        return value == "true"
    if isinstance(value, Plain) and _WHOLE.fullmatch(value):
        return int(value)
    return value if value is None or isinstance(value, bool) else read_text(key, value, faults)


def read_texts(key: str, value: object, faults: Faults) -> tuple[str, ...] | None:
    """A list of texts; one text with commas is a fault that is understood."""
    if isinstance(value, str):
        parts = clean(key, value, faults).split(",")
        items = [item for part in parts if (item := composed(part.strip()))][:MAX_ITEMS]
        hint = f"Write `{key}: [one, two]`."
        faults.add(key, f"{key} must be a list", hint, warning=True, value=items)
        return tuple(items)
    if not isinstance(value, list):
        faults.add(key, f"{key} must be a list", f"Write `{key}: [one, two]`.")
        return None
    if len(value) > MAX_ITEMS:
        faults.add(key, f"{key} has more than {MAX_ITEMS} items")
    texts = [read_text(f"{key}[{n}]", item, faults) for n, item in enumerate(value[:MAX_ITEMS])]
    return tuple(composed(item.strip()) for item in texts if item and item.strip())


def read_whole(key: str, value: object, faults: Faults) -> int | None:
    """A whole number."""
    written = value.strip() if isinstance(value, str) else f"{value!s:.20}"
    if not isinstance(value, bool) and _WHOLE.fullmatch(written):
        return int(written)
    faults.add(key, f"{key} must be a whole number", f"Write `{key}: 10`.")
    return None


def read_date(key: str, value: object, faults: Faults) -> date | None:
    """A day; of a moment, its day."""
    day = value if isinstance(value, date) else None
    if isinstance(value, str) and (written := _DATE.fullmatch(value.strip())):
        try:
            day = date.fromisoformat(written[1])
        except ValueError:
            day = None  # told below, like any other value that is no date
    if day is None:
        faults.add(key, f"{key} must be a date", f"Write `{key}: 2026-11-23`.")
    elif not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        faults.add(key, f"{key} has an unlikely year, {day.year}", f"Write `{key}: 2026-11-23`.")
        return None
    return day


def read_duration(key: str, value: object, faults: Faults) -> timedelta | None:
    try:
        return parse_duration(value if isinstance(value, str) else f"{value!s:.20}")
    except ValueError as error:
        faults.add(key, f"{key}: {error}", f"Write `{key}: 180d`.")
        return None


def one_of(kind: type[_E]) -> Callable[[str, object, Faults], _E | None]:
    def read(key: str, value: object, faults: Faults) -> _E | None:
        # A machine makes nothing public.
        name = one_of_names(key, value, [*kind], faults, is_fixable=kind is not Audience)
        return kind(name) if name is not None else None

    return read


def one_of_names(
    key: str, value: object, names: Iterable[str], faults: Faults, *, is_fixable: bool = True
) -> str | None:
    """The name that a value is. None for another one, which is a fault then."""
    allowed = [*names]
    if isinstance(value, str) and value.strip() in allowed:
        return value.strip()
    shown = f"{value!r:.40}" if isinstance(value, str | int | float) else "it"
    meant = fold(value).strip() if isinstance(value, str) and is_fixable else None
    hint = f"Use one of: {', '.join(allowed)}."
    faults.add(key, f"{key} can't be {shown}", hint, value=meant if meant in allowed else None)
    return None


def option_text(key: str, name: str, data: Mapping[str, Any], faults: Faults) -> str:
    """An option of a field that is a text: empty where there is none."""
    value = data.get(name)
    return "" if value is None else read_text(f"{key}.{name}", value, faults) or ""


def read_pattern(key: str, data: Mapping[str, Any], faults: Faults) -> str:
    """A field's pattern; empty where it is too long to be one."""
    pattern = option_text(key, "pattern", data, faults)
    if not pattern:
        return ""
    from cannery.content.patterns import MAX_PATTERN, is_too_large  # few fields have one

    if not is_too_large(pattern):
        return pattern
    message = f"{key}.pattern is too long, or has too many repetitions"
    hint = f"Use up to {MAX_PATTERN} characters, and few counts such as {{1,99}}."
    faults.add(f"{key}.pattern", message, hint)
    return ""


def flag_of(value: object) -> bool | None:
    """True or false, in the words of YAML; None for anything else."""
    if isinstance(value, str) and fold(value).strip() in _YES | _NO:
        return fold(value).strip() in _YES
    return value if isinstance(value, bool) else None


def read_flag(
    key: str, name: str, data: Mapping[str, Any], faults: Faults, *, default: bool
) -> bool:
    """True or false, in the words of YAML."""
    value = data.get(name)
    if value is None:
        return default
    flag = flag_of(value)
    if flag is None:
        faults.add(f"{key}.{name}", f"{name} must be true or false", f"Write `{name}: true`.")
        return default
    return flag
