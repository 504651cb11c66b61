"""Below the front ends nobody reads or writes a stream of the process, or opens its terminal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cannery

ROOT = Path(cannery.__file__).parent
FRONT_ENDS = ("cli/", "tui/", "serve/", "mkdocs_plugin.py", "start.py", "__main__.py")
FOR_FRONT_ENDS = ("util/local.py", "util/streams.py", "util/terminal.py")
EXCUSED = {
    "clipboard/terminal.py": {"/dev/tty"},  # OSC 52: the terminal itself has the clipboard
    "clipboard/owner_wayland.py": {"stdin", "stdout"},  # a process of its own: they are pipes to us
    "clipboard/owner_x11.py": {"stdin", "stdout"},
    "clipboard/with_pyperclip.py": {"stdin", "stdout", "stderr"},
}
STREAMS = {"stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__", "displayhook"}
CALLS = {"print", "input", "breakpoint", "getpass"}
TERMINALS = ("/dev/tty", "CONIN$", "CONOUT$")


def _uses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sys":
            yield from {node.attr} & STREAMS
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            yield from {item.name for item in node.names} & STREAMS
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from {node.func.id} & CALLS
        elif isinstance(node, ast.Constant) and node.value in TERMINALS:
            yield node.value


def test_no_room_and_no_operation_touches_a_stream() -> None:
    offenders = {
        name: uses
        for path in sorted(ROOT.rglob("*.py"))
        if not (name := path.relative_to(ROOT).as_posix()).startswith(FRONT_ENDS)
        and name not in FOR_FRONT_ENDS
        and (uses := {*_uses(ast.parse(path.read_text("utf-8")))})
    }
    assert offenders == EXCUSED


@pytest.mark.parametrize(
    "line",
    [
        "print(1)",
        "input()",
        "sys.stdin.read()",
        "sys.stdout.write('')",
        "sys.stderr.isatty()",
        "from sys import stderr",
        "open('/dev/tty')",
    ],
)
def test_the_test_above_sees_who_touches_one(line: str) -> None:
    assert [*_uses(ast.parse(line))]
