"""Replies as agents write them, with ‹what is personal› and §what is secret§ marked."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import NamedTuple

REPLIES = sorted(Path(__file__).with_name("replies").glob("*.txt"))
_MARK = re.compile(r"‹([^›]*)›|§([^§]*)§")


class Reply(NamedTuple):
    text: str
    personal: list[tuple[int, int]]
    secrets: list[str]

    @property
    def html(self) -> str:
        """As Gmail puts it on the clipboard: a `div` a line."""
        lines = [f"<div>{escape(line) or '<br>'}</div>" for line in self.text.splitlines()]
        return f'<meta charset="utf-8"><div dir="ltr">{"".join(lines)}</div>'


def read(path: Path) -> Reply:
    raw, text, end = path.read_text("utf-8"), "", 0
    personal: list[tuple[int, int]] = []
    secrets: list[str] = []
    for mark in _MARK.finditer(raw):
        text += raw[end : mark.start()]
        if mark[1]:
            personal.append((len(text), len(text) + len(mark[1])))
        else:
            secrets.append(mark[2])
        text += mark[1] or mark[2]
        end = mark.end()
    return Reply(text + raw[end:], personal, secrets)
