"""Take over a folder that another tool has laid out: looked at, planned, then done."""

from __future__ import annotations

import json
from pathlib import Path

from cannery.adopt.in_place import plan_in_place, plan_news
from cannery.adopt.settings_text import address_of, name_of
from cannery.adopt.survey import survey
from cannery.adopt.tree import source_at
from cannery.content.builder_file import NAME
from cannery.content.layout import belongs
from cannery.errors import UsageError
from cannery.git.locate import locate
from cannery.model.adoption import InPlace, Survey
from cannery.model.event import Listener, ignore
from cannery.operations.writing import Rewrite, is_repeated, settle, write
from cannery.settings import Settings
from cannery.starter import NAMES, Surroundings, starter_files
from cannery.user_settings import read_user_settings
from cannery.workspace import MARKER, Workspace, open_workspace

_ADOPT = "adopt"  # what `kb undo` calls it
_EXAMPLE = "https://help.example.com"


def target_of(folder: Path, start: Path) -> Workspace | None:
    """The knowledge base that a folder is to be imported into: the one at or above `start`.

    None where there is none, or where the folder is it itself, or a part of its content.
    Raises UsageError for a folder of another knowledge base.
    """
    source = folder.resolve()
    root = _root_above(start.resolve())
    if root is None:
        other = _root_above(source)
        if other and other != source:
            hint = f"Run it in {other}, or name {other}."
            raise UsageError(f"{source} is in a knowledge base already", hint)
        return None
    if source == root:
        return None
    workspace = open_workspace(root)
    if source.is_relative_to(root):
        inner = source.relative_to(root).as_posix()
        if belongs(f"{inner}/page.md", workspace.settings.layout):
            raise UsageError(f"{inner} is content of the knowledge base already", "See `kb check`.")
    return workspace


def _root_above(folder: Path) -> Path | None:
    return next((top for top in (folder, *folder.parents) if (top / MARKER).is_file()), None)


def plan_adoption(folder: Path, listener: Listener = ignore) -> InPlace:
    """What `adopt` would do with a folder. Raises UsageError for one without pages."""
    if folder.is_file():
        hint = (
            "Run it in a knowledge base (`kb init` makes one) to import the file, or name a folder."
        )
        raise UsageError(f"{folder} is a file", hint)
    found = look_at(folder, listener)
    if (found.root / MARKER).is_file():
        settings = open_workspace(found.root, to_read=True).settings
        return plan_news(found, settings)
    planned = plan_in_place(found, _site_config(found))
    if locate(found.root) is None:
        step = "It is not in a Git repository. Run `git init`, for history and proposals."
        planned = planned.with_step(step)
    return planned


def is_resumed(folder: Path, listener: Listener = ignore) -> bool:
    """Finish or take back what a killed process left; whether a folder has been adopted so.

    To be called before planning.
    """
    if not folder.is_dir():
        return False
    return is_repeated(settle(_workspace(folder.resolve()), _ADOPT, listener), _ADOPT)


def _workspace(root: Path) -> Workspace:
    """A folder as what it is to be."""
    return Workspace(root, Settings(), read_user_settings())


def look_at(folder: Path, listener: Listener = ignore) -> Survey:
    """What a folder or a file holds. Raises UsageError for none, and for one without pages."""
    return survey(source_at(folder), listener)


def adopt(planned: InPlace, listener: Listener = ignore) -> bool:
    """Write the planned files that are not there; whether there were any.

    Raises ContentError where one is there by now.
    """
    workspace = _workspace(planned.survey.root)
    files: dict[str, bytes | None] = {
        file.path: file.data for file in planned.files if not file.exists
    }
    if files:
        write(workspace, Rewrite(_ADOPT, files, dict.fromkeys(files)), listener)
    return bool(files)


def _site_config(found: Survey) -> bytes:
    """The settings of the site that `kb` builds: what `kb init` writes, from within kb/."""
    default = found.layout.default_language
    language = default if default in NAMES else "en"
    files = starter_files(Path(), Surroundings(languages=(language,)))
    text = next(file.data for file in files if file.path == NAME).decode()
    address = address_of(found.layout.site_url)
    own = f"site_url: {json.dumps(address)}\n" if address else ""
    pieces = {
        f"site_name: {NAMES[language]}\n": f"site_name: {json.dumps(name_of(found))}\n",
        f"site_url: {_EXAMPLE}\n": f"{own}site_dir: ../.site/html\n",
        "docs_dir: .site": "docs_dir: ../.site",
        "custom_dir: .site": "custom_dir: ../.site",
    }
    for before, after in pieces.items():
        text = text.replace(before, after)
    return text.encode()
