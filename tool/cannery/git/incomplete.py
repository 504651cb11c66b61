"""What a clone lacks of its history: a shallow one older commits, a partial one their files."""

from __future__ import annotations

from pathlib import Path

from cannery.git.locate import locate
from cannery.util import notices

SHALLOW = (
    "This is a shallow clone: run `git fetch --unshallow`; in GitHub Actions, set `fetch-depth: 0`."
)


def oldest_commits(folder: Path) -> frozenset[str]:
    """The commits at which a shallow clone's history is cut off; none in a whole one.

    To Git each of them seems to add every file that it has: it tells neither day nor author.
    """
    at = locate(folder)
    try:
        text = (at.common / "shallow").read_text("ascii", "replace") if at else ""
    except FileNotFoundError:
        return frozenset()
    return frozenset(text.split())


def is_partial(folder: Path) -> bool:
    """Whether the clone was made without some of the files or folders of its history."""
    at = locate(folder)
    return at is not None and any((at.common / "objects/pack").glob("*.promisor"))


def tell_shallow(what: str) -> None:
    """Have the user told what is left out of a result because the history is cut off."""
    notices.add(f"{what} {SHALLOW}")
