"""The questions that wait on the team's host, as it told them last."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cannery.errors import ContentError, UsageError, without_errno
from cannery.hosts.issues import QUESTIONS
from cannery.model.event import Listener, ignore
from cannery.operations.search_log import is_kept
from cannery.operations.search_words import masked_words
from cannery.util import dated_lines, trust
from cannery.util.atomic import locked
from cannery.util.tidy import TEAM_QUESTIONS
from cannery.workspace import Workspace

_MOST = 2_000


class TeamQuestion(NamedTuple):
    """A question that has waited `since` (seconds), masked, and its issue's address.

    `time` is when the host told so.
    """

    time: float
    since: float
    question: str
    address: str


def fetch_questions(workspace: Workspace, listener: Listener = ignore) -> None:
    """Ask the host for its open questions, and keep them in the place of those of before.

    Raises CanneryError where it can't be asked, or nothing may be kept.
    """
    from cannery.hosts.table import host_of
    from cannery.operations.ask import issue_tracker

    if not is_kept(workspace):
        hint = "Set `searches` under [insight], and `days` under [memory]."
        raise UsageError("questions may not be kept here", hint)
    repository = issue_tracker(workspace, listener)
    listed = host_of(repository).open_questions if repository else None
    if repository is None or listed is None:
        hint = "Run it without --issues: questions asked on this machine are known."
        raise UsageError("open questions can't be listed: no host with issues is known", hint)
    now = time.time()
    rows = [
        TeamQuestion(now, issue.at or now, words, issue.url)
        for issue in islice(listed(repository), _MOST)
        if (words := masked_words(_bare(issue.title)))
    ]
    _keep(workspace, rows, now)


def _bare(title: str) -> str:
    return next(
        (title.removeprefix(begin) for begin in QUESTIONS if title.startswith(begin)), title
    )


def _keep(workspace: Workspace, rows: list[TeamQuestion], now: float) -> None:
    path = workspace.state / TEAM_QUESTIONS
    try:
        trust.make(workspace.state)
        with locked(path):
            dated_lines.write(path, [{"time": now}, *(row._asdict() for row in rows)])
    except OSError as error:
        text = f"the questions can't be kept: {without_errno(str(error))}"
        raise ContentError(text, "Check the folder and its disk.") from error


class Told(NamedTuple):
    """What the host told last, and when; 0 if it was never asked."""

    time: float
    questions: tuple[TeamQuestion, ...]


def team_questions(workspace: Workspace) -> Told:
    """What is kept of it."""
    rows = [*_rows(workspace)]
    return Told(max((at for at, _ in rows), default=0.0), tuple(row for _, row in rows if row))


def _rows(workspace: Workspace) -> Iterator[tuple[float, TeamQuestion | None]]:
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        for row in dated_lines.rows(_file(workspace)):
            match row:
                case {
                    "time": int() | float() as at,
                    "since": int() | float() as since,
                    "question": str() as question,
                    "address": str() as address,
                }:
                    yield float(at), TeamQuestion(float(at), float(since), question, address)
                case {"time": int() | float() as at}:
                    yield float(at), None


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / TEAM_QUESTIONS
