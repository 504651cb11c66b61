"""Take what was changed at a desk into the files: as a change that can be proposed, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cannery.content.layout import locate
from cannery.content.library import Variants
from cannery.errors import ContentError, TemplateError
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed, lock_path
from cannery.model.event import Listener, counting, ignore
from cannery.model.hunk import Hunk
from cannery.model.location import Location
from cannery.operations.desk_entries import read_texts
from cannery.operations.desk_lock import LockWriter
from cannery.operations.desk_merge import agreed_on, agreed_parts
from cannery.operations.desk_pictures import fetched
from cannery.operations.desk_plan import Act, Plan, Step
from cannery.operations.desk_push import keep_texts
from cannery.operations.desk_work import Work
from cannery.operations.writing import Rewrite, write


class Pulled(NamedTuple):
    """What became of an entry: its files, and the places where both sides had changed the same."""

    id: str
    how: Act
    title: str
    paths: tuple[str, ...]
    conflicts: Mapping[str, tuple[Hunk, ...]]


def pull(plan: Plan, listener: Listener = ignore) -> list[Pulled]:
    """Write the files of a plan and the lock file, all or none; what became of each entry.

    Called by who is alone with the desk. Raises ContentError where a file was changed since it was
    planned, RestError where a picture can't be fetched; then nothing is written.
    """
    work = plan.survey.work
    writer = LockWriter(work.workspace, work.name, work.known)
    files: dict[str, bytes | None] = {}
    expected: dict[str, bytes | None] = {}
    texts: list[bytes] = []
    for id_, agreed in plan.survey.stale.items():
        writer.note(id_, agreed)
    for step in counting(plan.pull, len(plan.pull), "Merging", listener):
        changes = _changes(work, step)
        id_, agreed = _agreed(work, step)
        writer.note(id_, agreed)
        for path, (before, after) in changes.items():
            expected[path], files[path] = before, after
        texts += _texts(step)
    if not files:
        writer.close(work.desk.numbers)
        return []
    keep_texts(work, texts)
    lock = lock_path(work.name)
    files[lock], expected[lock] = writer.text(work.desk.numbers), work.known.written
    write(work.workspace, Rewrite(f"pull from {work.name}", files, expected), listener)
    writer.forget()
    return [_pulled(step) for step in plan.pull]


def _agreed(work: Work, step: Step) -> tuple[str, Agreed | None]:
    """The entry's id, and what is agreed on of it once its files are written."""
    new, record, merge = step.new, step.item.record, step.merge
    if merge is not None:
        gone = step.act in {Act.RETIRE, Act.REMOVE}
        if merge.pictures and merge.read and record:  # which are there only now
            return step.item.id, agreed_on(work, step.item, record, merge.read)
        return step.item.id, None if gone else merge.agreed
    if new is None or record is None:
        raise ContentError(f"{step.item.name}: nothing to write")
    at = _locations(work, new.files)
    read = read_texts(work.workspace.settings, Variants(new.id, record.kind, at), new.by_language)
    try:
        parts = agreed_parts(work, read)
    except (ContentError, TemplateError):  # what can't be filled in is never sent
        parts = {}
    return new.id, Agreed(record.id, read.here, parts, digests(record.parts))


def _locations(work: Work, paths: Mapping[str, bytes]) -> dict[str, Location]:
    located = [locate(path, work.workspace.settings) for path in paths]
    return {at.language: at for at in located}


def _changes(work: Work, step: Step) -> dict[str, tuple[bytes | None, bytes | None]]:
    """Each file with its bytes before and after."""
    if step.merge is not None:
        beside = {path: (None, raw) for path, raw in step.merge.beside.items()}
        return {**step.merge.files, **beside, **_pictures(work, step.merge.pictures)}
    if step.new is None:
        return {}
    new = {path: (None, raw) for path, raw in step.new.files.items()}
    return {**new, **_pictures(work, step.new.pictures)}


def _pictures(work: Work, pictures: Mapping[str, str]) -> dict[str, tuple[None, bytes]]:
    """Files to be; the desk is told of them, as what is agreed on depends on what they hold."""
    files = fetched(work, pictures)
    if work.addresses:
        work.addresses.pending.update({path: raw for path, (_, raw) in files.items()})
    return files


def _texts(step: Step) -> list[bytes]:
    """The texts that a later merge begins with."""
    if step.merge is not None:
        return step.merge.theirs
    return [*step.new.files.values()] if step.new else []


def _pulled(step: Step) -> Pulled:
    item = step.item
    if step.merge is not None:
        paths = (*step.merge.files, *step.merge.beside)
        return Pulled(item.id, step.act, item.title, paths, step.merge.conflicts)
    new = step.new
    return Pulled(new.id if new else "", step.act, item.title, (*(new.files if new else ()),), {})
