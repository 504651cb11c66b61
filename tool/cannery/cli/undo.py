"""`kb undo`: take the last thing back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.contribute.checkout import Checkout
    from cannery.contribute.journal import Deed

_LISTED = 20  # files; more would push all else off the screen


def undo(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be taken back, and do nothing.")
    ] = False,
) -> None:
    """Take back the last thing that kb did.

    A sync, restore, proposal, draft or `check --fix`; each undo goes one back. What you have
    changed since stays; where both meet, nothing is taken back.

    Example: kb undo --dry-run
    """
    from cannery.contribute.checkout import open_local
    from cannery.contribute.journal import deeds, strike_out, take_back
    from cannery.contribute.view import act_as_user
    from cannery.workspace import open_workspace

    if not dry_run:
        act_as_user()
    checkout = open_local(open_workspace(Path.cwd()).root)
    done = deeds(checkout)
    if not done:
        output.note("There is nothing to take back.")
        return
    last = done[-1]
    if dry_run:
        for path in last.files:
            output.say(path)
        output.note(f"The {last.what} would be taken back.")
        return
    if last.branch[0]:
        _withdraw(last)
    each = output.progress(take_back(checkout, last), len(last.files), "Putting back")
    for path in each:
        if len(last.files) <= _LISTED:
            output.note(f"put back {path}")
    strike_out(checkout)
    output.say(f"The {last.what} is taken back.")


def _withdraw(deed: Deed) -> None:
    """Put a proposal's branch on the remote back, or take it away where it was new."""
    from cannery.contribute.checkout import open_checkout
    from cannery.contribute.notes import forget, proposals, remember
    from cannery.contribute.push import put_branch
    from cannery.workspace import open_workspace

    checkout: Checkout = open_checkout(open_workspace(Path.cwd()).root)
    branch, before, after, main = deed.branch
    put_branch(checkout, branch, before, after)
    if not before:
        forget(checkout, [branch])
        return
    for item in proposals(checkout):
        if item.branch == branch:
            remember(checkout, item._replace(tip=before, sent=before, main=main))
