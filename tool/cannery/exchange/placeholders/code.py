"""Where code stands in a Markdown text: what some desks fill in nowhere."""

from __future__ import annotations

import re

from cannery.util.spans import code_spans

_FENCE = re.compile(r"^[ \t>]{0,9}(`{3,}|~{3,})(.*)$", re.MULTILINE)


def code_in(text: str) -> list[tuple[int, int]]:
    """The places of fenced blocks and of code within lines, in their order."""
    if "`" not in text and "~~~" not in text:
        return []
    found: list[tuple[int, int]] = []
    start, mark, at = 0, "", 0
    for fence in _FENCE.finditer(text):
        if not mark:
            found += code_spans(text, at, fence.start())
            start, mark = fence.start(), fence[1]
        elif fence[1].startswith(mark) and not fence[2].strip():
            found.append((start, fence.end()))
            mark, at = "", fence.end()
    found += [(start, len(text))] if mark else code_spans(text, at, len(text))
    return found
