"""Many addresses at once: some hosts side by side, each of them asked slowly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic

from cannery.model.web_link import LinkState, Verdict
from cannery.weblinks.address import Address
from cannery.weblinks.judge import Manners, judge
from cannery.weblinks.request import Answer, NoAnswerError, Route, ask

_THREADS = 16
_MOST_MUTE = 16  # hosts that give no answer, before it is known that there is no network
_MOST_FAILED = 5  # addresses of a host, one after the other
# Holds for all addresses of a host.
_MUTE = frozenset((LinkState.MUTE, LinkState.NO_HOST))
_FOR_ALL = _MUTE | {LinkState.BUSY, LinkState.UNTRUSTED}
_POLL = 0.2  # seconds between two looks for a Ctrl-C

Found = tuple[Address, Verdict]


class _StoppedError(Exception):
    """Nobody waits for the answer any more."""


class _Gate:
    """Lets one request at a time through to a host, and none too early."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.free_at = 0.0


class _Asker:
    """What the threads share. `is_answered` is set once any host has answered."""

    def __init__(self, route: Route, manners: Manners) -> None:
        self.stop = Event()
        self.is_answered = Event()
        self.found: SimpleQueue[Found | None] = SimpleQueue()
        self.manners = manners
        self._route = route
        self._gates: defaultdict[str, _Gate] = defaultdict(_Gate)
        self._lock = Lock()
        self._mute = 0

    def ask(self, address: Address, method: str) -> Answer:
        """Ask when it is the host's turn. Raises as `request.ask`, and _StoppedError."""
        with self._lock:
            gate = self._gates[address.host]
        with gate.lock:
            self.sleep(gate.free_at - monotonic())
            try:
                answer = ask(address, method, self._route)
            except NoAnswerError as error:
                if not error.is_mute:
                    self.is_answered.set()
                raise
            finally:
                gate.free_at = monotonic() + self.manners.pause
        self.is_answered.set()
        return answer

    def sleep(self, seconds: float) -> None:
        if self.stop.wait(max(0.0, seconds)):
            raise _StoppedError

    def take(self, addresses: Iterable[Address]) -> None:
        """Judge the addresses of a host. One that gives no answer, or only fails, is left alone."""
        rest: Verdict | None = None
        failed = 0
        for address in addresses:
            verdict = rest or judge(address, self.ask, self.sleep, self.manners)
            failed = failed + 1 if verdict.state is LinkState.UNCLEAR else 0
            if rest is None and verdict.state in _FOR_ALL:
                rest = verdict
                self._count_mute(verdict)
            elif failed == _MOST_FAILED:
                rest = Verdict(LinkState.BUSY, verdict.reason)
            self.found.put((address, verdict))

    def _count_mute(self, verdict: Verdict) -> None:
        if verdict.state not in _MUTE:
            return
        with self._lock:
            self._mute += 1
            if self._mute >= _MOST_MUTE and not self.is_answered.is_set():
                self.stop.set()  # there is no network


def ask_all(
    addresses: Iterable[Address], route: Route, manners: Manners | None = None
) -> Generator[Found, None, None]:
    """The verdict on each address, as they come in.

    Without any network, and when the time is over, the rest is left out. Close it for the same.
    """
    by_host: defaultdict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        by_host[address.host].append(address)
    asker = _Asker(route, manners or Manners())
    jobs: SimpleQueue[list[Address]] = SimpleQueue()
    for group in sorted(by_host.values(), key=len, reverse=True):
        jobs.put(group)
    threads = [
        Thread(target=_work, args=(asker, jobs), daemon=True)
        for _ in range(min(_THREADS, len(by_host)))
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _results(asker, len(threads))
    finally:
        asker.stop.set()


def _work(asker: _Asker, jobs: SimpleQueue[list[Address]]) -> None:
    try:
        while not asker.stop.is_set():
            asker.take(jobs.get_nowait())
    except (Empty, _StoppedError):
        pass  # nothing is left to do
    finally:
        asker.found.put(None)


def _results(asker: _Asker, working: int) -> Iterator[Found]:
    """What the threads find, until the last of them or the time has ended."""
    end = monotonic() + asker.manners.whole
    while working and monotonic() < end:
        try:
            found = asker.found.get(timeout=_POLL)
        except Empty:
            continue
        if found is None:
            working -= 1
        else:
            yield found
