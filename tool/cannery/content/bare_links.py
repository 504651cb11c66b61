"""Where an address ends that stands in a text without brackets.

Japanese and Chinese write no blank behind it: it ends where a wide letter, a bracket or a stop
stands (`詳細はhttps://e.com/aをご覧ください。`). A host may have wide letters in parts of its own
(`https://例え.jp/`); further on they are percent-encoded, as browsers copy them, or the address
stands between `<` and `>`.
"""

from __future__ import annotations

import re

from linkify_it import LinkifyIt

from cannery.content.emphasis import WIDE
from cannery.util.lazy_pattern import LazyPattern

__all__ = ["ENDS", "IS_END", "LETTERS", "Linkify", "end"]

# Quotation marks, dashes, arrows, signs and emoji, too: no address has them as they are. Nor has it
# a backslash, which makes a line end of the one behind it.
ENDS = (
    "\\\\\\u00a1-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u2bff"
    f"\\U0001f000-\\U0001faff{WIDE}"
)
LETTERS = (
    "\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3"
    "\\uf900-\\ufaff\\U00020000-\\U0003ffff"
)
_MARKS = "*_~"  # at its end they are Markdown's
_MOST = 4_096  # characters of an address that are looked at
IS_END = LazyPattern(rf"[{ENDS}]|\[\^")  # or a footnote
_SCHEME = re.compile("(?:https?|ftp|mailto):", re.IGNORECASE)
_ASCII_END = re.compile(r"\\|\[\^")
# A host with a part that begins with a wide letter; its last is plain, or something plain follows.
_WIDE_HOST = LazyPattern(
    rf"(?://|[A-Za-z0-9_.+-]{{1,64}}@)(?:[A-Za-z0-9-]{{1,63}}\.){{0,9}}(?=[{LETTERS}])"
    rf"(?:(?:[A-Za-z0-9{LETTERS}-]{{1,63}})\.){{1,9}}"
    rf"(?:[A-Za-z][A-Za-z0-9-]{{1,62}}|[{LETTERS}]{{1,63}}(?=[/:?#\x20\t\n]|\Z))"
)


def end(text: str, start: int) -> int:
    """Where the address ends at the latest whose scheme ends at `start`."""
    if text.isascii():  # no other patterns are needed, which take long to compile
        stop = _ASCII_END.search(text, start, start + _MOST)
        return stop.start() if stop else len(text)
    host = _WIDE_HOST.match(text, start)
    stop = IS_END.search(text, host.end() if host else start, start + _MOST)
    return stop.start() if stop else len(text)


class Linkify(LinkifyIt):  # type: ignore[misc] # has no types
    """Finds addresses in a text, each of them up to where it ends for us."""

    def pretest(self, text: str) -> bool:
        """Whether a text may have an address: each one that is looked for begins with a scheme.

        The library's own takes a third of all parsing, as it looks for hosts without one, too.
        """
        return "//" in text or (":" in text and _SCHEME.search(text) is not None)

    def test_schema_at(self, text: str, name: str, position: int) -> int:
        length = int(super().test_schema_at(text[: end(text, position)], name, position))
        return len(text[position : position + length].rstrip(_MARKS))
