"""Issues of GitLab: of its API, with state events and notes, or lines of an export of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cannery.insight.sources import fields, json_files
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.links import written
from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.trackers.course_of_issue import Issue, begun, stood
from cannery.insight.sources.values import Json, identifier, name, part, parts, seconds, text
from cannery.model.ticket_event import TicketRecord

_SIGNS = (b'"resource_state_events"', b'"iid"', b'"noteable_id"', b'"resource_type"')
_STATES = {"closed": SOLVED, "opened": OPEN, "reopened": OPEN}


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The issues of a file. Raises OSError."""
    yield from json_files.records(path, options, (), take)


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take an issue, a state event or a note; whether it could be read."""
    if "resource_type" in row:
        is_issue = name(row.get("resource_type")) == "Issue"
        return not is_issue or _take_state(gathering, row, identifier(row.get("resource_id")))
    if "noteable_type" in row:
        is_issue = name(row.get("noteable_type")) == "Issue"
        issue = identifier(row.get("noteable_id"))
        return not is_issue or _take_note(gathering, row, issue, options)
    return _take_issue(gathering, row, options)


def _take_issue(gathering: Gathering, row: Json, options: Options) -> bool:
    id_ = identifier(row.get("id")) or f"iid {identifier(row.get('iid'))}"
    created = seconds(row.get("created_at"))
    if created is None or id_ == "iid ":
        return False
    status = _STATES.get(name(row.get("state")), OPEN)
    issue = Issue(id_, created, seconds(row.get("closed_at")), status)
    author = _person(row)
    gathering.ticket(_ticket(issue, row, author, options))
    states, notes = "resource_state_events" in row, parts(row, "notes")
    gathering.moments([begun(issue)] if states else stood(issue))
    return all(
        [
            *(_take_state(gathering, state, id_) for state in parts(row, "resource_state_events")),
            *(_take_note(gathering, note, id_, options) for note in notes),
        ]
    )


def _ticket(issue: Issue, row: Json, author: str, options: Options) -> Ticket:
    project = name(part(row, "references").get("full")).rpartition("#")[0].rpartition("/")[2]
    return Ticket(
        issue.id,
        issue.created_at,
        seconds(row.get("updated_at")) or 0,
        author,
        issue.status,
        attributes={
            **({"section": project} if project else {}),
            **fields.of_ticket(options.fields, row, {}, _labels(row)),
        },
        text=text(row.get("title")) if options.has_texts else "",
    )


def _labels(row: Json) -> Iterator[str]:
    """The labels, as texts or as objects; an export has links to them."""
    found = row.get("labels")
    for label in found if isinstance(found, list) else ():
        yield name(label.get("name") or label.get("title") if isinstance(label, dict) else label)
    for link in parts(row, "label_links"):
        yield name(part(link, "label").get("title"))


def _take_state(gathering: Gathering, row: Json, issue: str) -> bool:
    at = seconds(row.get("created_at"))
    state = _STATES.get(name(row.get("state")))
    if at is None or not issue:
        return False
    if state is not None:
        key = f"state:{identifier(row.get('id')) or at}"
        gathering.moments([Moment(issue, key, at, Told.STATUS, _person(row), state)])
    return True


def _take_note(gathering: Gathering, row: Json, issue: str, options: Options) -> bool:
    at = seconds(row.get("created_at"))
    if at is None or not issue:
        return False
    if row.get("system") or row.get("internal") or row.get("confidential"):
        return True
    key = f"note:{identifier(row.get('id')) or at}"
    moment = Moment(issue, key, at, Told.WRITTEN, _person(row))
    body = {"body": row.get("body") or row.get("note")}
    gathering.moments(written(moment, body, options.entry_at))
    return True


def _person(row: Json) -> str:
    """The id of whoever did it: an API has the person, an export the number."""
    person = part(row, "author") or part(row, "user")
    return identifier(person.get("id") or row.get("author_id") or row.get("user_id"))
