"""kb/desk/NAME.toml: what the knowledge base and a desk last agreed on, entry by entry.

It is in Git, so that all clones know which record is which entry's. Its bytes follow from what it
says alone, sorted, a value a line and a table an entry: two people's changes of different entries
merge. It comes from pull requests, and is read within bounds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cannery.content.conflict_markers import conflict_line
from cannery.exchange.desks.lock_lines import table_of_lines
from cannery.git.tables import HEAD, tables_of, text_of
from cannery.util.plain import clean, is_name
from cannery.util.toml import toml_of

FOLDER = "kb/desk/"
MAX_BYTES = 32_000_000
_MOST_LETTERS = 500
# It becomes a part of an address, and has one form: `123.json` and `0123` are the record 123, too.
_RECORD = re.compile(r"(?!0[0-9]{1,200}\Z)[A-Za-z0-9][A-Za-z0-9_-]{0,199}={0,2}")
_HEX = re.compile(r"[0-9a-f]{16,64}")
_BARE = re.compile(r"[A-Za-z0-9_-]{1,100}")
_BREAK = re.compile(r"[\t\n]")
_NUMBERS = "numbers"


class Agreed(NamedTuple):
    """What was last agreed on of an entry.

    `record` is the desk's id. `here` has the blobs of the files by language, of the text that the
    desk has; empty where the entry is gone. `sent` are the digests of the parts as we would send
    that text, `there` those of the record as the desk told it: what a desk rewrites differs
    between the two.
    """

    record: str
    here: Mapping[str, str]
    sent: Mapping[str, str]
    there: Mapping[str, str]


class Lock(NamedTuple):
    """`entries` by id; `numbers` are the desk's, by what they number and by name."""

    entries: Mapping[str, Agreed]
    numbers: Mapping[str, Mapping[str, str]]

    @property
    def articles(self) -> dict[str, str]:
        """The desk's ids of articles, by ours."""
        return {
            id_: one.record
            for id_, one in sorted(self.entries.items())
            if id_.startswith("articles/")
        }


EMPTY = Lock({}, {})


def is_record_id(text: str) -> bool:
    """Whether a desk's id of a record leads to its own address, and is the only one that does."""
    return _RECORD.fullmatch(text) is not None


def lock_path(name: str) -> str:
    """Where the lock file of a desk is, from the knowledge base's root."""
    return f"{FOLDER}{name}.toml"


def read_lock(raw: bytes) -> Lock:
    """What a lock file says. Raises ValueError with the reason and the line, if one is known."""
    if len(raw) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8 text") from error
    if conflict_line(text):  # either side will do: what it lacks is found out
        text = text_of(tables_of(text.replace("\r\n", "\n")))
    data = table_of_lines(text)
    if data is None:
        data = toml_of(text, MAX_BYTES)
    numbers = {name: _texts(table, name) for name, table in _table(data.pop(_NUMBERS, {}))}
    return Lock({id_: _agreed(id_, table) for id_, table in data.items()}, numbers)


def _agreed(id_: str, table: object) -> Agreed:
    values = dict(_table(table))
    if not is_name(id_):  # it is shown: no file of an entry is called so
        raise ValueError(f"{id_!r:.100}: not the id of an entry")
    record = values.get("record")
    if not isinstance(record, str) or not is_record_id(record):
        raise ValueError(f"{id_!r:.100}: record must be the desk's id of it")
    here, parts = (_texts(values.get(name, {}), id_) for name in ("here", "parts"))
    pairs = {name: text.split(" ") for name, text in parts.items()}
    is_plain = all(clean(name) == name and not _BREAK.search(name) for name in (*here, *parts))
    if not is_plain or not all(
        map(_HEX.fullmatch, (*here.values(), *(it for pair in pairs.values() for it in pair)))
    ):
        raise ValueError(f"{id_!r:.100}: not what `kb desk` has written")
    sent = {name: pair[0] for name, pair in pairs.items() if pair[0] != _NONE}
    there = {name: pair[-1] for name, pair in pairs.items() if pair[-1] != _NONE}
    return Agreed(record, here, sent, there)


_NONE = "0" * 16  # the digest of a part that one side has not


def _table(value: object) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r:.60} must be a table")
    return iter(value.items())


def _texts(value: object, id_: str) -> dict[str, str]:
    texts = dict(_table(value))
    if not all(isinstance(text, str) and len(text) <= _MOST_LETTERS for text in texts.values()):
        raise ValueError(f"{id_!r:.100}: not what `kb desk` has written")
    return texts


def lock_text(lock: Lock) -> str:
    """The lock file that says so."""
    lines = [HEAD]
    for name, numbers in sorted(lock.numbers.items()):
        lines += ["", f"[{_NUMBERS}.{_key(name)}]"]
        lines += (f"{_key(key)} = {_quoted(value)}" for key, value in sorted(numbers.items()))
    for id_, agreed in sorted(lock.entries.items()):
        lines += ["", f"[{_key(id_)}]", f"record = {_quoted(agreed.record)}"]
        lines += (f"here.{_key(key)} = {_quoted(it)}" for key, it in sorted(agreed.here.items()))
        lines += (f"parts.{_key(key)} = {_quoted(it)}" for key, it in _pairs(agreed))
    return "\n".join([*lines, ""])


def _pairs(agreed: Agreed) -> Iterator[tuple[str, str]]:
    for name in sorted({*agreed.sent, *agreed.there}):
        sent, there = agreed.sent.get(name, _NONE), agreed.there.get(name, _NONE)
        yield name, sent if sent == there else f"{sent} {there}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """A text as TOML has it: as JSON does, but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
