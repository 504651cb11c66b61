"""What changed, told from noise."""

from __future__ import annotations

from cannery.insight.report import Better, Verdict
from cannery.model.figure import Figure


def verdict(before: Figure, after: Figure, better: Better) -> Verdict:
    """Whether two figures differ by more than chance makes them, as their intervals tell.

    The interval of the difference is Newcombe's: from those of both figures, as if independent.
    """
    spans = _reaches(before), _reaches(after)
    if before.value is None or after.value is None or None in spans:
        return "too few"
    (under_before, over_before), (under_after, over_after) = (span or (0, 0) for span in spans)
    difference = after.value - before.value
    if difference - (under_after**2 + over_before**2) ** 0.5 > 0:
        return _word(better, is_more=True)
    if difference + (over_after**2 + under_before**2) ** 0.5 < 0:
        return _word(better, is_more=False)
    return "no change"


def _reaches(figure: Figure) -> tuple[float, float] | None:
    """How far the interval reaches below and above the value."""
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return figure.value - figure.low, figure.high - figure.value


def _word(better: Better, *, is_more: bool) -> Verdict:
    if not better:
        return "higher" if is_more else "lower"
    return "better" if is_more == (better == "high") else "worse"
