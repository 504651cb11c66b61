"""What an address is worth: its answer, where that leads, and whether to ask again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import time
from typing import NamedTuple

from cannery.model.web_link import LinkState, Verdict
from cannery.weblinks.address import (
    Address,
    has_credentials,
    is_same_page,
    is_sign_in,
    redirected,
    why_barred,
)
from cannery.weblinks.request import Answer, BarredError, NoAnswerError, UntrustedError

Ask = Callable[[Address, str], Answer]
Sleep = Callable[[float], None]
_MOST_REDIRECTS = 10
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_GONE = frozenset((404, 410))
# It is there, and lets in whom it knows; 999 is LinkedIn's word for it.
_GUARDED = frozenset((401, 402, 403, 405, 406, 407, 418, 451, 999))
_TOO_MANY = 429
_LATER = frozenset((_TOO_MANY, 503))
_REFUSES = 400  # and what is above
_FAILS = 500


class Manners(NamedTuple):
    """How to ask, in seconds.

    `pause` is between two requests to a host, `waits` before the second and the third for one
    address, `most` the longest wait that a host may ask for, `whole` the time for all addresses.
    """

    pause: float = 0.25
    waits: tuple[float, ...] = (1.0, 4.0)
    most: float = 60.0
    whole: float = 1800.0


def judge(address: Address, ask: Ask, sleep: Sleep, manners: Manners) -> Verdict:
    """Ask an address, follow where it leads, and tell what came of it."""
    at, seen, moved = address, {address}, address
    is_for_good = True
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            answer = _patient(at, ask, sleep, manners)
        except BarredError as error:
            return Verdict(LinkState.BARRED, str(error))
        except NoAnswerError as error:
            return _unanswered(error, at, address)
        if answer.status not in _REDIRECTS or not answer.location:
            return _final(answer, address, moved)
        there = redirected(at, answer.location)
        if there is None or why_barred(there):
            return Verdict(LinkState.BARRED, "it leads to what is not on the public internet")
        if there in seen:
            return Verdict(LinkState.DOUBTFUL, "it leads in a circle")
        seen.add(there)
        is_for_good = is_for_good and answer.status in _FOR_GOOD
        at, moved = there, there if is_for_good else moved
    return Verdict(LinkState.DOUBTFUL, f"it leads on more than {_MOST_REDIRECTS} times")


def _unanswered(error: NoAnswerError, at: Address, address: Address) -> Verdict:
    if at != address:
        return Verdict(LinkState.UNCLEAR, f"it leads to {at.host}: {error}")
    if isinstance(error, UntrustedError):
        return Verdict(LinkState.UNTRUSTED, str(error))
    if error.is_mute:
        return Verdict(LinkState.NO_HOST if error.is_unknown else LinkState.MUTE, str(error))
    return Verdict(LinkState.UNCLEAR, str(error))


def _final(answer: Answer, address: Address, moved: Address) -> Verdict:
    """The verdict on the last answer; `moved` is where the address is for good."""
    status = answer.status
    reason = f"{status} {_PHRASES.get(status, '')}".strip()
    if status in _GONE:
        return Verdict(LinkState.DEAD, reason)
    if status in _GUARDED or status == _TOO_MANY:
        return Verdict(LinkState.BUSY if status == _TOO_MANY else LinkState.GUARDED, reason)
    if status >= _REFUSES:
        return Verdict(LinkState.UNCLEAR, reason)
    return _moved(address, moved)


def _moved(address: Address, there: Address) -> Verdict:
    """The verdict on an address that works where it is for good."""
    if is_same_page(address, there) or has_credentials(there.text):
        return Verdict(LinkState.WORKS)
    if is_sign_in(there):
        return Verdict(LinkState.GUARDED, "it leads to a sign-in")
    if there.target == "/":  # what hosts do with pages that are gone
        return Verdict(LinkState.DOUBTFUL, f"it leads to the front page of {there.origin}")
    return Verdict(LinkState.MOVED, moved_to=there.text)


_PHRASES: Mapping[int, str] = {item.value: item.phrase for item in HTTPStatus}


def _patient(at: Address, ask: Ask, sleep: Sleep, manners: Manners) -> Answer:
    """Ask with HEAD, with GET where that is refused, and again where it may be better later.

    Raises NoAnswerError and BarredError.
    """
    for wait in (*manners.waits, None):
        try:
            answer = ask(at, "HEAD")
            if answer.status >= _REFUSES and answer.status not in _LATER:
                answer = ask(at, "GET")
        except NoAnswerError as error:
            if wait is None or error.is_unknown or isinstance(error, UntrustedError):
                raise
            sleep(wait)
            continue
        asked = _seconds(answer.wait) if answer.status in _LATER else None
        is_final = answer.status < _FAILS and answer.status != _TOO_MANY
        if wait is None or is_final or (asked or 0) > manners.most:
            break
        sleep(max(wait, asked or 0))
    return answer


def _seconds(header: str) -> float | None:
    """The seconds of a `Retry-After`, which may be a moment; None where it has none."""
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None
