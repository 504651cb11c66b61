"""A week in a few lines of Markdown, as chats and mails show it: a sentence, a table, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.insight.pages.addresses import address, measure_path
from cannery.insight.pages.weeks import Told, told_of
from cannery.insight.report import Report
from cannery.insight.sentence import headline, sentence
from cannery.insight.wording import doubts, figure_text, interval_text, word
from cannery.insight.words import title, words
from cannery.util.columns import columns

Row = Sequence[str]


class Wanted(NamedTuple):
    """The week, in which language; `since` is the week it is beside, if not the one before.

    `site` is where the pages of figures are, with a slash at its end, or empty.
    """

    week: str
    language: str
    since: str = ""
    site: str = ""


def digest(report: Report, wanted: Wanted) -> str:
    """The digest; a table is set in fixed letters, which chats and mails show alike."""
    told = told_of(report, wanted.week, wanted.since)
    said = doubts(report, wanted.language)
    lines = [*_opening(report, wanted), "", *_table(told, said, wanted), *_links(told, wanted)]
    return "\n".join(lines)


def _opening(report: Report, wanted: Wanted) -> Iterator[str]:
    if first := headline(report):
        yield f"**{sentence(first, report.at, wanted.language).sentence}**"
        yield ""
    beside = wanted.since or word(wanted.language, "week_before")
    yield word(wanted.language, "digest", week=wanted.week, before=beside)


def _table(told: Sequence[Told], said: Sequence[str], wanted: Wanted) -> Iterator[str]:
    heads = [word(wanted.language, name) for name in _HEADS]
    rows = [heads, *(_row(each, wanted.language) for each in told)]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    yield "```"
    for row in rows:
        yield "  ".join(map(_padded, row, widths)).rstrip()
    yield from said
    yield "```"


_HEADS = ("measure", "value", "interval", "number", "earlier", "change")


def _row(told: Told, language: str) -> Row:
    unit, figure = told.measure.unit, told.point.figure
    before = figure_text(unit, told.change.before, language) if told.change else ""
    verdict = words(language)["verdicts"][told.change.verdict] if told.change else ""
    return (
        title(told.measure, language),
        figure_text(unit, figure, language),
        interval_text(unit, figure, language),
        f"{figure.n:,}",
        before,
        verdict,
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _links(told: Sequence[Told], wanted: Wanted) -> Iterator[str]:
    if not wanted.site:
        return
    yield ""
    yield f"[{word(wanted.language, 'title')}]({wanted.site})"
    for each in told:
        changed = each.change and each.change.verdict in ("better", "worse")
        if changed:
            name, path = title(each.measure, wanted.language), measure_path(each.measure.name)
            yield f"[{name}]({wanted.site}{address(path)})"
