"""Questions that `kb ask` passed on, and whether an entry answers them by now."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cannery.content.files import read_bytes, scan
from cannery.content.library import load
from cannery.errors import ContentError
from cannery.model.entry import Part
from cannery.model.location import Status
from cannery.operations.search_log import is_kept
from cannery.operations.search_words import masked_words
from cannery.operations.team_questions import team_questions
from cannery.util import dated_lines, trust
from cannery.util.tidy import ASKED
from cannery.workspace import Workspace


class Asked(NamedTuple):
    """A question at `time` (seconds), masked, and where it went: an issue, or a draft's path.

    `address` is empty where only a form for an issue could be opened.
    """

    time: float
    question: str
    address: str
    is_draft: bool


def keep_asked(workspace: Workspace, question: str, address: str, *, is_draft: bool) -> None:
    """Write it down, unless nothing is kept here."""
    if is_kept(workspace) and (words := masked_words(question)):
        with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
            trust.make(workspace.state)
            row = Asked(time.time(), words, address, is_draft)
            dated_lines.append(_file(workspace), row._asdict())


def unanswered(workspace: Workspace) -> list[Asked]:
    """The questions that no entry answers: those of the team's host, then those asked from here.

    A draft answers its question once it is a draft no more, and an issue's question is answered by
    an entry that names the issue as its source, as `kb new --from-issue` makes them. What the host
    was asked about since, and told no more, is closed.
    """
    told = team_questions(workspace)
    waiting = {one.address for one in told.questions}
    own = [
        one
        for one in asked_questions(workspace)
        if one.is_draft or not one.address or (one.time > told.time and one.address not in waiting)
    ]
    team = [Asked(one.since, one.question, one.address, is_draft=False) for one in told.questions]
    issues = {one.address for one in (*own, *team) if one.address and not one.is_draft}
    answered = _named_in_entries(workspace, issues) if issues else frozenset[str]()
    return [
        one
        for one in (*team, *own)
        if (_is_a_draft(workspace, one.address) if one.is_draft else one.address not in answered)
    ]


def asked_questions(workspace: Workspace) -> Iterator[Asked]:
    """What was asked from here, the oldest first, whether it has been answered or not."""
    with contextlib.suppress(OSError):  # likewise
        for row in dated_lines.rows(_file(workspace)):
            if asked := _read(row):
                yield asked


def _read(row: Mapping[str, object]) -> Asked | None:
    match row:
        case {
            "time": int() | float() as at,
            "question": str() as question,
            "address": str() as address,
        }:
            return Asked(float(at), question, address, row.get("is_draft") is True)
    return None  # of another version


def _is_a_draft(workspace: Workspace, path: str) -> bool:
    if path not in scan(workspace).stamps:  # deleted, moved, or a name that none of ours has
        return False
    item = load(workspace, path).item
    return item is None or isinstance(item, Part) or item.header.status is Status.DRAFT


def _named_in_entries(workspace: Workspace, addresses: Iterable[str]) -> frozenset[str]:
    """The addresses that stand in a file of an entry that is no draft."""
    wanted = {address.encode(): address for address in addresses}
    found: set[str] = set()
    for path in scan(workspace).stamps:
        with contextlib.suppress(ContentError):  # of which the check tells
            raw = read_bytes(workspace, path)
            named = {address for sought, address in wanted.items() if sought in raw}
            if named - found and not _is_a_draft(workspace, path):
                found |= named
    return frozenset(found)


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / ASKED
