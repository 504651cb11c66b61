"""Other tools' settings, read within bounds and without running any of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cannery.adopt.tree import SourceTree
from cannery.content.yamltext import UnreadableError, blocks
from cannery.content.yamltext import read as read_yaml
from cannery.util.toml import read_toml

_KEY = re.compile(r"[A-Za-z_\"'][^\n:]{0,80}:")
_QUOTED = re.compile(
    r"(?<![\w$.])[\"']?(?P<key>[A-Za-z_$][\w$]{0,40})[\"']?\s{0,9}:\s{0,99}"
    r"(?P<quote>[\"'`])(?P<value>[^\"'`\n]{1,300})(?P=quote)"
)
_LISTED = re.compile(
    r"(?<![\w$.])[\"']?(?P<key>[A-Za-z_$][\w$]{0,40})[\"']?\s{0,9}:\s{0,99}\[(?P<items>[^\[\]]{0,2000})\]"
)
_ITEM = re.compile(r"[\"'`]([^\"'`\n]{1,60})[\"'`]")
_OPENED = re.compile(r"(?<![\w$.])[\"']?(?P<key>[A-Za-z_$][\w$-]{0,40})[\"']?\s{0,9}:\s{0,99}\{")
_PIECE = re.compile(
    r"//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)|\"(?>(?:[^\"\\\n]|\\.)*)\"|'(?>(?:[^'\\\n]|\\.)*)'|[{}\[\]()]"
    r"|[A-Za-z_$][\w$-]*"
)
_MAX_DEPTH = 2  # of folders above a tool's settings: a site is often a folder of a repository


def settings_files(tree: SourceTree, names: Iterable[str]) -> tuple[str, ...]:
    """The files of these names in the top folder or near it, the nearest first."""
    found = [path for name in names for path in tree.by_name.get(name.lower(), ())]
    near = (path for path in found if path.count("/") < _MAX_DEPTH and not path.startswith("kb/"))
    return tuple(sorted(near, key=lambda path: (path.count("/"), path)))


def folder_of(path: str) -> str:
    """The folder of a file, `.` for the top."""
    return path.rpartition("/")[0] or "."


def beside(base: str, path: str) -> str:
    """A path as it is named from the folder `base`, from the top; `.` for the top itself.

    One that leads out of the top begins with `..`: no file is there. It is not the top, whose files
    nobody has meant to be pages.
    """
    import posixpath

    return posixpath.normpath(posixpath.join(base, path.strip().lstrip("/") or "."))


def left_out(patterns: Iterable[str], base: str) -> Iterator[str]:
    """What a tool leaves out of its site, as patterns of kb.toml.

    `patterns` are as in .gitignore, for the folder `base`.
    """
    prefix = "/" if base in {".", ""} else f"{base}/"
    for line in patterns:
        pattern = line.strip()
        bare = pattern.removeprefix("!").lstrip("/")
        if not bare.strip("/*") or pattern.startswith("#"):
            continue
        is_anywhere = "/" not in pattern.removeprefix("!").rstrip("/")
        kept = "!" if pattern.startswith("!") else ""
        yield f"{kept}{prefix}{'**/' if is_anywhere else ''}{bare}"


def left_out_by_globs(globs: Iterable[str], base: str) -> Iterator[str]:
    """The same of globs for the folder `base`, as JavaScript's tools have them."""
    spread = (one for glob in globs for one in _without_braces(glob.removeprefix("./")))
    return left_out((f"/{one.lstrip('/')}" for one in spread), base)


def _without_braces(glob: str) -> list[str]:
    """A glob with `{a,b}` as one for each of them."""
    before, _, rest = glob.partition("{")
    inside, closed, after = rest.partition("}")
    return [f"{before}{one}{after}" for one in inside.split(",")] if closed else [glob]


def yaml_values(text: str) -> dict[str, Any]:
    """The top-level keys of a YAML file; one that can't be read costs itself alone."""
    values: dict[str, Any] = {}
    for _, block in blocks(text, _KEY):
        try:
            value = read_yaml(block).value
        except UnreadableError:
            continue
        if isinstance(value, dict):
            values.update(value)
    return values


def values_of(tree: SourceTree, path: str) -> dict[str, Any]:
    """A settings file in TOML, YAML or JSON, by its name; empty where it can't be read."""
    if path.endswith(".toml"):
        try:
            return read_toml(tree.root / path)
        except (OSError, ValueError):
            return {}
    text = tree.config(path)
    if path.endswith(".json"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}
    return yaml_values(text)


def text_at(values: Mapping[str, Any], *keys: str) -> str:
    """The first of the keys that is a text; `outer.inner` is a table's."""
    for key in keys:
        value: object = values
        for piece in key.split("."):
            value = value.get(piece) if isinstance(value, dict) else None
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def script_texts(text: str) -> dict[str, str]:
    """`key: "value"` of a script, the first of each key: it is read, and not run."""
    found: dict[str, str] = {}
    for match in _QUOTED.finditer(_without_comments(text)):
        found.setdefault(match["key"], match["value"])
    return found


def script_list(text: str, key: str) -> Sequence[str]:
    """The texts of `key: ["a", "b"]`."""
    lists = (match for match in _LISTED.finditer(text) if match["key"] == key)
    return next((_ITEM.findall(match["items"]) for match in lists), [])


def script_keys(text: str, key: str) -> dict[str, str]:
    """The keys of `key: {a: ..., b: ...}`, each with the text of what it stands for."""
    for match in _OPENED.finditer(text):
        if match["key"] == key:
            return dict(_inner(text, match.end()))
    return {}


def _inner(text: str, start: int) -> Iterator[tuple[str, str]]:
    """The keys of an object whose `{` ends at `start`; what nothing closes goes on to the end."""
    depth, name, begins = 0, "", start
    for piece in _PIECE.finditer(text, start):
        sign = piece[0]
        if sign in "{[(":
            depth += 1
        elif sign in "}])":
            depth -= 1
            if depth < 0:
                break
        elif not depth and not sign.startswith(("//", "/*")) and _is_key(text, piece.end()):
            if name:
                yield name, text[begins : piece.start()]
            name, begins = sign.strip("\"'"), piece.end()
    if name:
        yield name, text[begins : piece.start()]


def _is_key(text: str, end: int) -> bool:
    return text[end : end + 9].lstrip().startswith(":")


def _without_comments(text: str) -> str:
    return _PIECE.sub(lambda piece: "" if piece[0].startswith(("//", "/*")) else piece[0], text)
