"""What a site's search filters by: the pages of each kind, section, tag ..., in one small file.

`filters.json` is fetched when a query has a filter, or may have one, or a slip: `fields` has, by
field and by value as `fold` has it, the numbers of the pages, each as the gap to the one before.
`dashed` are the words that the pages have behind a dash: `-xzf` is no exclusion where a page tells
of it. `titles` are the words of titles, one of which may be meant by a word that no page has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from cannery.model.hit import SearchRecord
from cannery.search.title_words import title_words
from cannery.util.text import fold

FILE = "filters.json"
# What an exclusion may be, up to the end of its first word.
_DASHED = re.compile(r"(?<![\w-])-(\w{2,40})(?!\w)")


def dashed_in(text: str) -> list[str]:
    """The words behind a dash, sorted."""
    return sorted({word for word in _DASHED.findall(fold(text)) if not word.isdecimal()})


def filters_file(records: Sequence[SearchRecord], dashed: Iterable[str] = ()) -> bytes:
    """The file, reproducibly: the same bytes for the same pages. `dashed` are words of them."""
    fields: dict[str, dict[str, list[int]]] = {}
    for number, record in enumerate(records):
        for field, values in _values(record).items():
            for value in dict.fromkeys(map(fold, filter(None, values))):
                fields.setdefault(field, {}).setdefault(value, []).append(number)
    content = {
        "titles": title_words(record.title for record in records),
        "fields": {
            field: {value: [*_gaps(numbers)] for value, numbers in sorted(by_value.items())}
            for field, by_value in sorted(fields.items())
        },
        "dashed": sorted({*dashed}),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _values(record: SearchRecord) -> Mapping[str, tuple[str, ...]]:
    return {
        "kind": (record.kind,),
        "language": (record.language,),
        "owner": (record.owner,),
        "section": (record.section,),
        "status": (record.status,),
        "tag": record.tags,
    }


def _gaps(numbers: Iterable[int]) -> Iterable[int]:
    last = 0
    for number in numbers:
        yield number - last
        last = number
