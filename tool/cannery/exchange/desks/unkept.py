"""Records of a desk that are left alone, whatever they say."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.errors import ContentError
from cannery.exchange.desks.lock import is_record_id
from cannery.model.desk import Content, Outgoing, Record

LONGEST = 500_000  # characters of one part: each link of a text takes a while to be read
_TOO_LONG = f"longer than {LONGEST:,} characters"


def why_unkept(record: Record) -> str:
    """Why a record is neither read nor written; empty for one that is."""
    if not is_record_id(record.id):
        return "its id is not one that can be kept"
    return _TOO_LONG if _is_too_long(record.parts) else ""


def within_bounds(sent: Outgoing) -> Outgoing:
    """What would go out. Raises ContentError for what would be left alone once it is there."""
    if _is_too_long(sent.parts):
        raise ContentError(f"at the desk it would be {_TOO_LONG}", "Make two entries of it.")
    return sent


def _is_too_long(parts: Mapping[str, Content]) -> bool:
    return any(isinstance(value, str) and len(value) > LONGEST for value in parts.values())
