"""What `kb rename` and `kb retire` do to files: planned first, then so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from typing import NamedTuple

from cannery.check.facts import Whole
from cannery.check.page import page
from cannery.check.rewrite_links import Move, rewritten, speakers
from cannery.cli import output
from cannery.cli.alone import write
from cannery.content.files import read_bytes, scan
from cannery.content.frontmatter import rewrite
from cannery.content.library import load_parts
from cannery.errors import ContentError
from cannery.workspace import Workspace


class Change(NamedTuple):
    """A file's text before and after, and where it stands then. `left`: lines for a person."""

    path: str
    new_path: str
    before: str
    after: str
    left: tuple[int, ...] = ()


def planned(
    workspace: Workspace, whole: Whole, move: Move, headers: Mapping[str, Mapping[str, object]]
) -> list[Change]:
    """The files that change; `headers` has what their front matter says besides, by path."""
    parts = load_parts(workspace, scan(workspace))
    changes = []
    for path in sorted({*speakers(whole, move), *headers}):
        before = page(path, read_bytes(workspace, path), workspace.settings, parts)
        text, left = rewritten(before, whole, move)
        text = rewrite(text, headers.get(path, {}))
        new_path = path if move.stays else (move.paths.get(path) or path)
        if (text, new_path) != (before.source, path):
            # Only the front matter has got longer or shorter.
            shift = text.count("\n") - before.source.count("\n")
            lines = tuple(line + shift for line in left)
            changes.append(Change(path, new_path, before.source, text, lines))
    return changes


def show(changes: Sequence[Change]) -> None:
    for item in changes:
        moved = f" -> {item.new_path}" if item.new_path != item.path else ""
        output.say(f"{item.path}{moved}")
        texts = (item.before.splitlines(), item.after.splitlines())
        lines = unified_diff(*texts, n=0, lineterm="")
        for line in list(lines)[2:]:
            output.say(f"  {line}")


def save(
    workspace: Workspace, what: str, changes: Sequence[Change], *, asked: Sequence[str]
) -> None:
    """Write all of it, or nothing. Told to `kb undo`."""
    files: dict[str, bytes | None] = {}
    expected: dict[str, bytes | None] = {}
    modes: dict[str, int] = {}
    for item in changes:
        expected[item.path] = _raw(item.before)
        if item.new_path != item.path:
            if (workspace.root / item.new_path).exists():
                raise ContentError(f"{item.new_path} is there already", "Choose another name.")
            files[item.path] = None
            expected[item.new_path] = None
            modes[item.new_path] = (workspace.root / item.path).stat().st_mode & 0o777
        files[item.new_path] = _raw(item.after)
    if files:
        write(workspace, what, files, expected, asked=asked, modes=modes)
    for item in changes:
        for line in item.left:
            output.note(f"{item.new_path}:{line}: a link that only you can mend")


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
