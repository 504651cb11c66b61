"""Macros and articles as files of other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from cannery.content.files import ENDINGS, Scan, scan
from cannery.content.layout import belongs
from cannery.content.library import bare, catalogue, load, resolve
from cannery.errors import CanneryError, UsageError
from cannery.exchange.exports.export import Export, Library
from cannery.exchange.exports.table import EXPORTS
from cannery.model.entry import Entry, Macro, Part
from cannery.model.event import Listener, counting, ignore
from cannery.model.layout import OWN
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.model.snippet import Snippet
from cannery.operations.export_snippet import snippets_of
from cannery.util import atomic
from cannery.util.text import composed
from cannery.workspace import Workspace


class ExportQuery(NamedTuple):
    """What to export: `format` by name; `names` are entries or sections, all if there is none."""

    format: str
    names: Sequence[str] = ()
    language: str = ""


class Exported(NamedTuple):
    """Files by their paths below the output folder; `file` is the only one, else empty.

    `encoding` is what they are saved in: Excel knows UTF-8 by its byte order mark alone.
    """

    files: Mapping[str, str]
    losses: tuple[Loss, ...]
    entries: int
    file: str
    encoding: str


def format_names() -> list[str]:
    return [one.name for one in EXPORTS]


def export(workspace: Workspace, query: ExportQuery, listener: Listener = ignore) -> Exported:
    """The files of a format. Drafts and retired entries are left out.

    Raises UsageError for no such format, NotFoundError and AmbiguousError for names, and
    CanneryError where there is nothing to export.
    """
    chosen = _format(query.format)
    scanned = scan(workspace)
    entries = _entries(workspace, scanned, query, chosen)
    snippets, losses, failed = _snippets(workspace, scanned, entries, chosen, listener)
    settings = workspace.settings
    written = chosen.write(
        Library(settings.name, settings.default_language, settings.review_every, entries, snippets)
    )
    return Exported(
        written.files,
        (*losses, *written.losses),
        len(entries) - failed,
        chosen.file,
        chosen.encoding,
    )


def _snippets(
    workspace: Workspace,
    scanned: Scan,
    entries: Sequence[Entry],
    chosen: Export,
    listener: Listener,
) -> tuple[list[Snippet], list[Loss], int]:
    """The macros filled in, for a format that has no templates; and how many could not be."""
    snippets: list[Snippet] = []
    losses: list[Loss] = []
    failed = 0
    macros = [one for one in entries if isinstance(one, Macro) and not chosen.has_templates]
    for macro in counting(macros, len(macros), "Exporting", listener):
        try:
            found = snippets_of(workspace, macro, scanned, is_personal=chosen.is_personal)
        except CanneryError as error:
            losses.append(Loss(macro.at.path, 0, macro.header.title, error.message))
            failed += 1
            continue
        snippets += found
        losses += found[0].losses
    return snippets, losses, failed


def _format(name: str) -> Export:
    for one in EXPORTS:
        if one.name == name:
            return one
    raise UsageError(f"no such format: {name}", f"Formats: {', '.join(format_names())}.")


def _entries(
    workspace: Workspace, scanned: Scan, query: ExportQuery, chosen: Export
) -> list[Entry]:
    ids = _ids(workspace, scanned, query.names)
    entries: list[Entry] = []
    for path in scanned.searched:
        item = load(workspace, path).item
        if item is None or isinstance(item, Part) or item.header.status is not Status.PUBLISHED:
            continue
        is_kind = chosen.takes_articles or isinstance(item, Macro)
        is_named = ids is None or any(
            item.at.id == id_ or item.at.id.startswith(f"{id_}/") for id_ in ids
        )
        if is_kind and is_named and query.language in ("", item.at.language):
            entries.append(item)
    if not entries:
        raise CanneryError("there is nothing to export", "See `kb find --kind macro`.")
    return sorted(entries, key=lambda entry: entry.at.path)


def _ids(workspace: Workspace, scanned: Scan, names: Sequence[str]) -> list[str] | None:
    """The ids that names stand for, with those of sections; None for all."""
    if not names:
        return None
    folders = {
        folder.as_posix()
        for id_ in catalogue(workspace, scanned)
        for folder in PurePath(id_).parents
    }
    ids: list[str] = []
    for name in names:
        wanted = composed(bare(name))
        sections = [folder for folder in folders if f"/{folder}".endswith(f"/{wanted}") and wanted]
        ids += sections or [resolve(workspace, scanned, name).id]
    return ids


def refuse_place(workspace: Workspace, out: Path, exported: Exported) -> None:
    """Raises UsageError where a file would replace what is none, or the knowledge base's own."""
    for target in _targets(out, exported):
        if target.exists() and not target.is_file():
            raise UsageError(f"{target} is not a file", "Name a file; without --out it is stdout.")
        place = target.parent.resolve() / target.name
        if place.is_relative_to(root := workspace.root.resolve()):
            inner = place.relative_to(root).as_posix()
            is_entry = inner.endswith(ENDINGS) and belongs(inner, workspace.settings.layout)
            if is_entry or inner.startswith(OWN):
                hint = "Choose a place outside: it would replace what it is made from."
                raise UsageError(f"{out} is part of the knowledge base", hint)


def existing(out: Path, exported: Exported) -> list[Path]:
    """The files that saving would replace."""
    return [target for target in _targets(out, exported) if target.exists()]


def _targets(out: Path, exported: Exported) -> list[Path]:
    return [out] if exported.file else [out / name for name in exported.files]


def save(out: Path, exported: Exported) -> None:
    """Write the files: to `out`, or below it. Raises OSError."""
    for name, text in exported.files.items():
        target = out if exported.file else out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(target, text.encode(exported.encoding))
