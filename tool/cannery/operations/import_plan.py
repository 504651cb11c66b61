"""The files that an import makes, after what a person decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cannery.content.line_ends import kept, plain
from cannery.exchange.field_keys import field_keys
from cannery.exchange.languages import Family
from cannery.model.canned_reply import CannedReply
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind, Status
from cannery.model.loss import Loss
from cannery.operations.draft import Draft, draft_path, draft_text
from cannery.operations.import_names import FamilyNames, Names, title_of
from cannery.operations.import_personal import Value, gives_access, with_fields
from cannery.operations.import_replies import State, Survey, mark_of
from cannery.operations.writing import Rewrite, settle, write
from cannery.util.plain import one_line
from cannery.util.text import fold_name
from cannery.workspace import Workspace

_IMPORT = "import"  # what `kb undo` calls it


class Decisions(NamedTuple):
    """What a person decided: the values that become fields, and which lookalikes are left out.

    `merged` are their numbers. One that is like another reply of the import is found by its words
    there; one that is like a macro is not imported.
    """

    personal: Collection[Value] = ()
    merged: Collection[int] = ()


class PlannedFile(NamedTuple):
    """A macro to be, and the numbers of the candidates in it: its own first."""

    path: str
    text: str
    numbers: Sequence[int]


class ImportPlan(NamedTuple):
    """`notes` is what has another name than in its source.

    `refused` are the candidates that may not be written after all, for a link in them lets anybody
    in.
    """

    files: Sequence[PlannedFile]
    notes: Sequence[Loss]
    refused: Sequence[int] = ()


def recover(workspace: Workspace, listener: Listener = ignore) -> None:
    """Finish an import that was cut off, or take it back: a survey has to see one or the other."""
    settle(workspace, _IMPORT, listener)


def plan(workspace: Workspace, survey: Survey, decisions: Decisions) -> ImportPlan:
    """The files that the survey makes after the decisions."""
    into = _merged_into(survey, decisions)
    merged: dict[int, list[int]] = defaultdict(list)
    for number, other in into.items():
        merged[other].append(number)
    left_out = {one.number for one in survey.alike if one.macro and one.number in decisions.merged}
    told = {
        number: with_fields(workspace, one.reply, decisions.personal)
        for number, one in enumerate(survey.candidates)
        if one.state in {State.NEW, State.SAME} and number not in left_out
    }
    replies = {number: reply for number, reply in told.items() if number not in into}
    refused = [number for number, reply in replies.items() if gives_access(reply)]
    names = Names(survey.macros)
    files = []
    for family, own in _by_family(survey, replies.keys() - {*refused}):
        written = Family({replies[one].language: replies[one] for one in own}, family.shortcut)
        shared = names.family(written, workspace.settings.default_language, survey.query.into)
        for number in own:
            title = names.title(replies[number], shared.section)
            reply = _as_written(workspace, replies[number], title, shared)
            parts = {one: told[one] for one in (number, *merged[number]) if one in told}
            marks = [mark_of(survey.candidates[one], told[one].origin) for one in parts]
            files.append(_file(workspace, shared, reply, parts, marks))
    return ImportPlan(files, names.notes, refused)


def save(
    workspace: Workspace, survey: Survey, planned: ImportPlan, listener: Listener = ignore
) -> None:
    """Write the files, all or none, so that `kb undo` can take them back."""
    if not planned.files:
        return
    asked = (str(survey.query.path),)
    files: Mapping[str, bytes | None] = {one.path: one.text.encode() for one in planned.files}
    write(workspace, Rewrite(_IMPORT, files, dict.fromkeys(files), asked=asked), listener)


def _merged_into(survey: Survey, decisions: Decisions) -> dict[int, int]:
    """The candidates that another one stands for, each with that one."""
    into = {
        number: one.other
        for number, one in enumerate(survey.candidates)
        if one.state is State.SAME and one.other is not None
    }
    into |= {
        one.number: one.other
        for one in survey.alike
        if one.other is not None and one.number in decisions.merged
    }
    for number in into:  # the other one is an earlier one: no circle
        while into[number] in into:
            into[number] = into[into[number]]
    return into


def _by_family(survey: Survey, numbers: Collection[int]) -> Iterator[tuple[Family, list[int]]]:
    """Each family that has some of the candidates, with these, in their order."""
    own: dict[int, list[int]] = defaultdict(list)
    for number in sorted(numbers):
        own[survey.candidates[number].family].append(number)
    return ((survey.families[family], numbers) for family, numbers in own.items())


def _as_written(
    workspace: Workspace, reply: CannedReply, title: str, shared: FamilyNames
) -> CannedReply:
    """The reply with the names that it has here, and its line ends as the format keeps them."""
    body = plain(reply.body) if workspace.settings.keeps_lines else kept(reply.body)
    return replace(reply, title=title, shortcut=shared.shortcut, body=body)


def _file(
    workspace: Workspace,
    shared: FamilyNames,
    reply: CannedReply,
    parts: Mapping[int, CannedReply],
    marks: Sequence[str],
) -> PlannedFile:
    """The file of a reply; `parts` are what is in it by number, itself first, `marks` of each."""
    settings = workspace.settings
    language = "" if reply.language == settings.default_language else reply.language
    header = {
        "summary": reply.summary,
        "status": None if reply.status is Status.PUBLISHED else reply.status.value,
        "tags": [*reply.tags],
        "keywords": [*_keywords(reply, [*parts.values()])],
        "shortcut": reply.shortcut,
        "subject": reply.subject,
        "fields": [*map(field_keys, reply.fields)],
        "actions": dict(reply.actions),
        "groups": [*reply.groups],
        "attachments": [*reply.attachments],
        "imported_from": [*marks],
    }
    said = {key: value for key, value in header.items() if value or key == "status"}
    draft = Draft(Kind.MACRO, reply.title, shared.section, reply.body, said, language)
    path = draft_path(draft._replace(title=shared.stem), settings)
    return PlannedFile(path, draft_text(draft), [*parts])


def _keywords(reply: CannedReply, merged: Sequence[CannedReply]) -> Iterator[str]:
    """What people looked for it by before, and would not find it by now."""
    known = {fold_name(reply.title), fold_name(reply.shortcut), ""}
    for one in merged:
        for word in (title_of(one), one_line(one.shortcut), *map(one_line, one.keywords)):
            if fold_name(word) not in known:
                known.add(fold_name(word))
                yield word
