"""Front matter <-> values.

Reading is fast (libyaml) and bounded; rewriting splices the one value that changed into the text,
so that comments, order, quotes, line ends and a byte order mark stay as the author left them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml

from cannery.content.key_lines import KEY
from cannery.content.split import LINE_END, Parts, line_end_of, split
from cannery.content.yamltext import LOADER, MAX_SIZE, Oddity, Plain, UnreadableError, blocks, even
from cannery.content.yamltext import read as read_yaml
from cannery.errors import ContentError
from cannery.model.entry import Fault


class Read(NamedTuple):
    """Front matter as a mapping of str, list, dict and None, with the faults in it."""

    data: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    errors: tuple[tuple[int, str], ...] = ()


_TWICE = "Remove one of the two."
_NO_KEYS = "the front matter is not a list of `key: value` lines"


def read(header: str, first: int = 2) -> Read:
    """What the front matter says; `first` is the line of the file that it begins in.

    Raises ValueError with a 1-based line of the file in it.
    """
    try:
        found = read_yaml(header)
    except UnreadableError as error:
        raise ValueError(f"line {error.line + first}: {error}") from error
    if not isinstance(found.value, dict | None):
        raise ValueError(f"line {first - 1}: {_NO_KEYS}")
    return Read(found.value or {}, tuple(_faults(found.oddities, first)))


def _faults(oddities: Iterable[Oddity], first: int) -> Iterator[Fault]:
    return (Fault(o.key, o.message, o.hint, line=o.line + first) for o in oddities)


def read_each(header: str, first: int = 2) -> Read:
    """What the front matter says, where a key that is no YAML costs itself alone.

    `errors` are those, each a 1-based line of the file with a reason.
    """
    try:
        return read(header, first)
    except ValueError as error:
        line, _, reason = str(error).removeprefix("line ").partition(": ")
        whole = (int(line), reason)
    if len(header) > MAX_SIZE:
        return Read({}, (), (whole,))
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    errors: list[tuple[int, str]] = []
    items = [*blocks(header, KEY)]
    for start, block in items:
        try:
            found = read_yaml(block, len(block) + MAX_SIZE // len(items))
        except UnreadableError as error:
            errors.append((first + start + error.line, str(error)))
            continue
        for key, value in found.value.items() if isinstance(found.value, dict) else ():
            if key in data:
                faults.append(Fault(key, f"{key:.60} appears twice", _TWICE, line=first + start))
            data[key] = value
        faults += _faults(found.oddities, first + start)
    return Read(data, tuple(faults), tuple(errors) or (whole,))


def parse(header: str) -> dict[str, Any]:
    """The front matter as a mapping. Raises ValueError with a 1-based line of the file in it."""
    return read(header).data


def rewrite(text: str, values: Mapping[str, object]) -> str:
    """The same text with `values` set (None: the key removed); all else byte for byte as it was.

    A key that already holds the value is left alone. Raises ContentError where the front matter
    can't be read, or where the result would not read back as asked.
    """
    parts = split(text)
    if parts.fault:
        raise ContentError(f"front matter: line {parts.fault[0]}: {parts.fault[1]}", _MEND)
    before = _parse_or_refuse(parts.header)
    newline = line_end_of(text)
    wanted = {key: value for key, value in values.items() if before.get(key) != _as_read(value)}
    if not wanted:
        return text
    if not parts.suffix:
        bom, body = parts.prefix, parts.body
        gap = newline if body and not body.startswith(("\n", "\r")) else ""
        parts = Parts(f"{bom}---{newline}", "", f"---{newline}{gap}", body, 1)
    header = parts.header
    for key, value in wanted.items():
        header = _set(header, key, value, newline)
    try:
        after = parse(header)
    except ValueError:
        after = {}
    expected = before | {key: _as_read(value) for key, value in wanted.items()}
    expected = {key: value for key, value in expected.items() if value is not None}
    if {key: value for key, value in after.items() if value is not None} != expected:
        raise ContentError(
            "the front matter can't be updated without changing other keys",
            "Edit the file by hand.",
        )
    return parts.prefix + header + parts.suffix + parts.body


def extend(text: str, key: str, items: Sequence[object]) -> str:
    """The same text with `items` behind those of a list; the others stay as they are written.

    Raises ContentError as `rewrite` does.
    """
    parts = split(text)
    before = _parse_or_refuse(parts.header).get(key) or []
    wanted = {key: [*before, *items]}
    root = yaml.compose(even(parts.header), Loader=LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    old = next((node for name, node in pairs if name.value == key), None)
    if not isinstance(old, yaml.SequenceNode) or old.flow_style or not old.value:
        return rewrite(text, wanted)
    newline = line_end_of(text)
    indent = newline + " " * old.start_mark.column
    lines = _dump(key, [*items], "\n").split("\n")[1:]
    added = "".join(f"{indent}{line}" for line in lines)
    rest = LINE_END.search(parts.header, _end(old, parts.header))
    at = rest.start() if rest else len(parts.header)
    header = f"{parts.header[:at]}{added}{parts.header[at:]}"
    whole = parts.prefix + header + parts.suffix + parts.body
    return whole if rewrite(whole, wanted) == whole else rewrite(text, wanted)


def _parse_or_refuse(header: str) -> dict[str, Any]:
    try:
        return parse(header)
    except ValueError as error:
        raise ContentError(f"front matter: {error}", _MEND) from error


_MEND = "Fix the file in an editor first."


def _as_read(value: object) -> object:
    """A value as it will be read once it is written: text, in lists and mappings of texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _as_read(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_read(item) for item in value]
    return value if value is None else str(value)


def _set(header: str, key: str, value: object, newline: str) -> str:
    root = yaml.compose(even(header), Loader=LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    # Of a key that stands twice, the last one counts: the loader's own rule.
    name, old = next((pair for pair in reversed(pairs) if pair[0].value == key), (None, None))
    if name is None or old is None:
        if value is None:
            return header
        gap = "" if not header or header.endswith(("\n", "\r")) else newline
        return header + gap + _dump(key, value, newline) + newline
    end = max(_end(old, header), name.end_mark.index)
    if value is None:
        start = max(header.rfind(mark, 0, name.start_mark.index) for mark in "\n\r") + 1
        rest = LINE_END.search(header, end)
        return header[:start] + (header[rest.end() :] if rest else "")
    flow = isinstance(old, yaml.CollectionNode) and bool(old.flow_style)
    quote = old.style if isinstance(old, yaml.ScalarNode) and old.style in ("'", '"') else None
    after_colon = _dump(key, value, newline, flow=flow, quote=quote)[len(_plain(key)) + 1 :]
    colon = header.index(":", name.end_mark.index)
    one_line = old.start_mark.line == name.start_mark.line and not after_colon.startswith(newline)
    if one_line and old.start_mark.index > colon + 1:
        return header[: old.start_mark.index] + after_colon[1:] + header[end:]
    return header[: colon + 1] + after_colon + header[max(end, colon + 1) :]


def _end(node: yaml.Node, header: str) -> int:
    """Where a value's own text ends.

    The mark of a block collection or block scalar lies behind the blank lines and comments that
    follow it, so theirs is the end of the last scalar inside, less its line break.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(last, tuple):
            return max(_end(last[1], header), int(last[0].end_mark.index) + 1)
        return _end(last, header)
    index = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        start = int(node.start_mark.index)
        return start + len(header[start:index].rstrip())
    return index


def _plain(key: str) -> str:
    return str(yaml.safe_dump(key, allow_unicode=True, width=10**6)).split("\n", 1)[0]


def _dump(
    key: str, value: object, newline: str, *, flow: bool = False, quote: str | None = None
) -> str:
    """`key: value` as YAML, without the last line break."""
    if quote and isinstance(value, str):
        dumped = yaml.dump(
            str(value), Dumper=yaml.SafeDumper, default_style=quote, allow_unicode=True, width=10**6
        )
        return f"{_plain(key)}: {dumped.rstrip()}"
    text = yaml.dump(
        {key: value},
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=None if flow and isinstance(value, list | dict) else False,
        sort_keys=False,
        width=10**6,
    )
    return str(text).rstrip("\n").replace("\n", newline)


class _Dumper(yaml.SafeDumper):
    """Writes a text without quotes that was read without."""

    def plain(self, text: Plain) -> yaml.ScalarNode:
        meant: str = self.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
        return self.represent_scalar(meant, str(text))


_Dumper.add_representer(Plain, _Dumper.plain)
