"""Measures of how long something takes: one pass for each clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.families.family import Named
from cannery.insight.kaplan_meier import Leaving
from cannery.insight.look import Cut, Figures, Key, Look, grouped_by
from cannery.insight.measures.measure import definition
from cannery.insight.measures.table import BUSINESS, TIMED
from cannery.insight.measures.timed import Clock, Timed
from cannery.model.figure import Figure


def prepare(look: Look) -> None:
    """As Family says: a table for each clock."""
    for clock, table in _clocks(look).items():
        look.engine.make(table, clock.query(look.frame))


def named(look: Look) -> list[Named]:
    """As Family says."""
    return [Named(measure, definition(measure, look.frame)) for measure in _measures(look)]


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    found: dict[str, Mapping[Key, Figure]] = {}
    for clock, table in _clocks(look).items():
        groups = _leavings(look, table, cut.columns(clock.since))
        for measure in _measures(look):
            if measure.clock == clock:
                told = {key: measure.figure(look.frame, each) for key, each in groups.items()}
                found[definition(measure, look.frame).name] = told
    return found


def _measures(look: Look) -> tuple[Timed, ...]:
    """Business time is told where kb.toml says what it is."""
    return (*TIMED, *BUSINESS) if look.clocks.calendars else TIMED


def _clocks(look: Look) -> Mapping[Clock, str]:
    """The tables of clocks: several measures may read one."""
    clocks = dict.fromkeys(measure.clock for measure in _measures(look))
    return {clock: f"clock_{number}" for number, clock in enumerate(clocks)}


def _leavings(look: Look, table: str, columns: tuple[str, ...]) -> Mapping[Key, Sequence[Leaving]]:
    found: dict[Key, list[Leaving]] = {}
    for *key, took, many in look.engine.rows(grouped_by("COUNT(*)", table, (*columns, "took"))):
        at, has_ended = divmod(took, 2)
        found.setdefault(tuple(key), []).append(Leaving(at, many * has_ended, many))
    return found
