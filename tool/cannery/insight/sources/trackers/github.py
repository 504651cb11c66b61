"""Issues of GitHub: of its REST API, with events, timelines and comments, or of `gh issue list`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cannery.insight.sources import fields, json_files
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.links import written
from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.trackers.course_of_issue import NOBODY, Issue, begun, stood
from cannery.insight.sources.values import Json, identifier, name, part, parts, seconds, text
from cannery.model.ticket_event import EventKind, TicketRecord

_SIGNS = (
    b'"author_association"', b'"authorAssociation"', b'"repository_url"', b'"stateReason"',
    b'"state_reason"', b'"commit_url"',
)  # fmt: skip
_ISSUE = re.compile(
    r"https?://[^/\s]{1,200}/(?:api/v3/)?(?:repos/)?"
    r"([^/\s]{1,100}/[^/\s]{1,100})/issues/([0-9]{1,12})"
)
_TEAM = frozenset(("OWNER", "MEMBER", "COLLABORATOR"))
_STATES = {"closed": SOLVED, "reopened": OPEN}


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The issues of a file. Raises OSError."""
    yield from json_files.records(path, options, (), take)


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take an issue, an event of one or a comment; whether it could be read."""
    if "event" in row:
        return _take_event(gathering, row, _issue_of(part(row, "issue")) or _issue_of(row), options)
    if "issue_url" in row:
        return _take_comment(gathering, row, _issue_of(row), options)
    return _take_issue(gathering, row, options)


def _take_issue(gathering: Gathering, row: Json, options: Options) -> bool:
    created = seconds(row.get("created_at") or row.get("createdAt"))
    issue_id = _issue_of(row) or identifier(row.get("number"))
    if "pull_request" in row:
        return True
    if created is None or not issue_id:
        return False
    is_closed = name(row.get("state")).lower() == "closed"
    closed = seconds(row.get("closed_at") or row.get("closedAt"))
    issue = Issue(issue_id, created, closed, SOLVED if is_closed else OPEN)
    author = _person(row)
    gathering.ticket(_ticket(issue, row, author, options))
    _note_team(gathering, row, author)
    history = [*parts(row, "timeline"), *parts(row, "events")]
    gathering.moments([begun(issue)] if history else stood(issue))
    return all(
        [
            *(_take_event(gathering, event, issue_id, options) for event in history),
            *(
                _take_comment(gathering, comment, issue_id, options)
                for comment in parts(row, "comments")
            ),
        ]
    )


def _ticket(issue: Issue, row: Json, author: str, options: Options) -> Ticket:
    labels = [name(label.get("name")) for label in parts(row, "labels")]
    repository = issue.id.rpartition("#")[0].rpartition("/")[2]
    return Ticket(
        issue.id,
        issue.created_at,
        seconds(row.get("updated_at") or row.get("updatedAt")) or 0,
        author,
        issue.status,
        attributes={"section": repository, **fields.of_ticket(options.fields, row, {}, labels)},
        text=text(row.get("title")) if options.has_texts else "",
    )


def _take_event(gathering: Gathering, row: Json, issue: str, options: Options) -> bool:
    kind = name(row.get("event"))
    if kind == "commented":
        return _take_comment(gathering, row, issue, options)
    if kind not in _STATES and kind != "assigned":
        return True
    at = seconds(row.get("created_at") or row.get("createdAt"))
    if at is None or not issue:
        return False
    key, actor = f"event:{identifier(row.get('id')) or at}", _login(part(row, "actor"))
    if kind == "assigned":
        to = _login(part(row, "assignee"))
        gathering.moments([Moment(issue, key, at, EventKind.ASSIGNED, actor, to)])
    else:
        gathering.moments([Moment(issue, key, at, Told.STATUS, actor, _STATES[kind])])
    return True


def _take_comment(gathering: Gathering, row: Json, issue: str, options: Options) -> bool:
    at = seconds(row.get("created_at") or row.get("createdAt"))
    if at is None or not issue:
        return False
    author = _person(row)
    if _is_bot(row, author):
        return True
    _note_team(gathering, row, author)
    moment = Moment(issue, f"comment:{identifier(row.get('id')) or at}", at, Told.WRITTEN, author)
    gathering.moments(written(moment, row, options.entry_at))
    return True


def _note_team(gathering: Gathering, row: Json, author: str) -> None:
    """Who is of the team is told by what they are to the repository."""
    association = name(row.get("author_association") or row.get("authorAssociation"))
    if association:
        gathering.agents.add(author if association in _TEAM and author else NOBODY)


def _issue_of(row: Json) -> str:
    """`owner/repository#number` of an address; empty for none."""
    for key in ("issue_url", "url", "html_url"):
        address = row.get(key)
        if isinstance(address, str) and (match := _ISSUE.match(address)):
            return f"{match[1]}#{match[2]}"
    return ""


def _person(row: Json) -> str:
    return _login(part(row, "user") or part(row, "author") or part(row, "actor"))


def _login(person: Json) -> str:
    return identifier(person.get("login"))


def _is_bot(row: Json, author: str) -> bool:
    person = part(row, "user") or part(row, "author")
    return name(person.get("type")) == "Bot" or author.endswith("[bot]")
