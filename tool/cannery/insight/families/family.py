"""What a family of measures has."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from cannery.insight.look import Cut, Figures, Look
from cannery.insight.measures.measure import Measure
from cannery.insight.report import Definition


class Named(NamedTuple):
    """A measure, and how it is named in a frame.

    `settled_until`: periods that end later may still change, whatever the frame says of them.
    """

    measure: Measure
    definition: Definition
    settled_until: int | None = None


class Family(Protocol):
    """Measures that are told by the same queries."""

    def prepare(self, look: Look) -> None:
        """Make the tables that are asked again and again, of those of the facts."""

    def named(self, look: Look) -> list[Named]:
        """The measures that the data can tell."""

    def figures(self, look: Look, cut: Cut) -> Figures:
        """All figures of a cut, by the measures' names; groups without any are left out."""
