"""Where `kb` starts and ends, with as little in between as can be: it runs for every key typed."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from cannery.model.location import Location
    from cannery.workspace import Workspace

# Python looks for cyclic garbage after 700 new objects; the start makes 100,000 and keeps them.
_COLLECT_AFTER = 200_000
_INTERRUPTED = 130


def start() -> NoReturn:
    arguments = sys.argv[1:]
    if arguments[:1] == ["find"] or "_KB_COMPLETE" in os.environ:
        from cannery.serve.client import ask

        try:
            code = ask(arguments)
        except KeyboardInterrupt:
            code = _INTERRUPTED
        if code is not None:
            _leave(code)
    gc.set_threshold(_COLLECT_AFTER)
    if sys.stdin.isatty():
        os.environ.setdefault("GIT_TERMINAL_PROMPT", "1")  # somebody can answer for git
    if not arguments and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        _pick()
    from cannery.cli.app import main

    try:
        main(arguments)
    except SystemExit as ended:
        _leave(ended.code)


def _pick() -> NoReturn:
    """`kb` alone, on a terminal."""
    from cannery.tui.open import open_picker

    try:
        open_picker((), "", _edit)
        from cannery.cli import output

        output.notices()
    except SystemExit as ended:
        _leave(ended.code)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary is in app
        from cannery.cli.app import told

        _leave(told(error))
    _leave(0)


def _edit(workspace: Workspace, at: Location) -> bool:
    """`kb edit` for the picker, which does without Typer until it is wanted."""
    from cannery.cli.commands.edit import edit_file

    return edit_file(workspace, at)


def _leave(code: object) -> NoReturn:
    """End without taking the house down piece by piece, which takes a fifth of a search's time."""
    if view := sys.modules.get("cannery.git.view"):
        view.close()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue  # the reader of a pipe had enough
        except OSError:
            code = code or 1  # a full disk, and nobody has what was found
    os._exit(code if isinstance(code, int) else 0)
