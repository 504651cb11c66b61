"""The last weeks as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from cannery.insight.pages.weeks import Told, complete_weeks, told_of
from cannery.insight.report import Report
from cannery.insight.wording import figure_text, sure_text, word
from cannery.insight.words import title, words
from cannery.util.plain import one_line

NAME = "weeks.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 12


class Source(NamedTuple):
    """Whose feed it is: the knowledge base's name, and where its pages of figures are, if known."""

    name: str
    site: str = ""


def feed(report: Report, source: Source, language: str) -> bytes:
    """The feed: an entry for each week whose figures are complete, the last one first."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    weeks = complete_weeks(report)[:_MOST]
    _add(root, "title", f"{source.name}: {word(language, 'title')}")
    _add(root, "id", _id(source, language))
    entries = [told_of(report, week) for week in weeks]
    ends = [_end(told) for told in entries]
    _add(root, "updated", max(ends, default=datetime.fromtimestamp(0, UTC)).isoformat())
    ET.SubElement(_add(root, "author", ""), "name").text = one_line(source.name)
    for week, told, end in zip(weeks, entries, ends, strict=True):
        entry = _add(root, "entry", "")
        _add(entry, "title", f"{week}: {next(_lines(told[:1], language))}")
        _add(entry, "id", _id(source, language, week))
        _add(entry, "updated", end.isoformat())
        if source.site:
            ET.SubElement(entry, "link", {"href": source.site})
        _add(entry, "content", "\n".join(_lines(told, language))).set("type", "text")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _lines(told: list[Told], language: str) -> Iterator[str]:
    """A measure in a line: its value, how sure it is, and what became of it."""
    for each in told:
        unit, figure = each.measure.unit, each.point.figure
        value = figure_text(unit, figure, language)
        verdict = words(language)["verdicts"][each.change.verdict] if each.change else ""
        sure = sure_text(unit, figure, language)
        parts = filter(None, (f"{title(each.measure, language)} {value} ({sure})", verdict))
        yield word(language, "comma").join(parts)


def _end(told: list[Told]) -> datetime:
    """When the week was over."""
    return datetime.fromtimestamp(told[0].point.starts_at, UTC) + timedelta(days=7)


def _id(source: Source, *parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(("cannery insight", source.name, *parts))).urn


def _add(parent: ET.Element, name: str, content: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = "\n".join(map(one_line, content.split("\n")))
    return child
