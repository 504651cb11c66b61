"""Files are replaced in `util` alone: elsewhere nothing moves one, syncs one or makes a draft."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cannery

_ROOT = Path(cannery.__file__).parent
_OF_MODULES = {
    *(f"os.{name}" for name in ("replace", "rename", "renames", "link", "fsync", "fdatasync")),
    *(f"tempfile.{name}" for name in ("mkstemp", "NamedTemporaryFile")),
    "shutil.move",
}


def _forbidden(source: str) -> Iterator[str]:
    """What in a module moves a file, syncs one or makes a temporary one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield from _OF_MODULES & {f"{node.module}.{item.name}" for item in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = ast.unparse(node.func)
            # `text.replace` takes two arguments, `path.replace` and `path.rename` one.
            moves = node.func.attr in {"replace", "rename"} and len(node.args) == 1
            links = node.func.attr in {"hardlink_to", "link_to"}
            if name in _OF_MODULES or links or (moves and not node.keywords):
                yield name


@pytest.mark.parametrize(
    "line",
    [
        "os.replace(a, b)",
        "draft.replace(target)",
        "folder.rename(other)",
        "os.fsync(file.fileno())",
        "from tempfile import NamedTemporaryFile",
        "path.hardlink_to(other)",
    ],
)
def test_each_way_of_replacing_is_seen(line: str) -> None:
    assert [*_forbidden(line)]


def test_files_are_replaced_in_util_alone() -> None:
    modules = [path for path in _ROOT.rglob("*.py") if path.parent != _ROOT / "util"]
    found = {
        f"{path.relative_to(_ROOT)}: {name}"
        for path in modules
        for name in _forbidden(path.read_text("utf-8"))
    }
    assert len(modules) > 100
    assert not found
