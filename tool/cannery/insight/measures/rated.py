"""How satisfied customers are who say so: each scale by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cannery.insight import estimates
from cannery.insight.report import Better, Unit
from cannery.model.figure import Figure

_TWO = 2  # points: bad and good
_ZERO_BASED = "-2"  # a scale of bad (0) and good (1)
_SURVEY = "-survey-2"  # one of 1 and 2


@dataclass(frozen=True, slots=True)
class Rated:
    """What ratings on one scale tell: the share of good ones, or their mean."""

    name: str
    page: str
    read: Literal["good", "mean"]
    unit: Unit
    better: Better = "high"
    since: str = "last_solved"
    version: int = 1
    is_mature: bool = True

    def fits(self, scale: str) -> bool:
        """Whether it can be told of a scale."""
        points = points_of(scale)
        return points >= _TWO if self.read == "good" else points != _TWO

    def figure(self, scores: Mapping[float, int], scale: str) -> Figure:
        """The figure of scores that were given so often."""
        n = sum(scores.values())
        if self.read == "good":
            middle = middle_of(scale)
            return estimates.share(sum(many for score, many in scores.items() if score > middle), n)
        total = sum(score * many for score, many in scores.items())
        squares = sum(score * score * many for score, many in scores.items())
        return estimates.mean(n, total, squares)


def points_of(scale: str) -> int:
    """How many points a scale has, which its name ends with; 0 if it does not tell."""
    number = scale.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= _TWO else 0


def middle_of(scale: str) -> float:
    """The middle of a scale: what is above it is good."""
    if scale.endswith(_ZERO_BASED) and not scale.endswith(_SURVEY):
        return 0.5
    return (1 + points_of(scale)) / 2


SATISFACTION = Rated("satisfaction_{scale}", "measures/satisfaction", "good", "share")
SCORE = Rated("satisfaction_score_{scale}", "measures/satisfaction", "mean", "score")
