"""Exports of JSON, read with what a desk's rows say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from io import TextIOWrapper
from pathlib import Path

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.json_rows import Row, rows
from cannery.insight.sources.source import Options, Reading
from cannery.insight.sources.taking import TakeAny, take_each
from cannery.model.event import Progress
from cannery.model.ticket_event import TicketRecord
from cannery.util.encoding import encoding_of

_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_TOLD_EVERY = 5_000  # rows


def records(
    path: Path,
    options: Options,
    lists: Collection[str],
    take: TakeAny,
    new: Callable[[Reading], Gathering] = Gathering,
) -> Iterator[TicketRecord]:
    """The tickets of a file, whose rows stand in `lists` or alone. Raises OSError.

    `new` makes what they are gathered in.
    """
    with closing(new(options.reading)) as gathering:
        for key, value in _rows(path, options, lists):
            take_each(gathering, key, (value,), take, options)
        yield from gathering.records()


def _rows(path: Path, options: Options, lists: Collection[str]) -> Iterator[Row]:
    """The rows of a file; the listener learns how far it is."""
    with path.open("rb") as file:
        total, encoding = path.stat().st_size, encoding_of(file.read(4))
        file.seek(0)
        texts = TextIOWrapper(file, encoding, errors="replace")
        if texts.read(1) != "\ufeff":  # the mark that tells the encoding
            texts.seek(0)
        for count, row in enumerate(rows(texts, lists, options.reading), 1):
            yield row
            if count % _TOLD_EVERY == 0:
                options.listener(Progress("Reading", min(file.tell(), total - 1), total))
        options.listener(Progress("Reading", total, total))


def is_json_with(head: bytes, signs: Collection[bytes]) -> bool:
    """Whether a file begins as JSON, and has one of these in its beginning."""
    plain = head.replace(b"\0", b"").lstrip(_BLANKS)  # as PowerShell writes it, in UTF-16
    return plain[:1] in (b"{", b"[") and any(sign in plain for sign in signs)
