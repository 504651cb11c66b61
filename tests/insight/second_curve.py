"""The curve of what has not ended yet, by scipy: a second implementation to hold ours against."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import isnan

import numpy as np
from scipy.stats import CensoredData, ecdf


class SecondCurve:
    """Kaplan-Meier of how long each took and whether it came to its end, with log-log bounds."""

    def __init__(self, took: Sequence[float], ended: Sequence[bool]) -> None:
        both = list(zip(took, ended, strict=True))
        done = [at for at, is_ended in both if is_ended]
        open_still = [at for at, is_ended in both if not is_ended]
        self.n = len(both)
        self._curve = ecdf(CensoredData(uncensored=done, right=open_still)).sf
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # no bounds where all or none ended
            self._bounds = self._curve.confidence_interval(method="log-log")

    def share(self, at: float) -> float:
        """The share that has not ended by a time."""
        return float(self._curve.evaluate(at))

    def bounds(self, at: float) -> tuple[float | None, float | None]:
        """The bounds of that share; None where they are undefined."""
        low, high = (float(each.evaluate(at)) for each in (self._bounds.low, self._bounds.high))
        return (None if isnan(low) else low), (None if isnan(high) else high)

    def median(self) -> tuple[float | None, float | None, float | None]:
        """The time by which half has ended, and its bounds; None for what is not reached."""
        low, high = self._bounds.low, self._bounds.high
        return _half(self._curve), _half(low), _half(high)


def _half(curve: object) -> float | None:
    """The first time at which a curve is at one half or below, but for a last digit."""
    times, shares = curve.quantiles, curve.probabilities  # type: ignore[attr-defined]
    below = np.flatnonzero(shares <= 0.5 + 1e-9)
    return float(times[below[0]]) if len(below) else None
