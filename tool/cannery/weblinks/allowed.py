"""Addresses that a team never wants asked, by the patterns of its kb.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

from cannery.weblinks.address import Address


def allowed_by(patterns: Iterable[str]) -> Callable[[Address], bool]:
    """Whether any of some patterns fits an address.

    One that names no scheme is for a host, `*.example.com`, or for its pages,
    `wiki.example.com/old/*`.
    """
    whole = [_whole(pattern.lower()) for pattern in patterns]

    def is_allowed(address: Address) -> bool:
        text = address.text.lower()
        texts = (text, text.partition("://")[2])
        return any(fnmatchcase(item, pattern) for pattern in whole for item in texts)

    return is_allowed


def _whole(pattern: str) -> str:
    """A pattern for an address, or for one without its scheme."""
    rest = pattern.partition("://")[2] or pattern
    return pattern if "/" in rest else f"{pattern}/*"
