"""Measures of how long something takes: one pass for each clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.families.family import Named
from cannery.insight.kaplan_meier import Leaving
from cannery.insight.look import Cut, Figures, Key, Look
from cannery.insight.measures.measure import definition
from cannery.insight.measures.table import BUSINESS, TIMED
from cannery.insight.measures.timed import Clock, Timed
from cannery.model.figure import Figure


def named(look: Look) -> list[Named]:
    """As Family says."""
    return [Named(measure, definition(measure, look.frame)) for measure in _measures(look)]


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    known: dict[tuple[Clock, tuple[str, ...]], Mapping[Key, Sequence[Leaving]]] = {}
    found: dict[str, Mapping[Key, Figure]] = {}
    for measure in _measures(look):
        asked = measure.clock, cut.columns(measure.since)
        if asked not in known:
            known[asked] = _leavings(look, *asked)
        found[definition(measure, look.frame).name] = {
            key: measure.figure(look.frame, leavings) for key, leavings in known[asked].items()
        }
    return found


def _measures(look: Look) -> tuple[Timed, ...]:
    """Business time is told where kb.toml says what it is."""
    return (*TIMED, *BUSINESS) if look.clocks.calendars else TIMED


def _leavings(
    look: Look, clock: Clock, columns: tuple[str, ...]
) -> Mapping[Key, Sequence[Leaving]]:
    found: dict[Key, list[Leaving]] = {}
    for row in look.engine.rows(clock.query(look.frame, columns)):
        *key, took, ended, every = row
        found.setdefault(tuple(key), []).append(Leaving(took, ended, every))
    return found
