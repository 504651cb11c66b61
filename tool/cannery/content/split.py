"""A file's text, cut into front matter and body. No YAML: a search reads bodies alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"\A(\ufeff?)---[ \t]*(\r\n|\n|\r)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in three. `header` has no fences; `body_line` is 1-based."""

    prefix: str
    header: str
    suffix: str
    body: str
    body_line: int


def split(text: str) -> Parts:
    """Cut a file's text: `prefix + header + suffix + body` is the text again."""
    opening = _HEAD.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        return Parts(bom, "", "", text.removeprefix("\ufeff"), 1)
    before = text[: closing.end()]
    return Parts(
        text[: opening.end()],
        text[opening.end() : closing.start()],
        text[closing.start() : closing.end()],
        text[closing.end() :],
        len(LINE_END.findall(before)) + 1,
    )
