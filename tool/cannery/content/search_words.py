"""The words and letters that a search treats alike or weighs apart, in `search_words.json`.

The site's scripts read the same file: `site/web/__init__.py` puts it before them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

FILE = Path(__file__).with_name("search_words.json")


class SearchWords(TypedDict):
    """`search_words.json`. What is a list there stands in one text, parted by blanks."""

    stopWords: str  # tell nothing, unless a query has nothing else
    talk: str  # what people say around what they look for
    apart: str  # pairs, parted by commas: compounds that some write as one word
    letters: str  # pairs: a form of a letter that some write, and the one that stands for it
    vSounds: dict[str, str]  # what a ヴ is with the small vowel behind it, or without one
    romaji: str  # pairs, parted by commas: kana, in Latin letters
    typedRomaji: str  # pairs, parted by commas: other ways to type some of those
    umlauts: dict[str, str]  # as they are written without their signs
    ligatures: dict[str, str]  # small letters, and what stands for each where Unicode does not tell


@cache
def search_words() -> SearchWords:
    """The file's content, read once."""
    content: SearchWords = json.loads(FILE.read_text("utf-8"))
    return content


@cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing, unless a query has nothing else."""
    return frozenset(search_words()["stopWords"].split())


def is_stop_word(word: str) -> bool:
    return word.lower() in stop_words()
