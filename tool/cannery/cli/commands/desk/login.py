"""`kb desk login`: sign in to a help desk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import desk_names

if TYPE_CHECKING:
    from cannery.rest.signer import Target


def login(
    name: Annotated[
        str,
        typer.Argument(help="The desk, as kb.toml calls it.", autocompletion=desk_names),
    ],
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the token from stdin.")] = False,
    user: Annotated[
        str, typer.Option(help="Who the token belongs to, where the desk needs to know.")
    ] = "",
) -> None:
    """Sign in to a help desk.

    Asks for a token, without showing it. The token is kept for the desk's address alone.
    Where no one can be asked, set the variables CANNERY_DESK_NAME_TOKEN and
    CANNERY_DESK_NAME_ADDRESS instead of signing in.

    Example: kb desk login chatwoot
    """
    from cannery.cli.progress import shown
    from cannery.operations.desk_login import keep_token, login_target
    from cannery.workspace import open_workspace

    target, kind = login_target(open_workspace(Path.cwd()), name)
    if target.way.asks_user and not user:
        user = _asked_user(target, stdin=stdin)
    token = sys.stdin.readline() if stdin else _asked_token(target)
    with shown() as listener:
        keep_token(target, kind, token, user, listener)
    output.note(f"Signed in to {kind.title} at {target.origin}.")


def _asked_user(target: Target, *, stdin: bool) -> str:
    from cannery.errors import UsageError

    if stdin or not _can_ask():
        message = f"{target.name} needs your {target.way.asks_user}, too"
        raise UsageError(message, "Example: kb desk login gorgias --user kim@example.com --stdin")
    return output.prompt(f"{target.way.asks_user.capitalize()} at {target.origin}:")


def _asked_token(target: Target) -> str:
    from cannery.cli.prompts import ask_hidden
    from cannery.errors import UsageError

    if not _can_ask():
        variables = f"{target.variable('TOKEN')} and {target.variable('ADDRESS')}"
        raise UsageError(
            "a token can only be asked for at a terminal",
            f"Use --stdin, or set {variables} instead.",
        )
    if target.way.where:
        output.note(f"You find it at {target.origin}, in {target.way.where}.")
    return ask_hidden(f"{target.way.asks.capitalize()} for {target.origin}: ")


def _can_ask() -> bool:
    from cannery.cli.prompts import can_ask

    return can_ask(stdin_taken=False)
