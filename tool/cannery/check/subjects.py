"""Whether two texts that are much the same are about two things, such as `star` and `unstar`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.check.page import MAX_PARSED
from cannery.check.trees import pieces
from cannery.content.files import read_bytes
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.util.encoding import decoded
from cannery.workspace import Workspace

# Letters of one script in a row; a plural is the same word.
_WORD = re.compile(r"[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_SHORT = 3  # letters: `css` is no plural
# How often a text must have a word of its name to be about it, and what part of that, at most,
# another has: where each of the two has such a word, and where one has. Reworded ones: over 0.5.
_OF_BOTH, _OF_ONE = (2, 0.5), (3, 0.34)
_OWN = 0.15  # of a text's words: what stands in no paragraph that both have
_ALIKE = 0.35  # of the words of what each has of its own, the part that both have


class _Text(NamedTuple):
    words: Counter[str]
    paragraphs: frozenset[str]


class Subjects:
    """What the texts of entries are about, looked up in the files of those that are alike."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, _Text] = {}

    def differ(self, one: Facts, other: Facts) -> bool:
        """Whether two entries that share much of their texts are still about two things.

        What a colleague has written once more is called something else, but speaks of the same;
        what was copied and edited has paragraphs of its own that are much like those of the other.
        """
        text, other_text = self._text(one.at.path), self._text(other.at.path)
        here, there = _name_words(one), _name_words(other)
        sides = (
            (here - there, text.words, other_text.words),
            (there - here, other_text.words, text.words),
        )
        return (
            any(_is_about(*side, *_OF_ONE) for side in sides)
            or all(_is_about(*side, *_OF_BOTH) for side in sides)
            or _share_a_form(text, other_text)
        )

    def _text(self, path: str) -> _Text:
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> _Text:
        try:
            raw = decoded(read_bytes(self._workspace, path), "replace")
        except ContentError:
            return _Text(Counter(), frozenset())  # gone since it was checked
        body = split(raw).body[:MAX_PARSED].lower()
        blocks = (" ".join(piece.split()) for piece in _BLANK_LINE.split(body))
        paragraphs = (piece for piece in blocks if not piece.startswith("#"))
        return _Text(_words([body]), frozenset(paragraphs))


def _is_about(
    names: set[str], text: Counter[str], other: Counter[str], least: int, part: float
) -> bool:
    return any(text[name] >= least and other[name] <= part * text[name] for name in names)


def _share_a_form(one: _Text, other: _Text) -> bool:
    """Whether two texts have paragraphs in common, and say something else beside these."""
    here = _words(one.paragraphs - other.paragraphs)
    there = _words(other.paragraphs - one.paragraphs)
    least = min(here.total() / (one.words.total() or 1), there.total() / (other.words.total() or 1))
    both = len(here.keys() & there.keys()) / (len(here.keys() | there.keys()) or 1)
    return least >= _OWN and both < _ALIKE


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(_stem(word) for text in texts for word in _WORD.findall(text))


def _name_words(item: Facts) -> set[str]:
    words = " ".join((item.title, *pieces(item.at.path)[-2:])).lower()
    return {_stem(word) for word in _WORD.findall(words) if not (word.isascii() and len(word) == 1)}


def _stem(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith("s") else word
