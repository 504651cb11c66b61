"""Where `kb` starts and ends, and where its front ends meet: none of them knows another.

As little as can be stands in between, since it runs for every key typed.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from cannery.model.location import Location
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import Workspace

# Python looks for cyclic garbage after 700 new objects; the start makes 100,000 and keeps them.
_COLLECT_AFTER = 200_000
_READY = (["--version"], ["--help"], ["-h"])
_FAILED, _INTERRUPTED = 1, 130
_OLDEST = (3, 11)


def start() -> NoReturn:
    """Run `kb`, and end. What ends it, at whatever moment, is told here, without a traceback."""
    try:
        _leave(_end_of(_start))
    except KeyboardInterrupt:  # once more, while it is told
        os._exit(_INTERRUPTED)


def _end_of(act: Callable[[], object]) -> object:
    """The exit code that an act ends with, with the errors and notices of every command."""
    try:
        code = act()
    except SystemExit as ended:
        return ended.code
    except KeyboardInterrupt:
        if "_KB_COMPLETE" not in os.environ:  # a shell's line stands where it would be told
            sys.stderr.write("kb: interrupted\n")
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the boundary
        try:
            from cannery.cli.boundary import report_error

            code = report_error(error)
        except ImportError as lacking:  # of what tells it
            _tell(f"this installation is incomplete: {lacking}", "Install cannery again.")
            return _FAILED
    if "cannery.util.notices" in sys.modules:
        from cannery.cli import output  # the look at the files began before

        output.notices()
    return code


def _tell(message: str, hint: str) -> None:
    """Say something where nothing is loaded that says things."""
    sys.stderr.write(f"kb: {message}\n    {hint}\n")


def _start() -> int:
    from cannery.util import local, streams

    local.restart_in_utf8()
    streams.prepare()
    if sys.version_info < _OLDEST:
        here = ".".join(map(str, sys.version_info[:3]))
        _tell(f"Python {here} is too old", "Install cannery with Python 3.11 or newer.")
        return _FAILED
    local.prepare()
    arguments = sys.argv[1:]
    is_search = arguments[:1] == ["find"] and local.are_read(arguments)
    if arguments[-1:] in _READY and "_KB_COMPLETE" not in os.environ:
        from cannery.cli.prepared import ready

        if text := ready(arguments):  # the version or the help, for which nothing is loaded
            sys.stdout.write(text)
            return 0
    if is_search or "_KB_COMPLETE" in os.environ:
        from cannery.serve.client import ask

        code = ask(arguments)
        if code is not None:
            return code
    gc.set_threshold(_COLLECT_AFTER)
    if is_search and "_KB_COMPLETE" not in os.environ:
        from cannery.cli.found import plain, show_found

        if asked := plain(arguments[1:]):  # words alone, which need no Typer to be read
            return show_found(asked)
    if sys.stdin.isatty():
        os.environ.setdefault("GIT_TERMINAL_PROMPT", "1")  # somebody can answer for git
    is_seen = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not arguments and is_seen and "_KB_COMPLETE" not in os.environ:
        _pick((), "")
        return 0
    return main(arguments)


def main(arguments: Sequence[str], resident: KnowledgeBase | None = None) -> NoReturn:
    """Run the command line. Raises SystemExit, with the exit code.

    `resident` is a knowledge base that is open already, and up to date.
    """
    from cannery.cli.app import main as run_command
    from cannery.cli.front_ends import FrontEnds, Program

    run_command(arguments, Program(FrontEnds(_pick, _help, _serve), resident))


def _pick(words: Sequence[str], ticket: str) -> None:
    from cannery.tui.open import open_picker

    open_picker(words, ticket, _edit)


def _help() -> None:
    from cannery.serve.server import run_helper

    run_helper(main)


def _serve(workspace: Workspace, host: str, port: int, started: Callable[[str], None]) -> None:
    from cannery.serve.http import Place, run_server

    run_server(workspace, Place(host, port), started)


def _edit(workspace: Workspace, at: Location) -> bool:
    """`kb edit` for the picker, which does without Typer until it is wanted."""
    from cannery.cli.commands.edit import edit_file

    return edit_file(workspace, at)


def _leave(code: object) -> NoReturn:
    """End without taking the house down piece by piece, which takes a fifth of a search's time."""
    if view := sys.modules.get("cannery.git.view"):
        view.close()
    from cannery.util.streams import lost

    if fault := lost(sys.stdout):
        from cannery.cli.boundary import report_lost

        report_lost(fault)
        if not isinstance(fault, BrokenPipeError):  # else its reader had enough
            code = code or _FAILED
    lost(sys.stderr)
    os._exit(code if isinstance(code, int) else 0)
