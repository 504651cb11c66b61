"""Where marks are at the end: in the files of an entry, twice in one text, in two entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.desks.simulation.people import MARK


def goes_out(text: str) -> bool:
    """Whether customers may see a file: what is written in a draft stays in it."""
    return re.search(r"^status: (?:draft|retired)$", text, flags=re.MULTILINE) is None


def marks_of(paths: Iterable[Path]) -> set[str]:
    return {*MARK.findall("\n".join(path.read_text() for path in paths))}


def twice(texts: dict[Path, str], records: Sequence[Sequence[str]]) -> Iterator[str]:
    """Marks that are twice in a text, in two records, or in two entries that are not retired."""
    for path, text in texts.items():
        yield from (f"{mark} twice in {path.name}" for mark, count in Counter(MARK.findall(text)).items() if count > 1)  # fmt: skip
    entries = Counter(mark for _, mark in {(path.name.split(".")[0], mark) for path, text in texts.items() if "\nstatus: retired\n" not in text for mark in MARK.findall(text)})  # fmt: skip
    yield from (f"{mark} in two entries" for mark, count in entries.items() if count > 1)
    for record in records:
        for text in record:
            yield from (f"{mark} twice at the desk" for mark, count in Counter(MARK.findall(text)).items() if count > 1)  # fmt: skip
    whole = Counter(mark for record in records for mark in {*MARK.findall("\n".join(record))})
    yield from (f"{mark} in two records" for mark, count in whole.items() if count > 1)
