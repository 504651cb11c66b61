"""The families of measures."""

from __future__ import annotations

from cannery.insight.families import levels, promised, rated, summed, timed
from cannery.insight.families.family import Family

FAMILIES: tuple[Family, ...] = (summed, timed, promised, levels, rated)
