"""MinHash: a small signature of what a text says, which estimates how much two texts share.

It holds the smallest hashes of all word pairs (of three letters in Japanese or Chinese, which has
no spaces), and those of all words: fair samples, so that the share of hashes in both signatures
estimates the share of the texts in both (Broder 1997, "On the resemblance and containment of
documents"). Few texts have many word pairs in common, so these find the candidates; a text that
was reworded still has its words. Where paragraphs stand makes no difference. Code does not count:
translations have the same.
"""

from __future__ import annotations

import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

from cannery.content.markdown import Token

SIZE = 96  # hashes of word pairs, and as many of words; an estimate is off by some 5 %
_LEAST = 30  # word pairs: a text of fewer is too short to be judged
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPACED_WORDS = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])(?=([\u3040-\u30ff\u3400-\u9fff])?)|([^\W_]+)")
_MASK = 0xFFFFFFFF


class MinHash(NamedTuple):
    """Hashes in rising order."""

    pairs: Sequence[int]
    words: Sequence[int]


def minhash(tokens: Iterable[Token]) -> str:
    """The MinHash of a text's Markdown tokens, in base64; empty if the text is too short."""
    texts = (token.content for token in tokens if token.type == "inline")
    words = [*map(_hash, chain.from_iterable(map(_words, texts)))]
    pairs = {(one * 0x9E3779B1 + two * 0x85EBCA6B) & _MASK for one, two in pairwise(words)}
    return f"{_packed(pairs)} {_packed(words)}" if len(pairs) >= _LEAST else ""


def unpack(minhash: str) -> MinHash:
    return MinHash(*(array("I", b64decode(packed)) for packed in minhash.split()))


def _packed(hashes: Iterable[int]) -> str:
    return b64encode(array("I", sorted(set(hashes))[:SIZE]).tobytes()).decode()


def _words(text: str) -> Iterable[str]:
    text = text.lower()
    if text.isascii() or not _JAPANESE.search(text):
        return _SPACED_WORDS.findall(text)
    return map("".join, _WORDS.findall(text))


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))
