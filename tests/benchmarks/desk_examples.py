"""Read the answers that help desks' descriptions show as examples, by our own connections.

DESK_APIS=FOLDER python tests/benchmarks/desk_examples.py
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.desks.contracts.example_server import ExampleServer  # noqa: E402
from tests.desks.contracts.published import contracts  # noqa: E402
from tests.exchange.desks.opened import around  # noqa: E402

from cannery.errors import CanneryError  # noqa: E402
from cannery.exchange.desks.desk import Desk, Opening, Tickets  # noqa: E402
from cannery.exchange.desks.table import DESKS  # noqa: E402
from cannery.model.desk_settings import DeskSettings  # noqa: E402
from cannery.model.location import Kind  # noqa: E402
from cannery.reply.ticket import read_ticket  # noqa: E402
from cannery.rest.client import PlainClient  # noqa: E402


class Case(NamedTuple):
    """A desk, what a connection of it needs to know, and the number of its example ticket."""

    kind: str
    fake: str
    ticket: str
    options: Mapping[str, str] = MappingProxyType({})

    @property
    def has_articles(self) -> bool:
        return bool(DESKS[self.kind].capabilities.articles)


_CHATWOOT = "/api/v1/accounts/1"
_BESIDE = {  # what is in no description, and asked for beside what is
    f"{_CHATWOOT}/macros": {"payload": []},
    f"{_CHATWOOT}/portals/help/articles": {"payload": [], "meta": {}},
    "/api/v2/canned_response_folders": [],
}
_CASES = (
    Case("zendesk", "FakeZendesk", "35436", {"permission_group": "56"}),
    Case("chatwoot", "FakeChatwoot", "1", {"account": "1", "portal": "help"}),
    Case("front", "FakeFront", "cnv_1", {"knowledge_base": "knb_1", "author": "tea_1"}),
    Case("freshdesk", "FakeFreshdesk", "1", {"category": "Help"}),
    Case("discourse", "FakeDiscourse", "1", {"category": "1"}),
    Case("intercom", "FakeIntercom", ""),
)


def main() -> int:
    folder = os.environ.get("DESK_APIS")
    if not folder:
        sys.exit(__doc__)
    return max(_try(case, Path(folder)) for case in _CASES)


def _try(case: Case, folder: Path) -> int:
    known = contracts(case.fake, folder)
    server = ExampleServer([one.description for one in known], _BESIDE)
    server.start()
    faults: list[str] = []
    with closing(PlainClient(server.address, dict)) as client:
        opening = _opening(case, client)
        kind = DESKS[case.kind]
        if kind.open:
            _read(case, kind.open(opening), faults)
        if kind.tickets and case.ticket:
            _fetch(case, kind.tickets(opening), faults)
    server.stop()
    for fault in faults:
        say(f"  {fault}")
    if server.without:
        say(f"  without an example: {', '.join(dict.fromkeys(server.without))}")
    return int(bool(faults))


def _opening(case: Case, client: PlainClient) -> Opening:
    articles = ("articles",) if case.has_articles else ()
    settings = DeskSettings(case.kind, case.kind, client.address, articles=articles, options=case.options)  # fmt: skip
    nothing = {}  # type: ignore[var-annotated]
    return Opening(settings, client, ("en", "ja"), "en", nothing, lambda *_: "", lambda _: "", None, around)  # fmt: skip


def _read(case: Case, desk: Desk, faults: list[str]) -> None:
    for kind in (Kind.MACRO, Kind.ARTICLE) if case.has_articles else (Kind.MACRO,):
        try:
            records = list(desk.records(kind))
            texts = sum(len(desk.incoming(record).by_language) for record in records)
            say(f"{case.kind}: {len(records)} {kind.value}s read, {texts} texts")
        except CanneryError as error:
            faults.append(f"{kind.value}s: {error.message}")


def _fetch(case: Case, tickets: Tickets, faults: list[str]) -> None:
    try:
        ticket = read_ticket(json.dumps(tickets.fetch(case.ticket)), case.kind)
        messages = [*tickets.messages(case.ticket)]
        say(f"{case.kind}: a ticket read, {len(ticket)} keys, {len(messages)} messages")
    except CanneryError as error:
        faults.append(f"ticket: {error.message}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
