"""What people typed, within a sentence or as one: without a full stop at its end, or with it.

The browser's twin is `site/web/sentences.js`; both read `sentences` in `words.json`.
"""

from __future__ import annotations

from cannery.content.marks import BREAK
from cannery.content.words import words
from cannery.util.seen import shows_nothing, stripped


def phrase(text: str) -> str:
    """The text in one line, without the full stop at its end: what stands within a sentence.

    An ellipsis and the stops of an abbreviation (`e.g.`, `U.S.`, `Inc.`) are no full stop.
    """
    line = " ".join(filter(None, map(stripped, BREAK.split(text))))
    bare = line[:-1].rstrip()
    is_stop = line[-1:] in words()["sentences"]["stops"] and bare[-1:] != line[-1:]
    return bare if bare and is_stop and not _is_abbreviation(line) else line


def sentence(text: str, language: str) -> str:
    """The text with a full stop at its end, unless it ends in a sign of its own."""
    marks = words()["sentences"]
    if shows_nothing(text):
        return ""
    text = text.rstrip()
    last = text.rstrip(marks["closers"])[-1:]
    if not last or last in marks["ends"]:
        return text
    return text + marks["stop"]["ja" if language.startswith("ja") else "en"]


def _is_abbreviation(line: str) -> bool:
    """Whether the last word is a known one, or single letters with a stop behind each."""
    word = line[line.rfind(" ") + 1 :].lstrip("(")
    if word.lower() in words()["sentences"]["abbreviations"]:
        return True
    letters = word.split(".")
    several = len(letters) > 2  # noqa: PLR2004 - the last is empty
    return several and all(
        len(letter) == 1 and letter.isascii() and letter.isalpha() for letter in letters[:-1]
    )
