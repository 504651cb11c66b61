"""The files that both the user and the team have changed, until somebody has put them right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cannery.git.clone import THEIRS, Checkout, open_local
from cannery.proposals.store import write_store
from cannery.util.state import load_kept, text

_FILE = "conflicts.json"
_NONE = "-"  # no blob has that name


class OpenConflict(NamedTuple):
    """A conflict that is not decided yet.

    `base` is git's name for the text that the team's next version is merged from. `beside` is the
    id of the team's text that was put beside the user's file, empty where the team has deleted it.
    """

    base: str
    beside: str

    @property
    def is_deleted(self) -> bool:
        """Whether there is no text of the team's to take anything from."""
        return not self.beside

    def __str__(self) -> str:
        return f"{self.base} {self.beside or _NONE}"


def conflicts(checkout: Checkout) -> dict[str, OpenConflict]:
    """The conflicts that are not decided, by the file's path from the top of the tree.

    One is decided when the team's text stands beside the user's no more; of a file that the team
    has deleted, when the user's is gone, too, or was proposed.
    """
    stored = load_kept(checkout.store / _FILE, _shaped, dict[str, OpenConflict]())
    if not stored:
        return {}
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    return {
        path: item
        for path, item in stored.items()
        if (top / (path if item.is_deleted else path + THEIRS)).exists()
    }


def as_stored(open_conflicts: Mapping[str, OpenConflict]) -> dict[str, str]:
    return {path: str(item) for path, item in open_conflicts.items()}


def remember_conflicts(folder: Path, open_conflicts: Mapping[str, str]) -> None:
    """Keep those of the repository that a folder is in, in the place of what was stored."""
    checkout = open_local(folder)
    if open_conflicts or (checkout.store / _FILE).exists():
        write_store(checkout.store / _FILE, dict(open_conflicts))


def _shaped(data: Any) -> dict[str, OpenConflict]:  # noqa: ANN401 - JSON
    return {str(path): _open_conflict(text(stored)) for path, stored in data.items()}


def _open_conflict(stored: str) -> OpenConflict:
    base, beside = stored.rsplit(" ", 1)
    return OpenConflict(base, "" if beside == _NONE else beside)
