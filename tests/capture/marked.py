"""Replies as agents write them, with ‹what is personal› and §what is secret§ marked.

Where a personal part is a fact of the ticket, its mark names the fact: ‹Kim|fn›.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import NamedTuple

REPLIES = sorted(Path(__file__).with_name("replies").glob("*.txt"))
OPEN, KEPT_BACK = (
    sorted(Path(__file__).with_name("unseen").joinpath(name).glob("*.txt"))
    for name in ("open", "kept")
)
# Written and marked for work on the rules: they measure nothing of what is unseen.
MORE = sorted(Path(__file__).with_name("more").glob("*.txt"))
FACTS = {
    "name": "ticket.requester.name",
    "fn": "ticket.requester.first_name",
    "ln": "ticket.requester.last_name",
    "em": "ticket.requester.email",
    "org": "ticket.organization.name",
    "id": "ticket.id",
}
_MARK = re.compile(r"‹([^›|]*)(?:\|(\w*))?›|§([^§]*)§")


class Reply(NamedTuple):
    text: str
    personal: list[tuple[int, int]]
    secrets: list[str]
    facts: list[str]
    """The path in the ticket of each personal part; empty where the ticket does not hold it."""

    @property
    def html(self) -> str:
        """As Gmail puts it on the clipboard: a `div` a line."""
        lines = [f"<div>{escape(line) or '<br>'}</div>" for line in self.text.splitlines()]
        return f'<meta charset="utf-8"><div dir="ltr">{"".join(lines)}</div>'


def read(path: Path) -> Reply:
    raw, text, end = path.read_text("utf-8"), "", 0
    personal: list[tuple[int, int]] = []
    secrets: list[str] = []
    facts: list[str] = []
    for mark in _MARK.finditer(raw):
        text += raw[end : mark.start()]
        if mark[1]:
            personal.append((len(text), len(text) + len(mark[1])))
            facts.append(FACTS[mark[2]] if mark[2] else "")
        else:
            secrets.append(mark[3])
        text += mark[1] or mark[3]
        end = mark.end()
    return Reply(text + raw[end:], personal, secrets, facts)
