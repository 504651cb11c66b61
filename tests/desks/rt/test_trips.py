"""Whole trips of `kb` to a real Request Tracker and back, also killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest

from tests.conftest import Base, Run
from tests.desks.relay import Relay
from tests.desks.rt.conftest import REAL
from tests.desks.rt.server import RequestTracker
from tests.desks.signed_in import sign_in

pytestmark = pytest.mark.parametrize("rt", [REAL], indirect=True)

_NUMBERS = count(1)
KB = (sys.executable, "-m", "cannery")
HELLO = """---
title: Refund
shortcut: ";refund"
summary: Money back
fields:
  - {name: who, from: ticket.requester.name}
  - name: amount
actions:
  status: solved
---
Dear {{ who }},

we refund **{{ amount }}**.

Within five days.
"""
JAPANESE = """---
title: 返金のご案内
fields:
  - {name: who, from: ticket.requester.name}
  - name: amount
actions:
  status: solved
---
{{ who | honorific }}

**{{ amount }}** を返金いたしました。

5 日以内に届きます。
"""


class Desk:
    """A knowledge base whose desk is a class of its own in RT, and what is in that class."""

    def __init__(self, rt: RequestTracker, base: Base, relay: Relay) -> None:
        self.rt, self.base, self.relay = rt, base, relay
        self.name = f"Trip {next(_NUMBERS)}"
        rt.ask("POST", "class", {"Name": self.name})
        base.write("macros/refund.md", HELLO)
        base.write("macros/refund.ja.md", JAPANESE)
        base.write("macros/thanks.md", "---\ntitle: Thanks\n---\nThank you.\n\nSee you.\n")
        base.write(
            "kb.toml",
            f'name = "Test"\nlanguages = ["en", "ja"]\n\n[desks.rt]\n'
            f'address = "{relay.address}"\nclass = "{self.name}"\n',
        )
        base.git("init", "-q")

    def articles(self) -> dict[str, dict[str, Any]]:
        """The articles of the class by their names, each with its `text`."""
        number = self.rt.ask("GET", f"class/{quote(self.name)}")["id"]
        wanted = quote(json.dumps([{"field": "Class", "value": str(number)}]))
        fields = "fields=Name,Summary,Disabled,CustomFields&find_disabled_rows=1&per_page=100"
        items = self.rt.ask("GET", f"articles?{fields}&query={wanted}")["items"]
        for one in items:
            one["text"] = "".join(one["CustomFields"][0]["values"])
        found = {one["Name"]: one for one in items}
        assert len(found) == len(items)
        return found

    def edit(self, name: str, **keys: object) -> None:
        """What a person changes there; `text` with the ends of lines that a browser sends."""
        if isinstance(text := keys.pop("text", None), str):
            keys["CustomFields"] = {"Content": text.replace("\n", "\r\n")}
        self.rt.ask("PUT", f"article/{self.articles()[name]['id']}", keys)

    def file(self, name: str) -> str:
        return (self.base.root / "kb/macros" / name).read_text("utf-8")


@pytest.fixture
def desk(rt: RequestTracker, base: Base) -> Iterator[Desk]:
    relay = Relay(rt.address)
    sign_in(relay.address, "token", rt.token)
    yield Desk(rt, base, relay)
    relay.end()


def _pushed(kb: Run) -> str:
    done = kb("desk", "push", "rt", "--yes")
    assert done.code == 0, done.err
    return done.out


def _pulled(kb: Run) -> str:
    done = kb("desk", "pull", "rt", "--yes")
    assert done.code == 0, done.err
    return done.out


def test_a_second_push_sends_nothing(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    before = desk.articles()
    assert {name: one["text"] for name, one in before.items()} == {
        "Refund ;refund": "Dear [[who]],\n\nwe refund [[amount]].\n\nWithin five days.",
        "返金のご案内 ;refund (ja)": "[[who]]\n\n[[amount]] を返金いたしました。\n\n5 日以内に届きます。",
        "Thanks": "Thank you.\n\nSee you.",
    }
    desk.relay.writes = 0
    assert _pushed(kb) == ""
    assert _pulled(kb) == ""
    assert desk.relay.writes == 0
    assert desk.articles() == before


def test_what_was_changed_on_both_sides_is_merged(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    desk.edit("Refund ;refund", text="Dear [[who]],\n\nwe refund [[amount]].\n\nWithin six days.")
    desk.base.write("macros/refund.md", HELLO.replace("Dear", "Hello"))
    refused = kb("desk", "push", "rt", "--yes")
    assert "Dear" in desk.articles()["Refund ;refund"]["text"], refused.out
    _pulled(kb)
    assert desk.file("refund.md") == HELLO.replace("Dear", "Hello").replace("five", "six")
    _pushed(kb)
    text = "Hello [[who]],\n\nwe refund [[amount]].\n\nWithin six days."
    assert desk.articles()["Refund ;refund"]["text"] == text
    assert (_pushed(kb), _pulled(kb)) == ("", "")


def test_a_change_there_in_japanese_is_pulled(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    name = "返金のご案内 ;refund (ja)"
    desk.edit(name, text=desk.articles()[name]["text"].replace("5 日", "一週間"))
    _pulled(kb)
    assert desk.file("refund.ja.md") == JAPANESE.replace("5 日", "一週間")
    assert (_pushed(kb), _pulled(kb)) == ("", "")


def test_the_same_line_on_both_sides_is_a_conflict_until_it_is_decided(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    desk.edit("Thanks", text="Thank you.\n\nTheirs.")
    desk.base.write("macros/thanks.md", "---\ntitle: Thanks\n---\nThank you.\n\nOurs.\n")
    done = kb("desk", "pull", "rt", "--yes")
    assert done.code == 1
    assert "you and the desk both changed: body" in done.err
    assert "Ours." in desk.file("thanks.md")
    assert kb("desk", "push", "rt", "--yes").code == 1
    assert "Theirs." in desk.articles()["Thanks"]["text"]
    (desk.base.root / "kb/macros/thanks.md.theirs").unlink()
    _pushed(kb)
    assert desk.articles()["Thanks"]["text"] == "Thank you.\n\nOurs."
    assert (_pushed(kb), _pulled(kb)) == ("", "")


def test_what_is_retired_here_is_disabled_there_and_comes_back(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    desk.base.write("macros/refund.md", HELLO.replace("summary", "status: retired\nsummary"))
    _pushed(kb)
    assert {name: one["Disabled"] for name, one in desk.articles().items()} == {
        "Refund ;refund": "1", "返金のご案内 ;refund (ja)": "1", "Thanks": "0",
    }  # fmt: skip
    assert (_pushed(kb), _pulled(kb)) == ("", "")
    desk.base.write("macros/refund.md", HELLO)
    _pushed(kb)
    assert {one["Disabled"] for one in desk.articles().values()} == {"0"}


def test_what_was_made_there_becomes_a_file(desk: Desk, kb: Run) -> None:
    _pushed(kb)
    number = desk.rt.ask("GET", f"class/{quote(desk.name)}")["id"]
    made = {"Name": "Late ;late", "Class": number, "CustomFields": {"Content": "We are * late\r\n"}}
    desk.rt.ask("POST", "article", made)
    _pulled(kb)
    written = desk.file("late.md")
    assert "title: Late\n" in written
    assert "We are * late\n" in written
    assert (_pushed(kb), _pulled(kb)) == ("", "")


def test_articles_go_to_a_class_of_their_own_and_are_merged(desk: Desk, kb: Run) -> None:
    macros = desk.name
    desk.name = f"{macros} articles"
    desk.rt.ask("POST", "class", {"Name": desk.name})
    settings = (desk.base.root / "kb/kb.toml").read_text("utf-8")
    more = f'site_url = "https://kb.example"\n{settings}'
    more += f'article_class = "{desk.name}"\narticles = ["articles"]\n'
    desk.base.write("kb.toml", more)
    english = (
        "---\ntitle: Proxies\naudience: public\n---\n\nFirst.\n\nSee [HAR](har.md).\n\nLast.\n"
    )
    desk.base.write("articles/net/proxy.md", english)
    desk.base.write(
        "articles/net/proxy.ja.md",
        "---\ntitle: プロキシ\naudience: public\n---\n\n最初。\n\n最後。\n",
    )
    desk.base.write("articles/net/har.md", "---\ntitle: HAR\naudience: public\n---\n\nA file.\n")
    desk.base.write("articles/net/own.md", "---\ntitle: Ours\n---\n\nInternal.\n")
    _pushed(kb)
    there = {name: one["text"] for name, one in desk.articles().items()}
    assert there == {
        "HAR ;net-har": "A file.",
        "Proxies ;net-proxy": "First.\n\nSee HAR (https://kb.example/articles/net/har/).\n\nLast.",
        "プロキシ ;net-proxy (ja)": "最初。\n\n最後。",
    }
    assert (_pushed(kb), _pulled(kb)) == ("", "")
    desk.edit("Proxies ;net-proxy", text=there["Proxies ;net-proxy"].replace("Last", "The end"))
    desk.base.write("articles/net/proxy.md", english.replace("First", "1st"))
    _pulled(kb)
    both = english.replace("First", "1st").replace("Last", "The end")
    assert (desk.base.root / "kb/articles/net/proxy.md").read_text("utf-8") == both
    _pushed(kb)
    assert desk.articles()["Proxies ;net-proxy"]["text"].startswith("1st.")
    assert (_pushed(kb), _pulled(kb)) == ("", "")


@pytest.mark.parametrize("carried", [False, True])
def test_a_push_that_is_killed_at_any_write_ends_right_when_it_is_run_again(
    desk: Desk, kb: Run, carried: bool
) -> None:
    for write in count(1):
        text = f"We refund you {carried} {write}."
        desk.base.write(f"macros/new{write}.md", f"---\ntitle: New {write}\n---\n{text}\n")
        desk.base.write("macros/thanks.md", f"---\ntitle: Thanks\n---\n{text}\n")
        desk.base.write("macros/refund.ja.md", JAPANESE + f"\n{text}\n")
        was_killed = desk.relay.killed_at(
            write, [*KB, "desk", "push", "rt", "--yes"], carried=carried
        )
        _pushed(kb)
        assert (_pushed(kb), _pulled(kb)) == ("", "")
        there = {name: one["text"] for name, one in desk.articles().items()}
        assert there[f"New {write}"] == there["Thanks"] == text
        assert there["返金のご案内 ;refund (ja)"].endswith(text)
        assert len(there) == 3 + write
        if not was_killed:
            break
    assert write > 3


def test_a_ticket_is_answered_in_japanese_and_resolved_once(desk: Desk, kb: Run) -> None:
    ticket = _ticket(desk.rt)
    reply = ("reply", ";refund", "--ticket", f"rt:{ticket}", "--set", "amount=1,200 円", "--yes")
    done = kb(*reply, "--lang", "ja", "--send", "reply")
    assert done.code == 0, done.err
    found = desk.rt.ask("GET", f"ticket/{ticket}")
    assert found["Status"] == "resolved"
    (sent,) = _sent(desk.rt, ticket)
    assert "<p>田中 太郎 様</p>" in sent
    assert "<strong>1,200 円</strong> を返金いたしました。" in sent
    assert "already sent" in kb(*reply, "--lang", "ja", "--send", "reply").err
    assert len(_sent(desk.rt, ticket)) == 1


def test_a_tickets_page_names_it(desk: Desk, kb: Run) -> None:
    page = f"{desk.relay.address}/Ticket/Display.html?id={_ticket(desk.rt)}"
    done = kb("reply", ";refund", "--ticket", page, "--set", "amount=5", "--yes", "--print")
    assert done.out.startswith("Dear 田中 太郎,"), done.err


@pytest.mark.parametrize("carried", [False, True])
def test_a_reply_that_is_killed_at_any_write_is_in_the_ticket_once(
    desk: Desk, kb: Run, carried: bool
) -> None:
    for write in count(1):
        ticket = _ticket(desk.rt)
        reply = ("reply", ";refund", "--ticket", f"rt:{ticket}", "--set", "amount=5", "--yes")
        was_killed = desk.relay.killed_at(write, [*KB, *reply, "--send", "reply"], carried=carried)
        again = kb(*reply, "--send", "reply")
        assert again.code == 0 or "already sent" in again.err
        assert len(_sent(desk.rt, ticket)) == 1
        assert desk.rt.ask("GET", f"ticket/{ticket}")["Status"] == "resolved"
        if not was_killed:
            break
    assert write == 3


def _ticket(rt: RequestTracker) -> str:
    tanaka = {"Name": "tanaka", "RealName": "田中 太郎", "EmailAddress": "tanaka@x.example"}
    if not rt.ask(
        "GET", f"users?query={quote(json.dumps([{'field': 'Name', 'value': 'tanaka'}]))}"
    )["items"]:
        rt.ask("POST", "user", tanaka)
    asked = {"Queue": "General", "Subject": "返金", "Requestor": "tanaka@x.example", "Content": "?"}
    return str(rt.ask("POST", "ticket", asked)["id"])


def _sent(rt: RequestTracker, ticket: str) -> list[str]:
    """The replies that are in a ticket."""
    wanted = quote(json.dumps([{"field": "Type", "value": "Correspond"}]))
    found = rt.ask("GET", f"ticket/{ticket}/history?query={wanted}")["items"]
    texts = []
    for one in found:
        parts = rt.ask("GET", f"transaction/{one['id']}/attachments?fields=Content")["items"]
        texts.append(parts[0]["Content"])
    return texts


def test_a_token_is_tried_when_it_is_given(desk: Desk, rt: RequestTracker) -> None:
    def login(token: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*KB, "desk", "login", "rt", "--stdin"],
            input=token, text=True, check=False, capture_output=True, env=dict(os.environ),
        )  # fmt: skip

    wrong = login("1-14-0123456789abcdef")
    assert wrong.returncode == 1
    assert "0123456789abcdef" not in wrong.stderr
    right = login(rt.token)
    assert right.returncode == 0, right.stderr
    assert rt.token not in right.stderr + right.stdout
