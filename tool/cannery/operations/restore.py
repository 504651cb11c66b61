"""Bring an entry back as it was at a revision."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.content.files import ENDINGS, read_bytes, scan
from cannery.content.library import resolve
from cannery.errors import ContentError, NotFoundError
from cannery.git.clone import Checkout, is_edited, open_local
from cannery.git.history import at_revision
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import Rewrite, settle, write
from cannery.workspace import Workspace


class RestoreQuery(NamedTuple):
    """An entry by name, or the path of one that may be deleted; `language` may be empty."""

    name: str
    revision: str
    language: str = ""


class OldVersion(NamedTuple):
    """A file's bytes as a checkout of the revision would have them."""

    path: str
    data: bytes


def restore(workspace: Workspace, query: RestoreQuery, listener: Listener = ignore) -> str:
    """Write the entry as it was; its path. Empty if it is so already, which a remark says.

    Raises NotFoundError if it was not there then, ContentError if it has uncommitted changes.
    """
    with as_user():
        settle(workspace, "restore", listener)
        checkout = open_local(workspace.root)
        path, data = _old_version(checkout, workspace, query)
        exists = (workspace.root / path).exists()
        present = read_bytes(workspace, path) if exists else None
        if present == data:
            listener(Remark(f"{path} is already the same as at {query.revision}."))
            return ""
        if exists and is_edited(checkout, path):
            hint = "Propose or commit them first, or stash them with `git stash`."
            raise ContentError(f"{path} has uncommitted changes", hint)
        write(workspace, Rewrite("restore", {path: data}, {path: present}), listener)
    return path


def old_version(workspace: Workspace, query: RestoreQuery) -> OldVersion:
    """What `restore` would write. Raises NotFoundError."""
    return _old_version(open_local(workspace.root), workspace, query)


def _old_version(checkout: Checkout, workspace: Workspace, query: RestoreQuery) -> OldVersion:
    path = _path(workspace, query)
    data = at_revision(checkout, path, query.revision)
    if data is None:
        hint = f"See `kb history {query.name}`, or give the path of the file: kb/articles/..."
        raise NotFoundError(f"{path} did not exist at {query.revision}", hint)
    return OldVersion(path, data)


def _path(workspace: Workspace, query: RestoreQuery) -> str:
    """The file that a name stands for; the name itself if it is the path of a deleted one."""
    name = query.name
    try:
        entry = resolve(workspace, scan(workspace), name)
    except NotFoundError:
        if "/" not in name or ".." in Path(name).parts:
            raise
        path = name if name.startswith("kb/") else f"kb/{name}"
        return path if path.endswith(ENDINGS) else f"{path}.md"
    return entry.choose((query.language,), workspace.settings).path
