"""Raised and lowered digits as letters of their own, where a text has no tags."""

from __future__ import annotations

_DIGITS = "0123456789+-=()"
_TABLES = {
    "sup": str.maketrans(f"{_DIGITS}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"),
    "sub": str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def raised(text: str, tag: str) -> str:
    """What stands in `<sup>` or `<sub>`, raised or lowered if all of it can be; else as it is."""
    moved = text.translate(_TABLES.get(tag, {}))
    return text if {*text} & {*moved} else moved
