"""What our client of desks adds to a request, beside http.client alone.

python tests/benchmarks/requests_to_desks.py [--requests 2000]
A service on loopback answers with a page of 100 macros; the two take turns. See README.md beside
this file.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection

from tests.rest.service import Service, answer

from cannery.rest.client import PlainClient

_TURNS = 9
_MACRO = {"title": "Billing::Refund", "actions": [{"field": "comment_value_html", "value": "<p>x</p>" * 40}]}  # fmt: skip


def _seconds(ask: Callable[[], object], count: int) -> float:
    begin = time.perf_counter()
    for _ in range(count):
        ask()
    return (time.perf_counter() - begin) / count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    each = parser.parse_args().requests // _TURNS
    service = Service()
    service.usual = answer({"macros": [{"id": number, **_MACRO} for number in range(100)]})
    bare = HTTPConnection("127.0.0.1", service.port)

    def ask_bare() -> None:
        bare.request("GET", "/api/v2/macros")
        bare.getresponse().read()

    with closing(PlainClient(service.address, lambda: {"Authorization": "Bearer x"})) as client:
        ways = {"http.client alone": ask_bare, "ours": lambda: client.ask("GET", "/api/v2/macros")}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(_TURNS):
            for name, ask in ways.items():
                taken[name].append(_seconds(ask, each))
    for name, seconds in taken.items():
        sys.stdout.write(f"{name:<20} {statistics.median(seconds) * 1e3:.2f} ms a request\n")
    bare.close()
    service.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
