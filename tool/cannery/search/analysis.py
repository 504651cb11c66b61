"""Text -> the terms it is found by: words, stemmed, and pairs of Japanese letters.

Japanese writes no blanks, so a word inside a sentence is found by the pairs of letters that it is
made of. Terms know where they stand in the text as it was written, half-width or full-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from whoosh.lang.porter import stem

_CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+(?:['’][^\\W_{_CJK}]+)*")
# A letter and the marks behind it that normalisation merges into it: half-width kana's voicing.
_CLUSTER = re.compile(
    "[^\u3099\u309a\uff9e\uff9f\u0300-\u036f]?[\u3099\u309a\uff9e\uff9f\u0300-\u036f]*", re.DOTALL
)
_MAX_WORD = 64


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and the characters (start, end) of the text that it stands for."""

    text: str
    start: int
    end: int


def terms(text: str) -> Iterator[Term]:
    """The terms of a text, in order. The last letter of a Japanese run is a term by itself."""
    plain, offsets = _normalized(text)
    for run in _RUN.finditer(plain):
        first = run[0]
        if _is_cjk(first[0]):
            for at in range(run.start(), run.end()):
                end = min(at + 2, run.end())
                yield Term(plain[at:end], offsets[at][0], offsets[end - 1][1])
        else:
            word = _stem(first[:_MAX_WORD].lower())
            yield Term(word, offsets[run.start()][0], offsets[run.end() - 1][1])


def query_terms(words: str) -> tuple[str, ...]:
    """The terms to look for: a lone letter stays one, and finds what begins with it."""
    found: dict[str, None] = {}
    plain, _ = _normalized(words)
    for run in _RUN.finditer(plain):
        pieces = [term.text for term in terms(run[0])]
        if len(pieces) > 1 and _is_cjk(run[0][0]):
            pieces.pop()
        found.update(dict.fromkeys(pieces))
    return tuple(found)


def is_lone_letter(term: str) -> bool:
    return len(term) == 1 and _is_cjk(term)


def _is_cjk(char: str) -> bool:
    return re.match(f"[{_CJK}]", char) is not None


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    return stem(word) if word.isascii() and word.isalpha() else word


def _normalized(text: str) -> tuple[str, list[tuple[int, int]] | _Identity]:
    plain = normalize("NFKC", text)
    if plain == text:
        return plain, _Identity()
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        piece = normalize("NFKC", cluster[0])
        pieces.append(piece)
        offsets += [cluster.span()] * len(piece)
    return "".join(pieces), offsets


class _Identity:
    """Offsets of a text that normalisation leaves as it is."""

    def __getitem__(self, index: int) -> tuple[int, int]:
        return index, index + 1
