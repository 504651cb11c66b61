"""How satisfied customers are: one pass for all scales."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.insight.families.family import Named
from cannery.insight.look import Cut, Figures, Key, Look, grouped_by
from cannery.insight.measures.measure import definition
from cannery.insight.measures.rated import Rated
from cannery.insight.measures.table import RATED
from cannery.model.figure import Figure

_SINCE = "last_solved"
_MOST = 20  # scales


def prepare(_look: Look) -> None:
    """As Family says: likewise `rating`."""


def named(look: Look) -> list[Named]:
    """As Family says: each measure for each scale that it fits."""
    return [
        Named(measure, definition(measure, look.frame, scale))
        for measure in RATED
        for scale in _scales(look)
        if measure.fits(scale)
    ]


def _scales(look: Look) -> list[str]:
    """The scales with the most ratings: more than some are no surveys, but a broken export."""
    rows = look.engine.rows(grouped_by("COUNT(*)", "rating", ("scale",)))
    return sorted(scale for _, scale in sorted((-many, scale) for scale, many in rows)[:_MOST])


def figures(look: Look, cut: Cut) -> Figures:
    """As Family says."""
    columns = ("scale", *cut.columns(_SINCE), "score")
    scores: dict[str, dict[Key, dict[float, int]]] = {}
    for scale, *key, score, many in look.engine.rows(grouped_by("COUNT(*)", "rating", columns)):
        scores.setdefault(scale, {}).setdefault(tuple(key), {})[score] = many
    return {
        definition(measure, look.frame, scale).name: _told(measure, scale, scores[scale])
        for scale in _scales(look)
        for measure in RATED
        if measure.fits(scale)
    }


def _told(
    measure: Rated, scale: str, groups: Mapping[Key, Mapping[float, int]]
) -> Mapping[Key, Figure]:
    return {key: measure.figure(scores, scale) for key, scores in groups.items()}
