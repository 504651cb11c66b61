"""One spelling for the ways in which a word is written: all are found by each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from cannery.content.search_words import search_words
from cannery.util.lazy_pattern import LazyPattern

# サーバー is サーバ, but キー stays: a long vowel at the end of a word of three letters or more.
_LONG_VOWEL = LazyPattern("(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])")
# ヴァイオリン is バイオリン.
_V = LazyPattern("ヴ([ァィェォ]?)")
_WORDS = search_words()
_B = _WORDS["vSounds"]
_VARIANTS = str.maketrans({pair[0]: pair[1] for pair in _WORDS["letters"].split()})
_LIGATURES = _WORDS["ligatures"]
_AGAIN = LazyPattern("([\u4e00-\u9fff])々")
# 一か月, 三箇所: in digits, the number is a run of its own.
_COUNTER = LazyPattern("(?:(?<=[一二三四五六七八九十百数何])|\\A)[カか箇](?=[月所国年条])")
_OKURIGANA = LazyPattern(
    "([\u4e00-\u9fff])(?=[いえきぎけげしじせちってびべみめりれ]([\u4e00-\u9fff]))"
)


def folded(run: str) -> str:
    """A Japanese run in the one spelling that stands for all: `kept` tells what is left out."""
    run = in_usual_letters(without_v(run))
    return _LONG_VOWEL.sub("", run) if "ー" in run else run


def in_usual_letters(run: str) -> str:
    """A Japanese run with one form of each letter, as long as before: 時々 is 時時, か月 ヶ月."""
    run = run.translate(_VARIANTS)
    if "々" in run:
        run = _AGAIN.sub(r"\1\1", run)
    return _COUNTER.sub("ケ", run)


def without_v(run: str) -> str:
    """A Japanese run with バ for ヴァ, and so on."""
    return _V.sub(lambda match: _B[match[1]], run) if "ヴ" in run else run


def kept(run: str) -> list[int]:
    """Where the letters of the folded run stand in the run itself."""
    places = list(range(len(run)))
    if "ヴ" in run:
        dropped = {match.start() + 1 for match in _V.finditer(run) if match[1]}
        places = [at for at in places if at not in dropped]
        run = without_v(run)  # where fewer letters come before a ー
    if "ー" in run:
        dropped = {match.start() for match in _LONG_VOWEL.finditer(run)}
        places = [place for at, place in enumerate(places) if at not in dropped]
    return places


def shortened(run: str) -> Iterator[tuple[str, int, int]]:
    """Pairs of kanji that are written with or without kana between them: 取り消し is 取消."""
    for match in _OKURIGANA.finditer(run):
        yield (match[1] + match[2]).translate(_VARIANTS), match.start(), match.end(2)


def unaccented(text: str) -> str:
    """Small Latin letters without their marks: `café` is cafe, `zürich` zurich, `straße` strasse.

    Marks of other scripts part one letter from another, as in й and が, and stay.
    """
    return text if text.isascii() else "".join(map(_without_mark, text))


@lru_cache(maxsize=1_000)
def _without_mark(char: str) -> str:
    first = normalize("NFD", char)[0]
    return first if first.isascii() else _LIGATURES.get(char, char)
