"""What the index keeps of an entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from whoosh import fields
from whoosh.analysis.tokenizers import IDTokenizer
from whoosh.formats import Existence

from cannery.search.tokens import MARK

FILTER_FIELDS = ("id", "kind", "language", "owner", "section", "shortcut", "status", "tag", "at")
TERM_FIELDS = ("title", "heading", "text")
PAIRS = "pairs"
STORED_FIELDS = (PAIRS, "path", "entry", "shown", "summary", "state", "tags", "review")


class Terms(fields.FieldType):
    """Terms counted beforehand: a mapping from a term to how often it stands there."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(Existence(), IDTokenizer(), scorable=scorable)  # type: ignore[arg-type]

    def index(  # type: ignore[override]
        self, value: Mapping[str, int], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in value.items():
            length = 0 if term.endswith(MARK) else count
            yield term.encode("utf-8", "replace"), length, count, b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode("utf-8", "replace")


def schema() -> fields.Schema:
    terms = {name: Terms(scorable=True) for name in TERM_FIELDS}
    filters = {name: Terms(scorable=False) for name in FILTER_FIELDS}
    return fields.Schema(**terms, **filters, **dict.fromkeys(STORED_FIELDS, fields.STORED))


def pack(stored: Mapping[str, Any]) -> bytes:
    """What the index keeps of a document to show it, but for its pairs, as JSON."""
    row = dict(stored)
    if row.get("review"):
        reviewed, every = row["review"]
        row["review"] = [reviewed.isoformat(), every and every.days]
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> dict[str, Any]:
    """Raises ValueError and others if the data is corrupt."""
    row: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    row["tags"] = tuple(row.get("tags", ()))
    if row.get("review"):
        reviewed, every = row["review"]
        row["review"] = date.fromisoformat(reviewed), every and timedelta(days=every)
    return row
