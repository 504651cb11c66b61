"""Gaps on stdout: as lines, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.cli import output
from cannery.insight.gaps.fit import is_close, unfound
from cannery.insight.gaps.question import SOURCES, Source
from cannery.operations.insight_gaps import LEAST_TICKETS, Gap, Gaps
from cannery.operations.rewritten_macros import RewrittenMacro
from cannery.util.csv_text import csv_text
from cannery.util.text import counted

_SHOWN = 3  # samples, and entries
_MARKS = {"rising": "▲ ", "falling": "▼ ", "steady": "", "too few": ""}


def show(found: Gaps, limit: int) -> None:
    """The first gaps, with what to do about each."""
    for gap in found.gaps[:limit]:
        output.say(
            output.style(f"{gap.number:>3}. ", fg="cyan"),
            output.style(gap.title, bold=True),
            f"  ({counted(gap.times, 'time')}, {_sources(gap.sources)}{_trend(gap)})",
        )
        for sample in gap.samples[:_SHOWN]:
            output.say("       ", sample)
        for line in _advice(gap):
            output.say("     ", line)
    if (more := len(found.gaps) - limit) > 0:
        output.note(f"{counted(more, 'more gap')}: raise --limit, or use --json.")
    if found.hidden:
        text = f"{counted(found.hidden, 'gap')} of fewer than {LEAST_TICKETS} tickets not shown."
        output.note(text)


def show_rewritten(macros: Sequence[RewrittenMacro]) -> None:
    """Macros that say something else than what is sent."""
    if macros:
        output.say(output.style("Macros that are rewritten before they are sent", bold=True))
    for macro in macros:
        kept = f"{macro.kept:.0%} of its words kept in {counted(macro.replies, 'reply', 'replies')}"
        output.say("     ", macro.title, f": {kept}. kb edit {macro.entry}")


def _sources(sources: Mapping[Source, int]) -> str:
    return ", ".join(f"{source} {count}" for source, count in sources.items())


def _trend(gap: Gap) -> str:
    if gap.trend.verdict == "too few":
        return ""
    change = f"{gap.trend.before} -> {gap.trend.after} in four weeks"
    return f"; {_MARKS[gap.trend.verdict]}{gap.trend.verdict}, {change}"


def _advice(gap: Gap) -> list[str]:
    """What to do, as one command, and what is near."""
    near = [f"{fit.title} ({fit.entry})" for fit in gap.nearest[:_SHOWN]]
    about = f"Near: {'; '.join(near)}" if near else ""
    if gap.verdict == "missing":
        close = next((fit for fit in gap.nearest if is_close(fit)), None)
        unless = f", unless {close.title} answers it" if close else ""
        lines = [f"Write it{unless}: kb new article --from-gap {gap.number}", about]
    elif gap.verdict == "hard to find" and (there := unfound(gap.nearest)):
        words = ", ".join(gap.keywords)
        lines = [
            f"{there.title} is hard to find. Add to its keywords: {words}",
            f"kb edit {there.entry}",
            about,
        ]
    else:
        lines = ["Found by its name, and not chosen: does it answer this?", about]
    return [line for line in lines if line]


def as_data(found: Gaps) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "gaps": [
            {
                "number": gap.number,
                "title": gap.title,
                "language": gap.language,
                "count": gap.times,
                "sources": dict(gap.sources),
                "trend": gap.trend._asdict(),
                "samples": gap.samples,
                "nearest": [
                    {
                        "id": fit.entry,
                        "title": fit.title,
                        "words_in_names": round(fit.named, 3),
                        "words_in_text": round(fit.said, 3),
                        "searches_led_there": fit.led,
                    }
                    for fit in gap.nearest
                ],
                "verdict": gap.verdict,
                "keywords": gap.keywords,
            }
            for gap in found.gaps
        ],
        "hidden": found.hidden,
    }


def as_csv(found: Gaps) -> str:
    """What `--csv` prints: a row for each gap."""
    head = ("number", "title", "language", "count", *SOURCES, "before", "after", "trend", "verdict")
    rows = [
        (
            str(gap.number),
            gap.title,
            gap.language,
            str(gap.times),
            *(str(gap.sources.get(source, 0)) for source in SOURCES),
            str(gap.trend.before),
            str(gap.trend.after),
            gap.trend.verdict,
            gap.verdict,
            " | ".join(gap.samples),
            " ".join(fit.entry for fit in gap.nearest),
        )
        for gap in found.gaps
    ]
    return csv_text((*head, "samples", "nearest"), rows)
