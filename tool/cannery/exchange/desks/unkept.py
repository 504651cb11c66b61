"""Records of a desk that are left alone, whatever they say."""

from __future__ import annotations

from cannery.exchange.desks.lock import is_record_id
from cannery.model.desk import Record

LONGEST = 500_000  # characters of one part: each link of a text takes a while to be read


def why_unkept(record: Record) -> str:
    """Why a record is neither read nor written; empty for one that is."""
    if not is_record_id(record.id):
        return "its id is not one that can be kept"
    texts = (value for value in record.parts.values() if isinstance(value, str))
    if any(len(text) > LONGEST for text in texts):
        return f"longer than {LONGEST:,} characters"
    return ""
