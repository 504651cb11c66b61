"""Whether two reports are the same: integers and texts exactly, fractions but for rounding."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from cannery.insight.as_data import report_data
from cannery.insight.report import Report

TOLERANCE = 1e-12


def differences(one: Report, other: Report) -> list[str]:
    """The places that differ, with what stands there."""
    return list(_differences(report_data(one), report_data(other), "report"))


def _differences(one: object, other: object, place: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        if list(one) != list(other):
            yield f"{place}: {list(one)}, {list(other)}"
        for key in one.keys() & other.keys():
            yield from _differences(one[key], other[key], f"{place}.{key}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        if len(one) != len(other):
            yield f"{place}: {len(one)}, {len(other)} values"
        for number, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from _differences(left, right, f"{place}[{number}]")
    elif not _is_same(one, other):
        yield f"{place}: {one!r}, {other!r}"


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(one) is type(other) and one == other
