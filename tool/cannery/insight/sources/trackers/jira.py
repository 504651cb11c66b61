"""Issues of Jira as its search answers, with the changelog where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cannery.insight.sources import fields, json_files
from cannery.insight.sources.desk_statuses import is_known, status_of
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.links import written
from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.trackers.course_of_issue import Issue, begun, stood
from cannery.insight.sources.values import Json, identifier, name, part, parts, seconds, text
from cannery.model.ticket_event import EventKind, TicketRecord

_SIGNS = (b'"statusCategory"', b'"resolutiondate"', b'"histories"', b'"issuetype"')
_LISTS = ("issues", "values")
_CATEGORIES = {"done": SOLVED, "new": OPEN, "indeterminate": OPEN}


def fits(head: bytes, _: Path) -> bool:
    return json_files.is_json_with(head, _SIGNS)


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The issues of a file. Raises OSError."""
    yield from json_files.records(path, options, _LISTS, take)


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take an issue; whether it could be read."""
    about = part(row, "fields")
    id_, created = identifier(row.get("key")), seconds(about.get("created"), options.zone)
    if not id_ or created is None:
        return False
    own = _own(part(about, "status"), options.statuses)
    status = status_of(part(about, "status").get("name"), own, options.reading)
    issue = Issue(id_, created, seconds(about.get("resolutiondate"), options.zone), status)
    gathering.ticket(_ticket(issue, about, options))
    changes = [*_changes(row, issue, own, options)]
    if _has_all(row):
        gathering.moments([begun(issue, _first(changes) or status), *changes])
    else:
        gathering.moments(changes or stood(issue))
    gathering.moments(_comments(about, issue, options))
    return True


def _own(status: Json, given: Mapping[str, str]) -> Mapping[str, str]:
    """What the team's statuses mean; of the present one that nothing tells, its category does."""
    present = name(status.get("name"))
    category = _CATEGORIES.get(name(part(status, "statusCategory").get("key")))
    if category is None or is_known(present):
        return given
    return {present: category, **given}


def _ticket(issue: Issue, about: Json, options: Options) -> Ticket:
    labels = (name(label) for label in _list(about, "labels"))
    components = [name(one.get("name")) for one in parts(about, "components")]
    section = next(iter(components), "") or issue.id.rpartition("-")[0]
    return Ticket(
        issue.id,
        issue.created_at,
        seconds(about.get("updated"), options.zone) or 0,
        _person(part(about, "reporter")),
        issue.status,
        attributes={
            "section": section,
            **fields.of_ticket(options.fields, about, _custom(about, options), labels),
        },
        text=text(about.get("summary")) if options.has_texts else "",
    )


def _custom(about: Json, options: Options) -> Mapping[str, object]:
    """The team's own fields that kb.toml names; of a choice the name that it has."""
    wanted = {rule.partition(":")[2].strip() for rule in options.fields.values()}
    return {
        key: value.get("value") if isinstance(value := about.get(key), dict) else value
        for key in wanted
        if key.startswith("customfield_")
    }


def _changes(row: Json, issue: Issue, own: Mapping[str, str], options: Options) -> Iterator[Moment]:
    """What the changelog tells, in the order of its times."""
    told = ((seconds(one.get("created"), options.zone), one) for one in _histories(row))
    for at, one in sorted((item for item in told if item[0] is not None), key=_time):
        who, key = _person(part(one, "author")), identifier(one.get("id")) or str(at)
        for item in parts(one, "items"):
            what = name(item.get("field"))
            moment = Moment(issue.id, f"change:{key}:{what}", at or 0, Told.STATUS, who)
            if what == "status":
                after = status_of(item.get("toString"), own, options.reading)
                before = status_of(item.get("fromString"), own, options.reading)
                yield moment._replace(detail=after, before=before)
            elif what == "assignee" and (to := identifier(item.get("to"))):
                yield moment._replace(what=EventKind.ASSIGNED, detail=to)


def _time(item: tuple[int | None, Json]) -> int:
    return item[0] or 0


def _histories(row: Json) -> Iterator[Json]:
    return parts(part(row, "changelog"), "histories")


def _has_all(row: Json) -> bool:
    """Whether the changelog is there, and not its first page alone."""
    log = part(row, "changelog")
    total = log.get("total")
    return "histories" in log and not (isinstance(total, int) and total > len([*_histories(row)]))


def _first(changes: list[Moment]) -> str:
    """The status that the issue was created with; empty where it has never changed."""
    return next((one.before for one in changes if one.what is Told.STATUS), "")


def _comments(about: Json, issue: Issue, options: Options) -> Iterator[Moment]:
    """What customers see of what was written."""
    for one in parts(part(about, "comment"), "comments"):
        at = seconds(one.get("created"), options.zone)
        if at is None or one.get("jsdPublic") is False or "visibility" in one:
            continue
        key = f"comment:{identifier(one.get('id')) or at}"
        moment = Moment(issue.id, key, at, Told.WRITTEN, _person(part(one, "author")))
        yield from written(moment, one, options.entry_at)


def _person(person: Json) -> str:
    """An id: that of the cloud, or the key or name of a server."""
    return identifier(person.get("accountId") or person.get("key") or person.get("name"))


def _list(row: Json, key: str) -> list[object]:
    found = row.get(key)
    return found if isinstance(found, list) else []
