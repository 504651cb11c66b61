"""Where emphasis and strikethrough begin and end beside Chinese, Japanese and Korean.

CommonMark looks at the letters on both sides of a run of marks: `**` before an opening bracket
begins nothing where a letter stands before it. Texts that part no words by blanks have that all
the time (`これは**「重要」**です`). So wide punctuation counts as a letter inside the marks, and a
wide letter as a blank outside of them. Other texts read as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from cannery.content.rulers import InlineRuler
from cannery.util.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.utils import EnvType

__all__ = ["WIDE", "InlineParser", "can_close", "can_open"]

# Letters and punctuation of the blocks that such scripts have for themselves; no emoji.
WIDE = (
    "\\u1100-\\u11ff\\u20a9\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff"
    "\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uffef\\U00016fe0-\\U00018dff\\U0001aff0-\\U0001b2ff"
    "\\U0001f200-\\U0001f265\\U00020000-\\U0003ffff\\U000e0100-\\U000e01ef"
)
_WIDE = LazyPattern(f"[{WIDE}]")


def _holds(inside: str, outside: str) -> bool:
    """Whether marks between these letters may hold the first: what CommonMark calls flanking."""
    if isWhiteSpace(ord(inside)):
        return False
    if not isPunctChar(inside) or _is_wide(inside):
        return True
    return isWhiteSpace(ord(outside)) or isPunctChar(outside) or _is_wide(outside)


def _is_wide(char: str) -> bool:
    return not char.isascii() and _WIDE.match(char) is not None


def can_open(before: str, after: str) -> bool:
    """Whether `*` or `~~` between these two letters may begin something."""
    return _holds(after, before)


def can_close(before: str, after: str) -> bool:
    """Whether `*` or `~~` between these two letters may end something."""
    return _holds(before, after)


class _State(StateInline):
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype in ("softbreak", "hardbreak"):
            token.meta["at"] = self.pos  # where its line ends: see content/line_ends.py
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - markdown-it's names
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        opens, closes = can_open(before, after), can_close(before, after)
        return Scanned(
            opens and (canSplitWord or not closes or isPunctChar(before)),
            closes and (canSplitWord or not opens or isPunctChar(after)),
            end - start,
        )


class InlineParser(ParserInline):
    """markdown-it's, with our look at the letters around a run of marks."""

    def __init__(self, known: ParserInline) -> None:
        super().__init__()
        self.ruler = InlineRuler(known.ruler, self.terminator_re)
        self.ruler2 = known.ruler2

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if src and not tokens and not self.terminator_re.search(src):
            tokens.append(Token("text", "", 0, content=src))  # without marks it is what it is
            return tokens
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
