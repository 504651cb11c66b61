"""What a search engine is told of a text: its first sentences, its questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from cannery.content.markdown import Token, parse

_WIDTH = 160  # columns that a list of results shows of a description
_ANSWER = 4_000  # columns of an answer
_MOST_QUESTIONS = 100
_LEAST_QUESTIONS = 2  # of a page that is questions and answers
_READ = 8  # letters of Markdown that are read for each column that is shown
_SENTENCE_END = re.compile(r"[.!?]['\"\u201d)]?(?=\s)|[\u3002\uff01\uff1f][\u300d\uff09]?")
_BLANKS = re.compile(r"\s+")
_CODE = ("fence", "code_block")


class Gist(NamedTuple):
    """A text's first sentences, and its questions, each with the answer, if it is nothing else."""

    lead: str = ""
    questions: tuple[tuple[str, str], ...] = ()


NO_GIST = Gist()


def gist_of(tokens: Sequence[Token]) -> Gist:
    """The gist of a text's block tokens; inline ones are read where they have not been yet."""
    return Gist(_lead(tokens), tuple(_questions(tokens)))


def cut(text: str, width: int = _WIDTH) -> str:
    """As many whole sentences as there is room for; a first one that is longer ends with `…`.

    A wide letter takes two columns.
    """
    text = _BLANKS.sub(" ", text[: _READ * width]).strip()
    room = _letters(text, width)
    if room == len(text):
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[: room + 1])]
    fitting = [end for end in ends if end <= room]
    if fitting and fitting[-1] > room // 3:
        return text[: fitting[-1]]
    begun = text[: _letters(text, width - 2)]
    blank = begun.rfind(" ")
    return f"{(begun[:blank] if blank > room // 2 else begun).rstrip()}…"


def _letters(text: str, width: int) -> int:
    """How many letters of a text fit into this many columns."""
    for at, letter in enumerate(text):
        width -= 2 if east_asian_width(letter) in "WF" else 1
        if width < 0:
            return at
    return len(text)


def _lead(tokens: Sequence[Token]) -> str:
    """The first sentences: of the paragraphs before what comes next, else of whatever is there."""
    first = cut(" ".join(_first_paragraphs(tokens)))
    return first or cut(" ".join(_texts(tokens, _WIDTH)))


def _first_paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Those that stand by themselves, no longer than is wanted, before the second section."""
    room = _WIDTH
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and room < _WIDTH:
            return
        is_own = token.type == "inline" and tokens[at - 1].type == "paragraph_open"
        if is_own and tokens[at - 1].level == 0:
            text = _plain(token, _WIDTH)
            yield text
            room -= len(text)
        if room <= 0:
            return


def _texts(tokens: Iterable[Token], width: int) -> Iterator[str]:
    """What the blocks say, until there is enough."""
    room = width
    for token in tokens:
        if token.type == "inline" or token.type in _CODE:
            text = token.content[:room] if token.type in _CODE else _plain(token, width)
            yield text
            room -= len(text)
        if room <= 0:
            return


def _plain(token: Token, width: int) -> str:
    """A block's text without its markup."""
    content = token.content[: _READ * width]
    blocks = [token] if token.children else parse(content, bare_links=False)
    shown = {"text": "", "code_inline": "", "softbreak": " ", "hardbreak": " "}
    return "".join(
        child.content or shown[child.type]
        for block in blocks
        for child in block.children or ()
        if child.type in shown
    ).strip()


def _questions(tokens: Sequence[Token]) -> Sequence[tuple[str, str]]:
    """The questions and answers of a page that is nothing else; else none.

    That is one whose headings of a level all ask and have an answer below.
    """
    opened = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    asking = [at for at in opened if _asks(tokens[at + 1])]
    if not _LEAST_QUESTIONS <= len(asking) <= _MOST_QUESTIONS:
        return ()
    tag = tokens[asking[0]].tag
    if [at for at in opened if tokens[at].tag == tag] != asking:
        return ()
    ends = [at for at in opened if tokens[at].tag <= tag]
    pairs = [(at, next((end for end in ends if end > at), len(tokens))) for at in asking]
    found = [(_plain(tokens[at + 1], _WIDTH), _answer(tokens[at + 3 : end])) for at, end in pairs]
    return found if all(answer for _, answer in found) else ()


def _asks(heading: Token) -> bool:
    return heading.content.rstrip().endswith(("?", "\uff1f"))


def _answer(tokens: Sequence[Token]) -> str:
    return cut("\n".join(_texts(tokens, _ANSWER)), _ANSWER)
