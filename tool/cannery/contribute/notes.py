"""What `kb` remembers of its proposals, beside the repository's own files in `.git`."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Sequence
from errno import EXDEV
from pathlib import Path
from typing import Any, NamedTuple

from cannery.contribute.checkout import Checkout
from cannery.contribute.repo import GitError
from cannery.util.address import without_credentials

_FILE = "proposals.json"


class Proposal(NamedTuple):
    """A proposal: `main` is the commit that it was built on, `tip` its own newest commit.

    `sent` is the newest commit of it that the remote has, empty for none; `url` is the pull
    request's.
    """

    branch: str
    paths: tuple[str, ...]
    main: str
    tip: str
    title: str
    body: str
    sent: str = ""
    url: str = ""


def proposals(checkout: Checkout) -> tuple[Proposal, ...]:
    """The proposals that are not known to be merged or withdrawn."""
    path = checkout.notes / _FILE
    try:
        rows = json.loads(path.read_bytes())
        return tuple(_proposal(row) for row in rows)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, IndexError, KeyError) as error:
        raise GitError(f"{path} can't be read: {error}", "Move it away; proposals stay.") from error


def _proposal(row: Sequence[Any]) -> Proposal:
    made = Proposal(row[0], tuple(row[1]), *row[2:])
    return made._replace(url=without_credentials(made.url))


def remember(checkout: Checkout, proposal: Proposal) -> None:
    """Keep a proposal, in the place of an earlier state of it."""
    others = [item for item in proposals(checkout) if item.branch != proposal.branch]
    _write(checkout, [*others, proposal])


def forget(checkout: Checkout, branches: Iterable[str]) -> None:
    gone = {*branches}
    if gone:
        _write(checkout, [item for item in proposals(checkout) if item.branch not in gone])


def _write(checkout: Checkout, items: list[Proposal]) -> None:
    replace(checkout.notes / _FILE, json.dumps(items, ensure_ascii=False).encode())


def replace(path: Path, data: bytes) -> None:
    """Put data in a file's place, whole or not at all. Raises GitError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise GitError(f"{path}: {error.strerror}", "Nothing was changed.") from error


def put(
    checkout: Checkout,
    target: Path,
    data: bytes,
    *,
    program: bool | None = None,
) -> None:
    """Put data in the place of a file of the user's, whole or not at all.

    What a killed process leaves of it lies in the notes, where nobody takes it for content. Its
    permissions stay, but that it is a program or none where that is told. Raises GitError.
    """
    draft = _draft(checkout)
    try:
        draft.write_bytes(data)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        if program is not None:
            mode = stat.S_IMODE(draft.stat().st_mode)
            draft.chmod(mode | (mode & 0o444) >> 2 if program else mode & ~0o111)
        move_into(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        hint = "Run it again when that is mended."
        raise GitError(f"{target}: {error.strerror}", hint) from error


def _draft(checkout: Checkout) -> Path:
    draft = checkout.notes / "drafts" / str(os.getpid())
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    return draft


def move_into(draft: Path, target: Path) -> None:
    """Put a draft in the place of a file, whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.replace(target)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        beside = target.with_name(f".kb-{target.name}"[:250])  # the notes are on another disk
        shutil.move(draft, beside)
        beside.replace(target)
