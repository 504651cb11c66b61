"""The files that `kb propose` leaves out: those in conflict with the team's, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cannery.errors import CanneryError, ContentError
from cannery.git.clone import THEIRS, Checkout
from cannery.model.event import Listener, Remark
from cannery.proposals.conflicts import as_stored, conflicts, remember_conflicts


def undecided(
    checkout: Checkout, chosen: Callable[[str], bool], named: Sequence[Path]
) -> dict[str, ContentError]:
    """The chosen files whose conflict is open, each with the error.

    One that the team has deleted is wanted back by who names that very file.
    """
    files = {path.absolute().parent.resolve() / path.name for path in named}
    errors = {}
    for path, item in conflicts(checkout).items():
        inner = path.removeprefix(checkout.prefix)
        if not chosen(inner) or (item.is_deleted and checkout.folder.resolve() / inner in files):
            continue
        message = f"{inner}: unresolved conflict with the team's changes"
        hint = f"Copy what you need from {inner}{THEIRS}, then delete that file."
        if item.is_deleted:
            message = f"{inner} was deleted by the team, and you have edited it"
            hint = f"Delete it, or bring it back with `kb propose {inner}`."
        errors[inner] = ContentError(message, hint)
    return errors


def tell(errors: Iterable[CanneryError | None], listener: Listener, *, goes_on: bool) -> None:
    """Tell what is left out. Raises the first error unless there is something to propose."""
    for error in errors:
        if error is None:
            continue
        if not goes_on:
            raise error
        listener(Remark(f"Left out: {error.message}"))
        listener(Remark(error.hint))


def forget_deleted(checkout: Checkout, paths: Iterable[str]) -> None:
    """Files that are proposed again though the team has deleted them are in conflict no more."""
    proposed = {checkout.prefix + path for path in paths}
    before = conflicts(checkout)
    left = {
        path: item for path, item in before.items() if not (item.is_deleted and path in proposed)
    }
    if left != before:
        remember_conflicts(checkout.folder, as_stored(left))
