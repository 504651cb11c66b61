"""Rewrite the files that a rename or a retirement touches: planned first, then all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cannery.check.page import page
from cannery.check.rewrite_links import Move, rewritten, speakers
from cannery.check.whole import Whole
from cannery.content.files import read_bytes, scan
from cannery.content.library import load_parts
from cannery.content.rewrite_keys import rewrite_keys
from cannery.errors import ContentError
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import Rewrite, write
from cannery.util.encoding import UTF_8, encoding_of
from cannery.workspace import Workspace


class FileChange(NamedTuple):
    """A file's text before and after, and its path after.

    `unresolved` are the lines, 1-based and after the change, with links that a person must mend.
    """

    path: str
    new_path: str
    before: str
    after: str
    unresolved: tuple[int, ...] = ()
    encoding: str = UTF_8


def plan(
    workspace: Workspace, whole: Whole, move: Move, headers: Mapping[str, Mapping[str, object]]
) -> list[FileChange]:
    """The files that change; `headers` has front matter to be set, by path and key."""
    parts = load_parts(workspace, scan(workspace))
    changes = []
    for path in sorted({*speakers(whole, move), *headers}):
        raw = read_bytes(workspace, path)
        before = page(path, raw, workspace.settings, parts)
        text, left = rewritten(before, whole, move)
        keys = workspace.settings.front_matter
        text = rewrite_keys(text, headers.get(path, {}), keys)
        new_path = path if move.stays else (move.paths.get(path) or path)
        if (text, new_path) != (before.source, path):
            # Only the front matter has got longer or shorter.
            shift = text.count("\n") - before.source.count("\n")
            lines = tuple(line + shift for line in left)
            encoding = encoding_of(raw)
            changes.append(FileChange(path, new_path, before.source, text, lines, encoding))
    return changes


def save(
    workspace: Workspace,
    what: str,
    changes: Sequence[FileChange],
    asked: Sequence[str],
    listener: Listener = ignore,
) -> None:
    """Write all of the changes, or none; `what` and `asked` are as in `Rewrite`.

    Raises ContentError where a file would replace another one.
    """
    files: dict[str, bytes | None] = {}
    expected: dict[str, bytes | None] = {}
    modes: dict[str, int] = {}
    for item in changes:
        expected[item.path] = _encode(item, item.before)
        if item.new_path != item.path:
            if (workspace.root / item.new_path).exists():
                raise ContentError(f"{item.new_path} already exists", "Choose another name.")
            files[item.path] = None
            expected[item.new_path] = None
            modes[item.new_path] = (workspace.root / item.path).stat().st_mode & 0o777
        files[item.new_path] = _encode(item, item.after)
    if files:
        write(workspace, Rewrite(what, files, expected, (*asked,), modes), listener)
    for item in changes:
        for line in item.unresolved:
            listener(Remark(f"{item.new_path}:{line}: fix this link by hand"))


def _encode(change: FileChange, text: str) -> bytes:
    return text.encode(change.encoding, "surrogateescape")
