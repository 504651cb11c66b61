"""What the user ought to know besides the result, said once by whoever shows things."""

from __future__ import annotations

_said: dict[str, None] = {}


def add(text: str) -> None:
    """Have a line told, once however often it is said."""
    _said[text] = None


def taken() -> list[str]:
    """What was added since this was last asked."""
    found = [*_said]
    _said.clear()
    return found
