"""What all measures have, and how they are named."""

from __future__ import annotations

from typing import Protocol

from cannery.insight.fact import Frame
from cannery.insight.report import Better, Definition, Unit


class Defined(Protocol):
    """What is measured, of tickets or of the knowledge base.

    `version` counts changes of the definition; `page` is below articles/ of the manual.
    """

    @property
    def name(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def better(self) -> Better: ...
    @property
    def version(self) -> int: ...


class Measure(Defined, Protocol):
    """A measure of tickets.

    `name` may have {days}, {hours} and {scale} in it. `since` is the prefix of the columns by which
    it is put into a period: those of `created` are created_week and created_month.
    """

    @property
    def since(self) -> str: ...
    @property
    def is_mature(self) -> bool:
        """Whether only tickets count that have had their N days."""


def definition(measure: Measure, frame: Frame, scale: str = "") -> Definition:
    """How a measure is named and read in a frame; of satisfaction, on a scale."""
    values = {"days": frame.days, "hours": frame.hours, "scale": scale}
    plain = "".join(sign if sign.isalnum() else "_" for sign in scale.casefold())
    name = measure.name.format_map({**values, "scale": plain})
    better, version, page = measure.better, measure.version, measure.page
    return Definition(name, measure.name, measure.unit, better, version, page, values)
