"""How often what was promised to customers is kept."""

from __future__ import annotations

from dataclasses import dataclass

from cannery.insight import estimates
from cannery.insight.report import Better, Definition, Unit
from cannery.model.business_calendar import SlaPolicy, Target
from cannery.model.figure import Figure

# What may be promised, as columns of `promise` and in kb.toml.
PROMISES = ("first_reply", "next_reply", "resolution")
NAMES = tuple(f"sla_{{policy}}_{promise}" for promise in PROMISES)


@dataclass(frozen=True, slots=True)
class Promised:
    """The share of what was due that came in time, by one promise. `number` is that of the policy.

    Of replies each one counts, of resolutions each ticket.
    """

    number: int
    policy: SlaPolicy
    promise: str
    target: Target
    page: str = "measures/sla"
    unit: Unit = "share"
    better: Better = "high"
    since: str = "created"
    version: int = 1
    is_mature: bool = False  # when all of a period are due is told by the calendars

    @property
    def name(self) -> str:
        """With {policy} in it."""
        return f"sla_{{policy}}_{self.promise}"

    @property
    def definition(self) -> Definition:
        """How it is named and read. Another calendar, pause or `where` is another definition."""
        values = {
            "policy": self.policy.name,
            "target": str(self.target),
            "calendar": self.policy.calendar,
            "where": {name: sorted(texts) for name, texts in sorted(self.policy.where.items())},
        }
        if self.promise == "resolution":
            values["pauses"] = "any" if self.policy.pauses is None else sorted(self.policy.pauses)
        name = self.name.format_map(values)
        return Definition(name, self.name, self.unit, self.better, self.version, self.page, values)

    @property
    def columns(self) -> tuple[str, str]:
        """Two sums over a table of promises: how many were due, and how many came in time."""
        due, met = (
            f"SUM(CASE WHEN policy = {int(self.number)} THEN {self.promise}_{what} ELSE 0 END)"
            for what in ("due", "met")
        )
        return due, met

    def figure(self, due: int, met: int) -> Figure:
        """The figure of these sums."""
        return estimates.share(met, due)


def all_promised(policies: tuple[SlaPolicy, ...]) -> tuple[Promised, ...]:
    """A measure for each time that is promised."""
    return tuple(
        Promised(number, policy, promise, target)
        for number, policy in enumerate(policies, start=1)
        for promise in PROMISES
        if (target := getattr(policy, promise))
    )
