"""Score cards of a knowledge base: for people, programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.cli.output import Styled, counted, style
from cannery.insight.health import NEEDS, Card, Need, ToDo
from cannery.util.columns import beginning, columns
from cannery.util.csv_text import csv_text

if TYPE_CHECKING:
    from cannery.operations.health import Health

_NAME, _ENTRIES, _SCORE = 13, 8, 6  # columns; the counts' titles fill a screen of 80
_WIDTH = 80
_MOST_CARDS = 100  # of a table; more are for programs
_FIRST = 5  # things to do that are shown of all sections
_CSV = ("section", "owner", "need", "entry", "path", "why", "command")


def as_text(found: Health, *, is_whole: bool) -> None:
    """Cards, then what to do; with `is_whole` all of it."""
    for line in _lines(found, is_whole=is_whole):
        output.say(line)


def _lines(found: Health, *, is_whole: bool) -> Iterator[Styled | str]:
    entries = sum(card.entries for card in found.sections)
    todo = found.todo
    yield f"{counted(entries, 'published entry', 'published entries')}, {found.day}"
    yield ""
    yield from _table("Section", found.sections)
    if any(card.name for card in found.owners):
        yield ""
        yield from _table("Owner", found.owners)
    yield ""
    width = min(output.width(), _WIDTH)
    for line in (*wrap(_explained(), width), *wrap(_about_use(found), width)):
        yield style(line, dim=True)
    yield ""
    yield from _next(todo, is_whole=is_whole)
    if found.elsewhere:
        files = counted(len({item.path for item in found.elsewhere}), "file")
        yield f"{files} beside the published entries: run `kb check`."


def _table(name: str, cards: Sequence[Card]) -> Iterator[Styled]:
    needs = _needs(cards)
    titles = "".join(f" {need.title}" for need in needs)
    score = "Score" if any(card.score is not None for card in cards) else ""
    yield style(f"{name:{_NAME}}{'Entries':>{_ENTRIES}}{score:>{_SCORE}}{titles}", dim=True)
    for card in cards[:_MOST_CARDS]:
        yield Styled.joined([*_cells(card, needs)])
    if (more := len(cards) - _MOST_CARDS) > 0:
        yield style(f"And {more:,} more: use --json.", dim=True)


def _needs(cards: Sequence[Card]) -> Sequence[Need]:
    """The columns: all of them, or where they don't fit, those in which there is anything."""
    if output.width() >= _WIDTH:
        return NEEDS
    return [need for need in NEEDS if any(card.counts[need.name] for card in cards)]


def _cells(card: Card, needs: Sequence[Need]) -> Iterator[Styled]:
    name = beginning(card.name or "(none)", _NAME)
    score = "" if card.score is None else str(card.score)
    yield style(name + " " * (_NAME - columns(name)))
    yield style(f"{card.entries:>{_ENTRIES},}{score:>{_SCORE}}")
    for need in needs:
        count = card.counts[need.name]
        yield style(f"{count or '·':>{len(need.title) + 1}}", dim=not count)


def _explained() -> str:
    losses = ", ".join(f"{need.weight} for {need.words}" for need in NEEDS)
    return (
        f"Score: the mean of the entries, in steps of 5. Each begins with 100 and loses {losses}."
        " Counts are entries, not findings."
    )


def _about_use(found: Health) -> str:
    if found.unused_since:
        told = ", ".join(found.usage.sources)
        return f"Unused: no use since {found.unused_since} is known, from: {told}."
    if found.usage.since is None:
        return "Unused entries are not told: no use of any entry is known here."
    return "Unused entries are not told: uses are not known that far back (see --months)."


def _next(todo: Sequence[ToDo], *, is_whole: bool) -> Iterator[Styled | str]:
    if not todo:
        yield "Nothing to do."
        return
    shown = todo if is_whole else todo[:_FIRST]
    for item in shown:
        yield style(item.command, bold=True)
        yield style(f"    {item.entry}: {item.why}", dim=True)
    if more := len(todo) - len(shown):
        yield f"And {more:,} more: name a section, or use --json or --csv."


def as_data(found: Health) -> dict[str, object]:
    """The same for programs, with all there is to do."""
    return {
        "day": found.day.isoformat(),
        "weights": {need.name: need.weight for need in NEEDS},
        "unused_since": found.unused_since.isoformat() if found.unused_since else None,
        "usage_from": [*found.usage.sources],
        "sections": [_card(card) | {"score": card.score} for card in found.sections],
        "owners": [_card(card) for card in found.owners],
        "elsewhere": [item._asdict() for item in found.elsewhere],
    }


def _card(card: Card) -> dict[str, object]:
    todo = [item._asdict() for item in card.todo]
    return {"name": card.name, "entries": card.entries, "counts": card.counts, "todo": todo}


def as_csv(found: Health) -> str:
    """A row for each thing to do."""
    owners = {item: card.name for card in found.owners for item in card.todo}
    rows = (
        (card.name, owners.get(item, ""), item.need, item.entry, item.path, item.why, item.command)
        for card in found.sections
        for item in card.todo
    )
    return csv_text(_CSV, rows)
