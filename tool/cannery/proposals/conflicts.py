"""The files that both the user and the team have changed, until somebody has put them right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.git.clone import THEIRS, Checkout, open_local
from cannery.proposals.store import keep_note
from cannery.util.state import load_kept, text

_FILE = "conflicts.json"


def conflicts(checkout: Checkout) -> dict[str, str]:
    """The files, from the top of the tree, whose conflict is not finished, each with its base.

    It is finished when the team's text stands beside the user's no more.
    """
    known = load_kept(checkout.store / _FILE, _shaped, dict[str, str]())
    if not known:
        return {}
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    return {path: at for path, at in known.items() if (top / (path + THEIRS)).exists()}


def remember_conflicts(folder: Path, found: Mapping[str, str]) -> None:
    """Keep those of the repository that a folder is in, in the place of what was known."""
    checkout = open_local(folder)
    if found or (checkout.store / _FILE).exists():
        keep_note(checkout.store / _FILE, dict(found))


def _shaped(data: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    return {str(path): text(at) for path, at in data.items()}
