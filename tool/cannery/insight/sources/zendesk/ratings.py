"""Zendesk's two surveys, whose scales are never mixed: good or bad, and points."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources.moment import Moment
from cannery.insight.sources.values import Json, identifier, part, parts, rating, seconds
from cannery.model.ticket_event import EventKind

SCALE = "zendesk-2"
SCORES = {"good": 1.0, "bad": 0.0}
_POINTS = 5
_TICKET = "zen:ticket:"
_TIME_LETTERS = 10  # of a ULID, which begins with its time
_ULID = {letter: value for value, letter in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}


def of_rating(ticket: str, row: Json) -> Iterator[Moment]:
    """A satisfaction rating: it was offered, and may have been answered since."""
    key, score = f"rating:{identifier(row.get('id'))}", row.get("score")
    offered, changed = seconds(row.get("created_at")), seconds(row.get("updated_at"))
    if not ticket or not isinstance(score, str) or score not in (*SCORES, "offered"):
        return
    if offered is not None:
        yield Moment(ticket, f"{key}:offered", offered, EventKind.OFFERED, "", SCALE)
    at = offered if changed is None else changed
    if score in SCORES and at is not None:
        yield Moment(ticket, key, at, EventKind.RATED, "", SCALE, value=SCORES[score])


def ticket_of(row: Json) -> str:
    """The ticket that a survey response is of; empty for none."""
    for subject in parts(row, "subjects"):
        if subject.get("type") in ("ticket", "zen:ticket"):
            return identifier(subject.get("id"))
    named = row.get("subject_zrns")
    for zrn in named if isinstance(named, list) else ():
        if isinstance(zrn, str) and zrn.startswith(_TICKET):
            return identifier(zrn.removeprefix(_TICKET))
    return ""


def of_survey(ticket: str, row: Json) -> Iterator[Moment]:
    """A survey response: when it was sent, and the answer on satisfaction."""
    id_ = identifier(row.get("id"))
    found = [*_answers(ticket, f"survey:{id_}", row)]
    sent = _time_in(id_)
    offered = found[0].at if sent is None and found else sent
    if offered is not None:
        scale = found[0].detail if found else _scale(_POINTS)
        yield Moment(ticket, f"survey:{id_}:offered", offered, EventKind.OFFERED, "", scale)
    yield from found


def _answers(ticket: str, key: str, row: Json) -> Iterator[Moment]:
    for answer in parts(row, "answers"):
        question = part(answer, "question")
        value = rating(answer.get("rating"))
        at = seconds(answer.get("updated_at")) or seconds(answer.get("created_at"))
        is_on_support = question.get("sub_type", "customer_satisfaction") == "customer_satisfaction"
        if answer.get("type") == "rating_scale" and is_on_support and value and at is not None:
            options = [rating(option.get("rating")) or 0 for option in parts(question, "options")]
            points = int(max([*options, value]) if options else _POINTS)
            yield Moment(ticket, key, at, EventKind.RATED, "", _scale(points), value=value)


def _scale(points: int) -> str:
    """A scale's name: that of two points is not the old one of good and bad."""
    return f"zendesk-{points}" if points > 2 else f"zendesk-survey-{points}"  # noqa: PLR2004 - as above


def _time_in(id_: str) -> int | None:
    """The time in an id, in seconds; None for an id of another form."""
    letters = id_[:_TIME_LETTERS].upper()
    if len(letters) < _TIME_LETTERS or any(letter not in _ULID for letter in letters):
        return None
    number = 0
    for letter in letters:
        number = number * 32 + _ULID[letter]
    return seconds(number)
