"""The help desk of a team that moves: macros, an article in two languages, and ticket 123."""

from __future__ import annotations

import socket
import urllib.request
from pathlib import Path
from threading import Thread

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

TICKET = 123
_TEXTS = {1: "<p>Hello {{ticket.requester.name}}.</p>", 67: "<p>{{ticket.requester.name}} 様</p>"}


def team_desk(macro: str = "Billing::Late fee") -> FakeZendesk:
    fake = FakeZendesk()
    fake.start()
    person = Asking(fake)
    variants = [{"locale_id": id_, "content": text, "default": id_ == 1} for id_, text in _TEXTS.items()]  # fmt: skip
    item = {"name": "refund", "default_locale_id": 1, "variants": variants}
    person.post("/api/v2/dynamic_content/items", {"item": item})
    for title, field, value in (
        (macro, "comment_value_html", "{{dc.refund}}"),
        ("返金::ご案内", "comment_value_html", "<p>{{ticket.requester.name}} 様</p>"),
        ("Close", "status", "solved"),
    ):
        actions = [{"field": field, "value": value}]
        person.post("/api/v2/macros", {"macro": {"title": title, "actions": actions}})
    person.client.close()
    section = fake.guide.add_section("Basics", fake.guide.add_category("Help"))
    japanese = {"locale": "ja", "title": "プリンター", "body": "<p>切ります。</p>"}
    fake.articles.add("Printers", "<p>Turn it off.</p>", section, translations=[japanese])
    row = fake.store.row("tickets", fake.tickets.add("Where is my order?"))
    fake.store.table("tickets")[TICKET] = {**row, "id": TICKET}
    return fake


def add_zendesk(root: Path, address: str, more: str = 'articles = ["articles"]') -> None:
    """Add the desk to kb.toml as the guide does, with a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (root / "kb/kb.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[desks.zendesk]\naddress = "{address}"\nclient_id = "cannery"\n')
        file.write(f'{more}\nport = "{port}"\n')


def visited(page: str) -> bool:
    """A browser that a person says yes in: it ends at the address where `kb` waits."""
    Thread(target=urllib.request.urlopen, args=[page], daemon=True).start()
    return True
