"""What `kb rename` and `kb retire` do to files: planned first, then so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from cannery.check.facts import Whole
from cannery.check.moving import Move, rewritten, speakers
from cannery.check.page import page
from cannery.cli import output
from cannery.content.files import read_bytes, scan
from cannery.content.frontmatter import rewrite
from cannery.content.library import load_parts
from cannery.content.save import inside, replace
from cannery.contribute.journal import recorded
from cannery.contribute.view import as_user
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


def carry_out(workspace: Workspace, what: str, changes: Sequence[Change]) -> None:
    """Write all that is new before anything old is taken away. Told to `kb undo`."""
    for item in changes:
        target = inside(workspace, item.new_path)
        if item.new_path != item.path and target.exists():
            raise ContentError(f"{item.new_path} is there already", "Choose another name.")
    paths = {path for item in changes for path in (item.path, item.new_path)}
    with as_user(), recorded(workspace.root, what, sorted(paths)):
        for item in sorted(changes, key=lambda item: item.new_path == item.path):
            (workspace.root / item.new_path).parent.mkdir(parents=True, exist_ok=True)
            replace(workspace, item.new_path, item.after.encode("utf-8", "surrogateescape"))
        for item in changes:
            if item.new_path != item.path:
                _take_away(workspace.root / item.path, workspace.content)
    for item in changes:
        for line in item.left:
            output.note(f"{item.new_path}:{line}: a link that only you can mend")


def _take_away(file: Path, content: Path) -> None:
    file.unlink()
    folder = file.parent
    while folder.parent != content and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
