"""How long to wait: for a service that has enough or is out of order, and for our own rate."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from math import isfinite

_MINUTE = 60.0
_TOO_MANY, _UNAVAILABLE = 429, 503
# What passes: of HTTP, and of the proxies that services stand behind.
_PASSING = frozenset((408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529))
_FIRST_BUSY, _LONGEST_BUSY = 5.0, 60.0  # seconds, of a service that does not say how long
_FAULTS = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds before each further try
_SHORTEST = 1.0


def pause_after(
    code: int, headers: Mapping[str, str], tries: int, *, may_repeat: bool
) -> float | None:
    """The seconds to wait before a request is sent again after `tries`; None if it is not.

    What must not be done twice is sent again only where the service says that it has done nothing:
    it has had too many requests, or it asks for another try later.
    """
    asked = retry_after(headers.get("retry-after", ""))
    if code == _TOO_MANY:
        doubled = _FIRST_BUSY * 2 ** min(tries - 1, 10)
        return min(doubled, _LONGEST_BUSY) if asked is None else max(asked, _SHORTEST)
    if code not in _PASSING or not (may_repeat or (code == _UNAVAILABLE and asked is not None)):
        return None
    if asked is not None:
        return max(asked, _SHORTEST)
    return _FAULTS[tries - 1] if tries <= len(_FAULTS) else None


def retry_after(value: str, now: Callable[[], float] = time.time) -> float | None:
    """The seconds that a Retry-After says, as a number or as a date; None for what says nothing."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - now()
        except (ValueError, OverflowError, OSError):
            return None
    return max(seconds, 0.0) if isfinite(seconds) else None


class Pace:
    """Keeps to at most `rate` requests a minute (0 for any number), and to what the service says.

    Services tell with each answer how many more there may be.
    """

    def __init__(self, rate: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._sent: deque[float] = deque(maxlen=rate or 1)
        self._not_before = 0.0

    def pause(self) -> float:
        """The seconds to wait before the next request."""
        now = self._now()
        wanted = [self._not_before - now]
        if self._rate and len(self._sent) == self._rate:
            wanted.append(self._sent[0] + _MINUTE - now)
        return max(0.0, *wanted)

    def sent(self) -> None:
        self._sent.append(self._now())

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take in what an answer says of the requests that are left."""
        limit = _number(headers, "x-rate-limit", "ratelimit-limit", "x-ratelimit-limit")
        left = _number(
            headers, "x-rate-limit-remaining", "ratelimit-remaining", "x-ratelimit-remaining"
        )
        if left == 0 and limit:
            reset = _number(headers, "ratelimit-reset")
            pause = _MINUTE / limit if reset is None else min(reset, _MINUTE)
            self._not_before = self._now() + pause


def _number(headers: Mapping[str, str], *names: str) -> int | None:
    values = (headers[name].strip() for name in names if name in headers)
    return next((int(value) for value in values if value.isdecimal() and len(value) <= 9), None)  # noqa: PLR2004 - no rate has more digits
