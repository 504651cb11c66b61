"""Settings of kb.toml: wrong values, keys of another name, values without effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.business_days import holidays
from cannery.content.mapped_keys import mappable
from cannery.model.business_calendar import BUSINESS
from cannery.model.insight_settings import InsightSettings
from cannery.model.location import Problem, Severity
from cannery.settings_file import unknown_keys
from cannery.util.toml_lines import find_key
from cannery.workspace import MARKER, NEWEST_FORMAT, Settings

_PATH = MARKER.as_posix()
# What there is, by the table that it stands in; whatever [team] says is the team's own.
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "name", "site_url", "languages", "default_language", "country", "review_every",
        "repository", "forge", "format", "site", "memory", "team", "check", "content",
        "front_matter", "links", "desks", "insight",
    ),
    "site": (
        "logo", "logo_dark", "favicon", "accent", "contact", "announcement", "picks", "footer",
        "feedback", "analytics", "public_authors",
    ),
    "insight": (
        "solved_days", "reply_hours", "time_zone", "columns", "hours", "country", "closed",
        "calendars", "sla", "site", "statuses", "fields", "searches",
        "address", "thresholds",
    ),
    "memory": ("days",),
    "content": ("articles", "macros", "ignore", "languages", "audience"),
    "front_matter": ("own", "names"),
    "links": ("allow",),
    "check": ("allow", "severity", "avoid", "keep", "tags", "contacts"),
}  # fmt: skip


def settings(whole: Whole) -> Iterator[Problem]:
    """Wrong values, keys that nothing reads, and values that do not do what they seem to."""
    now = whole.workspace.settings
    for fault in now.faults:
        yield Problem(_PATH, fault.line, "setting", fault.reason, fault.hint)
    unknown = (
        (name, f"{name:.60} is not a setting", hint) for name, hint in unknown_keys(now.keys, KEYS)
    )
    for key, message, hint in (*unknown, *_idle(now), *_unmapped(now)):
        written = find_key(whole.workspace.root / MARKER, key)
        line = written.line if written else 0
        yield Problem(_PATH, line, "setting", message, hint, Severity.WARNING)


def _idle(now: Settings) -> Iterator[tuple[str, str, str]]:
    if now.country and now.country not in holidays():
        known = ", ".join(sorted(holidays()))
        message = f"the holidays of {now.country} are unknown: only weekends are skipped"
        yield "country", message, f"Countries: {known}."
    for calendar in now.insight.calendars:
        if calendar.country not in {"", now.country, *holidays()}:
            name = "" if calendar.name == BUSINESS else f"calendars.{calendar.name}."
            key = f"insight.{name}country"
            message = f"{key}: the holidays of {calendar.country} are unknown: list days in closed"
            yield key, message, f"Countries: {', '.join(sorted(holidays()))}."
    yield from _unused_clocks(now.insight)
    if now.site_url and not now.site_url.startswith(("https://", "http://")):
        yield (
            "site_url",
            f"{now.site_url:.60} is not a web address",
            "Example: https://help.example.com",
        )
    if now.format > NEWEST_FORMAT:
        message = f"format {now.format} is newer than this kb, which reads {NEWEST_FORMAT}"
        yield "format", message, "Update kb."


def _unused_clocks(insight: InsightSettings) -> Iterator[tuple[str, str, str]]:
    """Calendars that nothing counts by, and promises after one that is for all tickets."""
    named = {policy.calendar for policy in insight.policies}
    for calendar in insight.calendars:
        if not calendar.is_of_tickets and calendar.name not in named:
            key = f"insight.calendars.{calendar.name}"
            hint = "Write a `where`, or name it in an SLA policy."
            yield key, f"{key} is never used: it has no `where`", hint
    before = ""
    for policy in insight.policies:
        if before:
            key = f"insight.sla.{policy.name}"
            hint = f"Write {policy.name} first, or give {before} a `where`."
            yield key, f"{key} is never used: {before} is for all tickets", hint
        elif not policy.where:
            before = policy.name


def _unmapped(now: Settings) -> Iterator[tuple[str, str, str]]:
    """Keys of other programs that are to be read as one that there is not."""
    for name, key in now.front_matter.names.items():
        if key not in mappable():
            near = get_close_matches(key, mappable(), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Keys: {', '.join(sorted(mappable()))}."
            message = f"front_matter.names: {name:.60} is read as {key:.60}: not a key of kb"
            yield f"front_matter.names.{name}", message, hint


RULES = (
    Rule(
        code="setting",
        whole=settings,
        why="An unknown setting is ignored, and no reply is made while one has a wrong value.",
        wrong={"kb.toml": 'format = 2\nsite_ulr = "https://help.example.com"\n'},
        right={"kb.toml": 'format = 2\nsite_url = "https://help.example.com"\n'},
    ),
)
