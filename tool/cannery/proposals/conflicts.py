"""The files that both the user and the team have changed, until somebody has put them right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.git.clone import THEIRS, Checkout, open_local
from cannery.proposals.store import write_store
from cannery.util.state import load_kept, text

_FILE = "conflicts.json"


def conflicts(checkout: Checkout) -> dict[str, str]:
    """The files, from the top of the tree, whose conflict is not finished, each with its base.

    It is finished when the team's text stands beside the user's no more.
    """
    stored = load_kept(checkout.store / _FILE, _shaped, dict[str, str]())
    if not stored:
        return {}
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    return {path: at for path, at in stored.items() if (top / (path + THEIRS)).exists()}


def remember_conflicts(folder: Path, open_conflicts: Mapping[str, str]) -> None:
    """Keep those of the repository that a folder is in, in the place of what was stored."""
    checkout = open_local(folder)
    if open_conflicts or (checkout.store / _FILE).exists():
        write_store(checkout.store / _FILE, dict(open_conflicts))


def _shaped(data: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    return {str(path): text(at) for path, at in data.items()}
