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
_INTERRUPTED = 130
_STREAMS = 3  # descriptors: stdin, stdout, stderr
_READY = (["--version"], ["--help"], ["-h"])


def start() -> NoReturn:
    """Run `kb`. What ^C ends before a command has begun, or after, ends without a traceback."""
    try:
        _start()
    except KeyboardInterrupt:
        if "_KB_COMPLETE" not in os.environ:  # a shell's line stands where it would be told
            sys.stderr.write("kb: interrupted\n")
        _leave(_INTERRUPTED)


def _start() -> NoReturn:
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _open_closed_streams()
    arguments = sys.argv[1:]
    if arguments[-1:] in _READY and "_KB_COMPLETE" not in os.environ:
        _answer_ready(arguments)
    if arguments[:1] == ["find"] or "_KB_COMPLETE" in os.environ:
        from cannery.serve.client import ask

        code = ask(arguments)
        if code is not None:
            _leave(code)
    gc.set_threshold(_COLLECT_AFTER)
    if arguments[:1] == ["find"] and "_KB_COMPLETE" not in os.environ:
        _find_alone(arguments[1:])
    if sys.stdin.isatty():
        os.environ.setdefault("GIT_TERMINAL_PROMPT", "1")  # somebody can answer for git
    if not arguments and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        _pick_alone()
    try:
        main(arguments)
    except SystemExit as ended:
        _leave(ended.code)


def _open_closed_streams() -> None:
    """Where the caller has closed a standard stream, have the null device stand for it.

    No file that is opened later then becomes descriptor 1 or 2, into which something may write.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        pass
    os.close(descriptor)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")


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


def _answer_ready(arguments: list[str]) -> None:
    """The version or the help, for which nothing is loaded; returns where Typer has to say it."""
    from cannery.cli.prepared import ready

    text = ready(arguments)

    def answer() -> int:
        sys.stdout.write(text)
        return 0

    if text:
        _let_letters_be_lacking()
        _without_typer(answer)


def _pick_alone() -> NoReturn:
    """`kb` alone, on a terminal."""

    def pick() -> int:
        _pick((), "")
        return 0

    _without_typer(pick)


def _find_alone(arguments: Sequence[str]) -> None:
    """A search for words alone, which need no Typer to be read; returns where there is more."""
    from cannery.cli.found import plain, show_found

    _let_letters_be_lacking()
    if asked := plain(arguments):
        _without_typer(lambda: show_found(asked))


def _let_letters_be_lacking() -> None:
    """A terminal that lacks a letter is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _without_typer(act: Callable[[], int]) -> NoReturn:
    """Do what tells its exit code, with the errors and notices of every command."""
    try:
        code = act()
        sys.stdout.flush()
    except SystemExit as ended:
        _leave(ended.code)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary is in app
        from cannery.cli.app import report_error

        code = report_error(error)
    if code == _INTERRUPTED or "cannery.util.notices" in sys.modules:
        from cannery.cli import output  # the look at the files began before

        output.notices()
        if code == _INTERRUPTED:
            output.error("interrupted")
    _leave(code)


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
