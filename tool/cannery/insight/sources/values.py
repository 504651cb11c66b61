"""Values of exports, which are hostile: any type may stand where a time or an id is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from math import isfinite

Json = Mapping[str, object]

_FIRST, _LAST = 631_152_000, 4_102_444_800  # 1990 and 2100: what lies outside is no time
_MILLISECONDS = 100_000_000_000  # a greater number counts these
_MOST_ID, _MOST_NAME = 100, 60  # letters
_MOST_TEXT = 20_000
_CODE = re.compile(
    r"(?:Channel::)?[A-Za-z][A-Za-z0-9]{0,30}(?:[_ -][a-z0-9]{1,30}){0,4}"
    r"|[a-z]{2,3}[_-][A-Z][A-Za-z]{1,3}"
)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,18} ?(?:Z|[+-][0-9:]{4,6}|UTC)?")


def seconds(value: object, zone: tzinfo = UTC) -> int | None:
    """A time as seconds since the epoch: ISO 8601, or a number of seconds or milliseconds.

    None for anything else. `zone` is that of a time that names none.
    """
    found = _number(value) if not isinstance(value, str) else _written(value.strip(), zone)
    return int(found) if found is not None and _FIRST <= found < _LAST else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not isfinite(value) or not 0 <= value < _LAST * 1000:
        return None
    return value / 1000 if value >= _MILLISECONDS else value


def _written(text: str, zone: tzinfo) -> float | None:
    if text.isdecimal() and len(text) <= 13:  # noqa: PLR2004 - milliseconds have 13 digits
        return _number(int(text))
    if not _TIME.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text.replace(" UTC", "Z").replace(" +", "+").replace(" -", "-"))
        return (at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()
    except (ValueError, OverflowError):
        return None


def identifier(value: object) -> str:
    """An id as a text; empty for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    if isinstance(value, str) and len(value) <= _MOST_ID:
        return _sound(value).strip()
    return ""


def _sound(value: str) -> str:
    """The text without halves of letters, which JSON may have and no file can."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def text(value: object) -> str:
    """A text as it is, as far as anybody reads; empty for another type."""
    return _sound(value[:_MOST_TEXT]) if isinstance(value, str) else ""


def name(value: object) -> str:
    """A short value that tickets are grouped by, such as a product; empty for anything else.

    What has an @ or runs on is no such value, but somebody's words or address.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return identifier(value)
    if not isinstance(value, str):
        return ""
    found = " ".join(_sound(value).split())
    return found if len(found) <= _MOST_NAME and "@" not in found else ""


def code(value: object) -> str:
    """A word of the desk's own for a channel or a language; empty for what anybody may have typed.

    Names and sentences have capital letters within, or signs.
    """
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""


def rating(value: object) -> float | None:
    """A score; None for what is none."""
    found = float(value) if isinstance(value, str) and value in _SCORES else value
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if -_MOST_SCORE <= found <= _MOST_SCORE else None


_MOST_SCORE = 1000
_SCORES = frozenset(str(number) for number in range(-1000, 1001))


def part(row: Json, key: str) -> Json:
    """The object below a key; an empty one for anything else."""
    found = row.get(key)
    return found if isinstance(found, dict) else {}


def parts(row: Json, key: str) -> Iterator[Json]:
    """The objects of the list below a key."""
    found = row.get(key)
    return (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))


def names(row: Json, key: str) -> Iterator[str]:
    """The short texts of the list below a key, such as tags."""
    found = row.get(key)
    return (name(one) for one in (found if isinstance(found, list) else ()) if isinstance(one, str))
