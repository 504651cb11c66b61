"""Begin a knowledge base: in a folder of its own, or in a repository that is there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.errors import ContentError, UsageError
from cannery.git.default_branch import presumed_branch
from cannery.git.locate import locate
from cannery.git.repository import GitError
from cannery.git.state import start as start_repository
from cannery.starter import NAMES, StarterFile, Surroundings, starter_files, sweep, write_file

_IGNORED = ".gitignore"
_WRITABLE = "Check the free space and your write permission."


class Beginning(NamedTuple):
    """The files of a new knowledge base in a folder, and the top of the repository around it.

    `top` is None where there is none yet.
    """

    folder: Path
    top: Path | None
    files: tuple[StarterFile, ...]


def plan(folder: Path, languages: Iterable[str]) -> Beginning:
    """What `begin` would write, in the languages asked for; the first of them is the default.

    Raises UsageError for a language without examples.
    """
    chosen = tuple(dict.fromkeys(languages)) or tuple(NAMES)
    if unknown := [language for language in chosen if language not in NAMES]:
        hint = "Begin in one of these, then set `languages` in kb/kb.toml."
        known = ", ".join(NAMES)
        raise UsageError(f"no examples in {', '.join(unknown)}; there are some in {known}", hint)
    whole = folder.absolute()
    near = next(above for above in (whole, *whole.parents) if above.is_dir())
    at = locate(near)
    around = Surroundings(at.top if at else None, presumed_branch(near), chosen)
    return Beginning(folder, around.top, starter_files(folder, around))


def begin(planned: Beginning) -> bool:
    """Make a repository of it unless it is in one, and write the files that are not there.

    Whether one was made. Raises ContentError, and GitError before anything is written.
    """
    sweep(planned.folder, planned.files)
    made = _begun(planned.folder)
    for file in planned.files:
        if not file.exists:
            write_file(planned.folder, file)
    return made


def _begun(folder: Path) -> bool:
    """Have Git begin; whether it made a repository. Where it can't, no folder is left either."""
    whole = folder.absolute()
    new = [above for above in (whole, *whole.parents) if not above.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return start_repository(folder)
    except OSError as error:
        raise ContentError(f"{folder}: {error.strerror}", _WRITABLE) from error
    except GitError:
        for above in new:
            if any(above.iterdir()):
                break
            above.rmdir()
        raise


def not_ignored(planned: Beginning) -> Sequence[str]:
    """The lines that a `.gitignore` of the user's own lacks: what kb makes would be committed."""
    for file in planned.files:
        if file.path == _IGNORED and file.exists:
            try:
                there = (planned.folder / _IGNORED).read_text("utf-8", "replace").split("\n")
            except OSError as error:
                raise ContentError(f"{_IGNORED}: {error.strerror}") from error
            return [line for line in file.data.decode().splitlines() if line not in there]
    return []
