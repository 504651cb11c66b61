"""What may go wrong at a chosen request: an error, a pause that is asked for, a cut connection."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Status(NamedTuple):
    """An answer instead of the real one; the request is not carried out."""

    code: int
    headers: Mapping[str, str] = {}
    content: object = None


class Cut(StrEnum):
    """Where a connection ends."""

    BEFORE = "before"  # the request is lost
    AFTER = "after"  # it is carried out, and its answer is lost
    HALF = "half"  # it is carried out, and half of its answer arrives


class Then(NamedTuple):
    """Something that happens just before the request is carried out."""

    act: Callable[[], object]


Fault = Status | Cut | Then


def busy(seconds: int = 1) -> Status:
    """Too many requests."""
    content = {"error": "TooManyRequests", "description": "Rate limit exceeded"}
    return Status(429, {"Retry-After": str(seconds)}, content)


@dataclass
class Planned:
    """A fault at the `at`-th request from now (of those that match), and `times` in a row."""

    fault: Fault
    at: int = 1
    times: int = 1
    method: str = ""
    path: str = ""  # a pattern that is looked for in the path
    seen: int = field(default=0)

    def is_due(self, method: str, path: str) -> bool:
        if self.method not in {"", method} or not re.search(self.path, path):
            return False
        self.seen += 1
        return self.at <= self.seen < self.at + self.times
