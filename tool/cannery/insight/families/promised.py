"""What is promised in kb.toml: one pass for all promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.families.family import Named
from cannery.insight.look import Cut, Figures, Key, Look, all_columns, grouped_by
from cannery.insight.measures.promised import PROMISES, all_promised
from cannery.model.figure import Figure

_SINCE, _TABLE = "created", "promise_tally"


def prepare(look: Look) -> None:
    """As Family says: the sums of `promise`, which has a row for each ticket."""
    if look.clocks.policies:
        what = [f"{promise}_{state}" for promise in PROMISES for state in ("due", "met")]
        sums = ", ".join(f"SUM({column}) AS {column}" for column in what)
        columns = ("policy", *all_columns([_SINCE]))
        look.engine.make(_TABLE, grouped_by(sums, "promise", columns))


def named(look: Look) -> list[Named]:
    """As Family says."""
    measures = all_promised(look.clocks.policies)
    if not measures:
        return []
    settled = _settled_until(look)
    return [
        Named(each, each.definition, settled.get((each.number, each.promise), 0))
        for each in measures
    ]


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    measures = all_promised(look.clocks.policies)
    if not measures:
        return {}
    columns = cut.columns(_SINCE)
    select = ", ".join(column for each in measures for column in each.columns)
    found: dict[str, dict[Key, Figure]] = {each.definition.name: {} for each in measures}
    for row in look.engine.rows(grouped_by(select, _TABLE, columns)):
        key, sums = row[: len(columns)], [value or 0 for value in row[len(columns) :]]
        for place, each in enumerate(measures):
            due, met = sums[2 * place : 2 * place + 2]
            if due:
                found[each.definition.name][key] = each.figure(due, met)
    return found


def _settled_until(look: Look) -> Mapping[tuple[int, str], int]:
    """By policy and promise, the end of the last period whose tickets have all had their time.

    But for time in which they were paused: those may come to their end later.
    """
    targets = ", ".join(f"{promise}_target" for promise in PROMISES)
    plans = look.engine.rows(
        f"SELECT DISTINCT policy, calendar, {targets} FROM plan WHERE policy > 0"  # noqa: S608 - our own SQL
    )
    passed = _passed_since(look)
    found: dict[tuple[int, str], int] = {}
    for policy, calendar, *seconds in plans:
        for promise, target in zip(PROMISES, seconds, strict=True):
            ends = [at for at, passed_by in passed.get(calendar, ()) if passed_by > target]
            last, key = max(ends, default=0), (policy, promise)
            found[key] = min(last, found.get(key, last))
    return found


def _passed_since(look: Look) -> Mapping[int, Sequence[tuple[int, int]]]:
    """By calendar: the end of each period, and how much business time has passed since then."""
    at = int(look.frame.at)
    ends = {int(each.ends_at) for each in (*look.months, *look.weeks) if each.ends_at <= at}
    listed = ", ".join(str(end) for end in sorted({*ends, at - at % 900}))
    rows = look.engine.rows(
        "SELECT calendar, starts_at, seconds_before, is_open FROM working"  # noqa: S608 - numbers
        f" WHERE starts_at IN ({listed})"
    )
    now = {
        calendar: before + is_open * (at % 900)
        for calendar, starts_at, before, is_open in rows
        if starts_at == at - at % 900
    }
    found: dict[int, list[tuple[int, int]]] = {calendar: [] for calendar in now}
    for calendar, starts_at, before, _ in rows:
        if starts_at in ends:
            found[calendar].append((starts_at, now[calendar] - before))
    return found
