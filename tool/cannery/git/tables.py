"""Lock files, which `kb` writes: a table an entry, a value a line. They merge without a conflict.

Where two branches have made another value of one line, either will do: what it says is compared
with what is there, and found out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HEAD = "# What kb and this help desk last agreed on. `kb desk` writes it; it belongs in Git."
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
Tables = Mapping[str, Mapping[str, str]]  # values by key, by the line that a table begins with


def are_locks(*texts: str) -> bool:
    """Whether all of the texts are lock files, and nothing else: no line of them would be lost."""
    return all(text.startswith(HEAD) and all(map(_is_told, text.split("\n"))) for text in texts)


def _is_told(line: str) -> bool:
    return not line.strip() or line.startswith(("#", "[")) or " = " in line


def tables_of(text: str) -> dict[str, dict[str, str]]:
    """What a lock file says; of a line that stands twice, also in a conflict, the later one."""
    found: dict[str, dict[str, str]] = {}
    table = found.setdefault("", {})
    for line in text.split("\n"):
        if line.startswith("["):
            table = found.setdefault(line, {})
        elif line and not line.startswith(("#", *_MARKERS)):
            key, _, value = line.rpartition(" = ")
            table[key] = value
    return found


def text_of(tables: Tables) -> str:
    """The lock file that says so, its tables in their order."""
    lines = [HEAD]
    for name in sorted(tables, key=_place):
        if name or tables[name]:
            lines += ["", *([name] if name else [])]
            lines += (f"{key} = {value}" for key, value in tables[name].items())
    return "\n".join([*lines, ""])


def _place(name: str) -> tuple[bool, str]:
    """The desk's numbers stand above the entries."""
    return name.startswith('["'), name


def merge_tables(base: str, ours: str, theirs: str) -> str:
    """Both sides' changes of a lock file; of a line that both have changed, theirs."""
    before, here, there = map(tables_of, (base, ours, theirs))
    merged: dict[str, Mapping[str, str]] = {}
    for name in _each(here, there):
        old, own, other = (side.get(name, {}) for side in (before, here, there))
        if old and not (own and other):  # one side has let go of it
            if (own or other) != old:
                merged[name] = own or other
            continue
        lines = {
            key: _value(old.get(key), own.get(key), other.get(key)) for key in _each(own, other)
        }
        kept = {key: value for key, value in sorted(lines.items(), key=_rank) if value is not None}
        if kept:
            merged[name] = kept
    return text_of(merged)


def _rank(pair: tuple[str, object]) -> tuple[bool, str]:
    return pair[0] != "record", pair[0]


def _each(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return [*dict.fromkeys([*one, *other])]


def _value(old: str | None, own: str | None, other: str | None) -> str | None:
    return own if other == old else other
