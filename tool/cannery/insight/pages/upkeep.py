"""Pages on the knowledge base itself: what its sections need, and what is sought in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from cannery.insight.health import NEEDS, Card
from cannery.insight.wording import shortened, word
from cannery.model.figure import SMALLEST
from cannery.model.figure_page import FigurePage

_MOST = 50  # rows


class Sought(NamedTuple):
    """What people ask for in similar words: how often, in the four weeks before the last and then.

    `nearest` is the title of the entry that is nearest, or empty.
    """

    title: str
    times: int
    before: int
    after: int
    nearest: str


def health_page(cards: Sequence[Card], day: date, language: str) -> FigurePage:
    """The sections' score cards; owners have none here, as they may be persons."""
    needs = [need for need in NEEDS if any(card.counts[need.name] for card in cards)]
    heads = [word(language, name) for name in ("section", "entries", "score")]
    rows = [
        [
            {"text": shortened(card.name)},
            f"{card.entries:,}",
            "" if card.score is None else str(card.score),
            *(str(card.counts[need.name] or "") for need in needs),
        ]
        for card in cards[:_MOST]
    ]
    head = [*heads, *(word(language, f"need_{need.name}") for need in needs)]
    table = {"title": word(language, "sections"), "table": {"head": head, "rows": rows}}
    values = {
        "about": word(language, "health_about"),
        "tables": [table] if rows else [],
        "beside": [[word(language, "until"), day.isoformat()]],
    }
    return _page("health", values, language)


def gaps_page(gaps: Sequence[Sought], language: str) -> FigurePage:
    """What was sought often enough that it tells of no one."""
    shown = [each for each in gaps if each.times >= SMALLEST][:_MOST]
    head = [
        word(language, name)
        for name in ("sought", "times", "weeks_before", "last_weeks", "nearest")
    ]
    rows = [
        [
            {"text": shortened(each.title)},
            f"{each.times:,}",
            str(each.before),
            str(each.after),
            {"text": shortened(each.nearest)},
        ]
        for each in shown
    ]
    table = {"title": word(language, "gaps"), "table": {"head": head, "rows": rows}}
    about = word(language, "gaps_about" if rows else "gaps_none")
    values = {"about": about, "tables": [table] if rows else []}
    return _page("gaps", values, language)


def _page(name: str, values: Mapping[str, object], language: str) -> FigurePage:
    title, summary = word(language, name), word(language, f"{name}_about")
    above = (("", word(language, "title")),)
    return FigurePage(name, language, title, summary, values, above=above)
