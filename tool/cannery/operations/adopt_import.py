"""Bring the pages of another tool into a knowledge base: converted, and as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cannery.adopt.convert_all import ConvertedFiles, convert_all
from cannery.adopt.survey import survey
from cannery.adopt.targets import first_free, section_of
from cannery.adopt.tree import SourceTree, source_at
from cannery.content.files import read_regular
from cannery.content.layout import locate
from cannery.content.save import inside
from cannery.errors import ContentError, UsageError
from cannery.git.locate import locate as locate_repository
from cannery.git.state import worktree_status
from cannery.git.versions import Version
from cannery.model.adoption import Import, Survey
from cannery.model.event import Listener, counting, ignore
from cannery.model.loss import Loss
from cannery.operations.writing import exclusive, is_repeated, settle
from cannery.proposals.carry_out import carry_out
from cannery.util.plain import one_line
from cannery.workspace import Workspace

ADOPT = "adopt"  # what `kb undo` calls it
_REPORTS = "kb/adopted/"
_NAMED = 3  # files in a message


class ImportQuery(NamedTuple):
    """What to import: `into` is a section, by default the folder's name.

    With `move`, files that are in the knowledge base's own repository don't stay where they are.
    """

    folder: Path
    into: str = ""
    move: bool = False


def is_resumed(workspace: Workspace, query: ImportQuery, listener: Listener = ignore) -> bool:
    """Finish or take back what a killed process left; whether it was this very import.

    To be called before planning: a plan of files that are half there would be of these.
    """
    return is_repeated(settle(workspace, ADOPT, listener), ADOPT, *_asked(query))


def _asked(query: ImportQuery) -> tuple[str, ...]:
    return (str(query.folder.resolve()), query.into, "move" if query.move else "")


def plan_import(workspace: Workspace, query: ImportQuery, listener: Listener = ignore) -> Import:
    """What `save_import` would write. Raises UsageError, and then nothing is to be done."""
    tree = source_at(query.folder)
    found = survey(tree, listener)
    section = section_of(query.into) if query.into else _section(query.folder.resolve(), found)
    if not section:
        hint = "Use letters, digits and dashes, as in billing/refunds."
        raise UsageError(f"{query.into} is not a section", hint)
    converted = convert_all(tree, found, workspace.settings, section, listener)
    planned = _against_present(workspace, Import(
        survey=found,
        section=section,
        files=converted.files,
        pages=_languages(converted, workspace),
        linked_files=converted.linked_files,
        unchanged=0,
        losses=tuple(sorted({*converted.losses, *found.losses})),
        steps=tuple(_steps(converted)),
    ))  # fmt: skip
    if query.move:
        planned = replace(planned, moved=_moved(workspace, tree, converted, planned))
    return _with_report(workspace, planned)


def save_import(
    workspace: Workspace, query: ImportQuery, planned: Import, listener: Listener = ignore
) -> bool:
    """Write what is planned, all of it or nothing; whether there was anything."""
    if not planned.files:
        return False
    for path in planned.files:
        inside(workspace, path)
    with exclusive(workspace, ADOPT, listener) as log:
        new = ((log.prefix + path, data) for path, data in planned.files.items())
        all_ = [*new, *((path, None) for path in planned.moved)]
        versions = (
            (path, None if data is None else Version(data))
            for path, data in counting(all_, len(all_), "Writing", listener)
        )
        expected: dict[str, bytes | None] = dict.fromkeys(
            log.prefix + path for path in planned.files
        )
        expected |= {log.prefix + path: data for path, data in planned.expected.items()}
        expected |= planned.moved
        carry_out(log, log.plan(ADOPT, versions, expected, asked=_asked(query)))
    return True


def _section(source: Path, found: Survey) -> str:
    name = source.stem if source.is_file() else source.name
    return first_free((name, found.layout.name), "imported")


def _languages(converted: ConvertedFiles, workspace: Workspace) -> Mapping[str, int]:
    """How many pages there are in each language."""
    pages = (path for path, origin in converted.origins.items() if path.endswith(".md"))
    return Counter(locate(path, workspace.settings).language for path in pages)


def _steps(converted: ConvertedFiles) -> Iterator[str]:
    if missing := converted.missing_languages:
        named = ", ".join(f"{tag} ({count:,})" for tag, count in missing.items())
        yield (
            f"Pages in other languages than kb/kb.toml has are left out: {named}. "
            "Add them to `languages` and run it again."
        )


def _against_present(workspace: Workspace, planned: Import) -> Import:
    """The plan without the files that are there already; one that differs is a loss."""
    new: dict[str, bytes] = {}
    losses, unchanged = [], 0
    for path, data in planned.files.items():
        present = _present(workspace, path)
        if present is None:
            new[path] = data
        elif present == data:
            unchanged += 1
        else:
            losses.append(Loss(path, 0, "the file", "it exists already, and stays as it is"))
    return replace(
        planned, files=new, unchanged=unchanged, losses=tuple(sorted({*planned.losses, *losses}))
    )


def _present(workspace: Workspace, path: str) -> bytes | None:
    """What is at a path now; None for nothing."""
    target = workspace.root / path
    if not target.exists() and not target.is_symlink():
        return None
    try:
        return read_regular(workspace.root, path)
    except ContentError:
        return b""  # a folder, a link: none of ours


def _moved(
    workspace: Workspace, tree: SourceTree, converted: ConvertedFiles, planned: Import
) -> dict[str, bytes]:
    """The files that go, by their paths from the repository's top. Raises UsageError."""
    repository = locate_repository(workspace.root)
    if repository is None or not tree.root.is_relative_to(repository.top):
        raise UsageError(
            f"{tree.root} is not in the knowledge base's own repository",
            "Leave out --move: the files are copied.",
        )
    inner = tree.root.relative_to(repository.top).as_posix()
    prefix = "" if inner == "." else f"{inner}/"
    origins = [converted.origins[path] for path in planned.files if path in converted.origins]
    paths = [path for path in dict.fromkeys(origins) if path in tree.names]
    edited = worktree_status(repository.top).keys() & {prefix + path for path in paths}
    if edited:
        named = ", ".join(sorted(edited)[:_NAMED])
        raise UsageError(f"{named}: not committed yet", "Commit what is to be moved first.")
    return {prefix + path: read_regular(tree.root, path) for path in paths}


def _with_report(workspace: Workspace, planned: Import) -> Import:
    """The plan with a file that lists the losses, where anything is written."""
    if not planned.losses or not planned.files:
        return planned
    path = f"{_REPORTS}{planned.section.replace('/', '-')}.txt"
    present = _present(workspace, path)
    lines = (_line(loss) for loss in planned.losses)
    head = f"What could not be taken over from {planned.survey.label}.\n\n"
    data = f"{head}{''.join(lines)}".encode("utf-8", "replace")
    expected = {} if present is None else {path: present}
    files = {**planned.files, path: data}
    return replace(planned, files=files, expected=expected, report=path)


def _line(loss: Loss) -> str:
    where = f"{loss.path}:{loss.line}" if loss.line else loss.path
    return f"{one_line(where)}: {one_line(loss.what)}: {one_line(loss.why)}\n"
