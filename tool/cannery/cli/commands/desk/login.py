"""`kb desk login`: sign in to a help desk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import desk_names

if TYPE_CHECKING:
    from cannery.errors import UsageError
    from cannery.model.event import Listener
    from cannery.operations.desk_login import Login
    from cannery.rest.signer import Target

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")  # one of them says that a page can be shown


def login(
    name: Annotated[
        str,
        typer.Argument(help="The desk, as kb.toml calls it.", autocompletion=desk_names),
    ],
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the token from stdin.")] = False,
    user: Annotated[
        str, typer.Option(help="Who the token belongs to, where the desk needs to know.")
    ] = "",
    paste: Annotated[
        bool, typer.Option("--paste", help="Sign in with a browser on another machine.")
    ] = False,
) -> None:
    """Sign in to a help desk.

    Zendesk opens in your browser. Any other desk wants a token, which isn't shown as you type. It
    is kept for the desk's address alone, in your keyring or in a file that only you can read.
    A program needs no sign-in: it sets CANNERY_DESK_NAME_ADDRESS, and CANNERY_DESK_NAME_TOKEN or,
    for Zendesk, CANNERY_DESK_NAME_CLIENT_ID and CANNERY_DESK_NAME_CLIENT_SECRET.

    Example: kb desk login zendesk
    """
    from cannery.cli.progress import shown
    from cannery.operations.desk_login import keep_token, login_to
    from cannery.workspace import open_workspace

    known = login_to(open_workspace(Path.cwd()), name)
    with shown() as listener:
        if known.target.way.oauth and not stdin:
            (_visit_elsewhere if paste else _visit)(known, listener)
        else:
            user = user or _asked_user(known.target, stdin=stdin)
            token = sys.stdin.readline() if stdin else _asked_token(known)
            keep_token(known, token, user, listener)
    output.note(f"Signed in to {known.kind.title} at {known.target.origin}.")


def _visit(known: Login, listener: Listener) -> None:
    from cannery.operations.desk_login import visit

    with visit(known, listener) as begun:
        is_open = _opened(begun.page)
        if not is_open and not sys.stderr.isatty():
            raise _no_one_here(known.target)
        output.note("Sign in in your browser." if is_open else "Open this address, and sign in:")
        output.tell(begun.page)
        output.note("Waiting for the browser (Ctrl+C to stop).")
        begun.finish()


def _visit_elsewhere(known: Login, listener: Listener) -> None:
    from cannery.operations.desk_login import visit_elsewhere

    question = "Then paste the address that it ends at, even if it shows an error:"
    begun = visit_elsewhere(known, lambda: output.prompt(question), listener)
    output.note("Open this address in a browser, and sign in:")
    output.tell(begun.page)
    begun.finish()


def _no_one_here(target: Target) -> UsageError:
    """A job of CI would wait for minutes."""
    from cannery.errors import UsageError

    names = ("ADDRESS", "CLIENT_ID", "CLIENT_SECRET")
    variables = ", ".join(map(target.variable, names))
    return UsageError("no browser can be opened here", f"A program sets {variables} instead.")


def _opened(page: str) -> bool:
    """Whether a browser shows the page; one that runs in this terminal is not started."""
    import webbrowser  # slow to load

    if sys.platform not in {"darwin", "win32"} and not any(map(os.environ.get, _SCREENS)):
        return False
    return webbrowser.open(page)


def _asked_user(target: Target, *, stdin: bool) -> str:
    from cannery.errors import UsageError

    if not target.way.asks_user:
        return ""
    if stdin or not _can_ask():
        message = f"{target.name} needs your {target.way.asks_user}, too"
        raise UsageError(message, "Example: kb desk login gorgias --user kim@example.com --stdin")
    return output.prompt(f"{_begun(target.way.asks_user)} at {target.origin}:")


def _asked_token(known: Login) -> str:
    from cannery.cli.prompts import ask_hidden
    from cannery.errors import UsageError

    target = known.target
    if not _can_ask():
        variables = f"{target.variable('TOKEN')} and {target.variable('ADDRESS')}"
        raise UsageError(
            "a token can only be asked for at a terminal",
            f"Use --stdin, or set {variables} instead.",
        )
    if where := known.kind.where or target.way.where:
        output.note(f"You find it in {known.kind.title}: {where}.")
    return ask_hidden(f"{_begun(target.way.asks)} for {target.origin}: ")


def _can_ask() -> bool:
    from cannery.cli.prompts import can_ask

    return can_ask(stdin_taken=False)


def _begun(words: str) -> str:
    """The words as a sentence begins with them."""
    return f"{words[:1].upper()}{words[1:]}"
