"""Lists of entries on stdout: hits, and what is similar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.model.hit import Hit
from cannery.model.location import Status
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.search.similar import Similar

_LINES = 3  # of what differs
_COLUMNS = 90


def hits_as_json(hits: Iterable[Hit]) -> None:
    output.as_json([_data(hit) for hit in hits])


def _data(hit: Hit) -> dict[str, object]:
    members = _with_place(hit) | {"snippet": hit.snippet._asdict()}
    del members["explanation"]
    if hit.explanation:
        from cannery.cli import explanation  # rarely wanted

        members["explanation"] = explanation.as_data(hit.explanation)
    return members


def hits_as_text(hits: Iterable[Hit]) -> None:
    for number, hit in enumerate(hits, start=1):
        state = "" if hit.status == Status.PUBLISHED else f", {hit.status}"
        output.say(f"{number:>2}. ", output.style(hit.title, bold=True))
        about = f"{hit.at.id}  ({hit.at.kind}, {hit.at.language}{state})"
        output.say("    ", output.style(about, fg="cyan"))
        if hit.snippet.text:
            output.say("    ", output.highlighted(hit.snippet))
        if hit.explanation:
            from cannery.cli import explanation  # rarely wanted

            explanation.show(hit, hit.explanation)


def similar_as_json(items: Iterable[Similar]) -> None:
    output.as_json([_with_place(item) for item in items])


def similar_as_text(items: Iterable[Similar]) -> None:
    """Each with the first lines that only one of both has."""
    for item in items:
        output.say(f"{item.shared:>4.0%} ", output.style(item.title, bold=True))
        about = f"{item.at.id}  ({item.at.kind}, {item.at.language})"
        output.say("     ", output.style(about, fg="cyan"))
        _differing("+", item.own, "green")
        _differing("-", item.missing, "red")


def _differing(sign: str, lines: Sequence[str], colour: output.Colour) -> None:
    for line in lines[:_LINES]:
        text = clean(line)
        text = f"{text[:_COLUMNS]}…" if len(text) > _COLUMNS else text
        output.say("     ", output.style(f"{sign} {text}", fg=colour))
    if more := len(lines[_LINES:]):
        output.say(f"       … and {more} more {'line' if more == 1 else 'lines'}")


def _with_place(item: Hit | Similar) -> dict[str, object]:
    """Its members, with those of its place first."""
    members = item._asdict()
    del members["at"]
    return {**output.location_data(item.at), **members}
