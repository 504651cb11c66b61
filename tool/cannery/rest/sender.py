"""Send one request, as often as it takes: what is waited for, and what is never sent twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cache
from math import ceil
from typing import NamedTuple

from cannery.model.event import Listener, Progress, Remark, ignore
from cannery.rest.connection import (
    REPEATABLE,
    BrokenError,
    Connection,
    RawReply,
    TooLongError,
)
from cannery.rest.pace import Pace, pause_after
from cannery.rest.rest_error import RestError
from cannery.rest.said import secrets_in, without
from cannery.util.address import Web
from cannery.util.hidden import hide

UNAUTHORIZED, SERVER_ERROR = 401, 500
UNKNOWN_FATE = "It may have been done, or not: look there before you run it again."
_TOLD = 2.0  # seconds; a shorter wait is not worth a line


class Manner(NamedTuple):
    """How a service is asked.

    `listener` learns what is waited for. `renew` gets another token after the service has refused
    one, and tells whether there is another; `sign_in` is what a user can do otherwise. At most
    `rate` requests are sent a minute, 0 for any number. `seconds` is how long the service may be
    silent, `patience` how long one request may be kept waiting in all. `hidden` is what no error
    may tell, besides what signs in.
    """

    listener: Listener = ignore
    renew: Callable[[], bool] = bool
    sign_in: str = ""
    rate: int = 0
    seconds: float = 30.0
    patience: float = 900.0
    sleep: Callable[[float], object] = time.sleep
    hidden: tuple[str, ...] = ()


class Request(NamedTuple):
    method: str
    target: str  # path and query
    path: str  # what is told of it: no query, which may hold what is secret
    data: bytes | None
    headers: Mapping[str, str]


class Sender:
    """Sends to one service; `authorize` gives the headers that sign in."""

    def __init__(
        self, service: Web, authorize: Callable[[], Mapping[str, str]], manner: Manner
    ) -> None:
        self._host = service.name
        self._authorize = authorize
        self._manner = manner
        self._signed: Mapping[str, str] = {}  # what the last request was signed with
        self.connection = Connection(service, manner.seconds)
        self._pace = Pace(manner.rate)

    def send(self, request: Request) -> RawReply:
        """The answer, after what has to be waited for."""
        may_repeat = request.method in REPEATABLE
        waited, tries, is_renewed = 0.0, 0, False
        while True:
            self._wait(self._pace.pause(), "keeping to its rate")
            tries += 1
            outcome = self._once(request)
            code = outcome.code if isinstance(outcome, RawReply) else 0
            if code == UNAUTHORIZED and not is_renewed and self._manner.renew():
                is_renewed = True
                continue
            pause = _pause(outcome, tries, may_repeat=may_repeat)
            if pause is None or waited + pause > self._manner.patience:
                if isinstance(outcome, BrokenError):
                    raise self._broken(request, outcome) from outcome
                return outcome
            waited += pause
            self._wait(pause, _why(code))

    def _once(self, request: Request) -> RawReply | BrokenError:
        """What one try comes to. Raises RestError for what no other try makes better."""
        self._signed = self._authorize()
        hide(*secrets_in(self._signed))  # a password may be a part of what is sent
        signed = {"User-Agent": _agent(), "Accept-Encoding": "gzip"}
        signed |= {**request.headers, **self._signed}
        self._pace.sent()
        try:
            raw = self.connection.exchange(request.method, request.target, request.data, signed)
        except TooLongError:
            message = f"{self._host} sent too long an answer to {request.path}"
            raise RestError(message, "Check the address of the service.") from None
        except BrokenError as error:
            return error
        self._pace.learn(raw.headers)
        return raw

    def secrets(self) -> tuple[str, ...]:
        """What no error may tell."""
        return (*secrets_in(self._signed), *self._manner.hidden)

    def _wait(self, seconds: float, why: str) -> None:
        """Wait, and tell how long it takes. ^C ends it at once."""
        if seconds < _TOLD:
            if seconds:
                self._manner.sleep(seconds)
            return
        listener, total = self._manner.listener, ceil(seconds)
        listener(Remark(f"{self._host}: {why}; going on in {total} seconds."))
        for done in range(total):
            listener(Progress("Waiting", done, total, is_time=True))
            self._manner.sleep(1.0 if done + 1 < total else seconds - done)
        listener(Progress("Waiting", total, total, is_time=True))

    def _broken(self, request: Request, error: BrokenError) -> RestError:
        told = without(self.secrets(), str(error))
        host = self._host
        if error.was_sent and request.method not in REPEATABLE:
            message = f"no answer from {host} to {request.method} {request.path}: {told}"
            return RestError(message, UNKNOWN_FATE, is_fate_unknown=True)
        return RestError(f"{host} can't be reached: {told}", "Run it again when you are online.")


@cache
def _agent() -> str:
    from importlib.metadata import version  # slow to load

    return f"cannery/{version('cannery')}"


def _pause(outcome: RawReply | BrokenError, tries: int, *, may_repeat: bool) -> float | None:
    """The seconds to wait for another try; None if there is none."""
    if isinstance(outcome, RawReply):
        return pause_after(outcome.code, outcome.headers, tries, may_repeat=may_repeat)
    if not outcome.was_sent:
        return None
    return pause_after(SERVER_ERROR, {}, tries, may_repeat=may_repeat)


def _why(code: int) -> str:
    if not code:
        return "the connection broke off"
    return f"it is out of order ({code})" if code >= SERVER_ERROR else "it asks for fewer requests"
