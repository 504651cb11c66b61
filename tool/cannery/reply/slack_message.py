"""A message that was copied out of Slack with its permalink -> what it says of its author."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

_PERMALINK = re.compile(
    r"https://[\w-]{1,60}\.slack\.com/archives/[A-Z0-9]{1,20}/p\d{10,20}(?:\?[\w=&.%-]{1,100})?"
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[APap][Mm])?")
_MAX_LINES = 40
_MAX_NAME = 60


def read_message(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The ticket and its requester, as far as a message tells; both empty without a permalink."""
    link = _PERMALINK.search(text)
    if not link:
        return {}, {}
    author = _author(text)
    return {"url": link[0]}, {"name": author} if author else {}


def _author(text: str) -> str:
    """The name above the time of a message, or before it in its line; empty if there is none."""
    lines = [line.strip() for line in text.splitlines()[:_MAX_LINES]]
    for before, line in pairwise(["", *lines]):
        head, _, last = line.rpartition("  ") if "  " in line else line.partition("\t")
        if _TIME.fullmatch(line):
            head, last = before, line
        elif not _TIME.fullmatch(last):
            words = line.split(" ")
            cut = -2 if words[-1].upper() in ("AM", "PM") else -1
            head, last = " ".join(words[:cut]), " ".join(words[cut:])
        name = head.removesuffix("APP").strip()
        if _TIME.fullmatch(last) and 0 < len(name) <= _MAX_NAME and "http" not in name:
            return name
    return ""
