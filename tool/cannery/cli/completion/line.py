"""A line as bash hands it over: its words, and what stands in place of the one at the cursor.

zsh and fish take words out of their quotes themselves. bash splits them at `:` and `=` besides, and
puts what it is given into the line as it is: what is typed and what is offered are read and quoted
here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_DOUBLE = '"\\$`\n'  # what a backslash takes its meaning in double quotes
_PLAIN = re.compile(r"[\w@%+=:,./^-]", re.ASCII)
_NUMBER = re.compile(r"[0-9]+")  # of a descriptor, before an operator: 2>


class Typed(NamedTuple):
    """A line up to the cursor.

    `words` are those before the one at the cursor, which is `current`; `kept` of its characters
    stay in the line, and what is offered takes the place of the others. `quote` is open there.
    `is_redirected`: it is a file for the shell, and none of the command's words.
    """

    words: list[str]
    current: str = ""
    kept: int = 0
    quote: str = ""
    is_redirected: bool = False


class _Reader:
    """Reads one letter after the other."""

    def __init__(self, breaks: str) -> None:
        self._breaks = breaks
        self._words: list[str] = []
        self._letters: list[str] = []
        self._is_word = False
        self._kept = self._outside = 0
        self._quote = ""
        self._redirects = False

    def read(self, line: str) -> Typed:
        letters = iter(line)
        for letter in letters:
            if self._quote:
                self._quoted(letter, letters)
            else:
                self._bare(letter, letters)
        text = "".join(self._letters)
        return Typed(self._words, text, self._kept, self._quote, self._redirects)

    def _quoted(self, letter: str, letters: Iterator[str]) -> None:
        if letter == self._quote:
            self._quote, self._kept = "", self._outside
        elif letter == "\\" and self._quote == '"':
            after = next(letters, "")
            self._letters += (after,) if after in _IN_DOUBLE else (letter, after)
        else:
            self._letters.append(letter)

    def _bare(self, letter: str, letters: Iterator[str]) -> None:
        if letter in " \t\n":
            self._end_word()
        elif letter in "<>":
            if _NUMBER.fullmatch("".join(self._letters)):
                self._is_word = False
            self._end_word()
            self._redirects = True
        elif letter in "'\"":
            self._is_word, self._quote = True, letter
            self._outside, self._kept = self._kept, len(self._letters)
        else:
            self._is_word = True
            self._letters.append(next(letters, "") if letter == "\\" else letter)
            if letter in self._breaks:
                self._kept = len(self._letters)

    def _end_word(self) -> None:
        if self._is_word and not self._redirects:
            self._words.append("".join(self._letters))
        if self._is_word:
            self._redirects = False
        self._letters, self._is_word, self._kept = [], False, 0


def read_line(line: str, breaks: str) -> Typed:
    """A line of bash's up to the cursor; `breaks` is its COMP_WORDBREAKS."""
    return _Reader(breaks.replace("\\", "")).read(line)


def quoted(text: str, quote: str) -> str | None:
    """A text as bash reads it back, where a quote is open or none; None if it can't be said there.

    In double quotes, bash would put an earlier command in place of what follows `!`.
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return None if "!" in text else re.sub(r'(["\\$`])', r"\\\1", text)
    return "".join(
        letter if _PLAIN.fullmatch(letter) or not letter.isascii() else f"\\{letter}"
        for letter in text
    )
