"""What readers of a site send: whether a page helped, a line to it, and searches in vain.

They come from strangers' browsers: of what is sent, only what is looked for here is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_TEXT = 1_000  # characters of a line to a page
_MAX_QUERY = 200
_PAGE = re.compile(r"[^\s\x00-\x1f\x7f]{1,300}")
_LANGUAGE = re.compile(r"[A-Za-z0-9_-]{2,35}")


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether a page helped a reader. `page` is the entry's id, `language` that of the page."""

    page: str
    language: str
    is_helpful: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of a reader to a page."""

    page: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A search in which a reader of a language found nothing."""

    query: str
    language: str


Feedback = Vote | Comment | Miss


def feedback_from(data: object) -> Feedback:
    """What was sent, as JSON has it. Raises ValueError, with what is wrong."""
    if not isinstance(data, Mapping):
        raise ValueError("feedback must be a JSON object")
    language = _matching(data, "language", _LANGUAGE)
    kind = data.get("kind")
    if kind == "miss":
        return Miss(_line(data, "query", _MAX_QUERY), language)
    page = _matching(data, "page", _PAGE)
    if kind == "comment":
        return Comment(page, language, _line(data, "text", MAX_TEXT))
    is_helpful = data.get("helpful")
    if kind != "vote" or not isinstance(is_helpful, bool):
        raise ValueError("kind must be vote, comment or miss, and a vote's helpful true or false")
    return Vote(page, language, is_helpful)


def _matching(data: Mapping[str, object], key: str, pattern: re.Pattern[str]) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"{key} is missing, or too long")
    return value


def _line(data: Mapping[str, object], key: str, limit: int) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is missing")
    line = " ".join(value.split())
    if not 0 < len(line) <= limit:
        raise ValueError(f"{key} must have 1 to {limit} characters")
    return line
