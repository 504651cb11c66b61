"""Bring an entry back as it was at a revision."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.content.files import ENDINGS, read_bytes, scan
from cannery.content.layout import belongs, paths_of
from cannery.content.library import resolve
from cannery.errors import ContentError, NotFoundError
from cannery.git.clone import Checkout, is_edited, open_local
from cannery.git.history import at_revision
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import Rewrite, settle, write
from cannery.util.text import composed
from cannery.workspace import Settings, Workspace


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
    paths = _paths(workspace, query)
    for path in paths:
        data = at_revision(checkout, path, query.revision)
        if data is not None:
            return OldVersion(path, data)
    hint = f"See `kb history {query.name}`, or give the path of the file: {_example(workspace)}..."
    raise NotFoundError(f"{paths[0]} did not exist at {query.revision}", hint)


def _example(workspace: Workspace) -> str:
    """A folder that paths of files begin with."""
    return workspace.settings.layout.folders[0].prefix


def _paths(workspace: Workspace, query: RestoreQuery) -> list[str]:
    """The file that a name stands for; those that it may have stood for if it is deleted."""
    name = query.name
    try:
        entry = resolve(workspace, scan(workspace), name)
    except NotFoundError:
        if "/" not in name or ".." in Path(name).parts:
            raise
        if paths := _deleted(name, query.language, workspace.settings):
            return paths
        raise
    settings, language = workspace.settings, query.language
    if language in settings.languages and language not in entry.by_language:
        return [*paths_of(entry.id, language, settings)]  # that variant alone was deleted
    return [entry.choose((language,), settings).path]


def _deleted(name: str, language: str, settings: Settings) -> list[str]:
    """The paths that a deleted file may have had: the name itself, or those of an id."""
    ending = next((end for end in ENDINGS if name.endswith(end)), "")
    if belongs(name, settings.layout):
        return [name if ending else f"{name}{ENDINGS[0]}"]
    id_ = composed(name.removesuffix(ending).strip("/"))
    base, _, suffix = id_.rpartition(".")
    if base and suffix in settings.languages:
        id_, language = base, suffix
    return [*paths_of(id_, language or settings.default_language, settings)]
