"""The words of a query -> the terms to look for, by how much each tells."""

from __future__ import annotations

import re
from unicodedata import normalize

from cannery.content.search_words import is_stop_word, search_words
from cannery.search.spelling import folded
from cannery.search.tokens import counts, is_compound, joined, last_letters, stemmed
from cannery.util.lazy_pattern import LazyPattern

_HIRAGANA = re.compile("[ぁ-ゟ]")
_ALL_HIRAGANA = re.compile("[ぁ-ゟー]+")
# Weights by measuring, one setting for all test sets: grammar written in hiragana tells little.
_HIRAGANA_WEIGHT = 0.3
_MIXED_WEIGHT = 0.5
_TALK_WEIGHT = 0.5
_LEAST_WITH_TALK = 3  # terms: `how to`, alone, is what is looked for
_COMPOUND_WEIGHT = 0.1
_JOINED_WEIGHT = 0.2
# A long word of katakana or of Hangul has many pairs of letters, and is one word all the same.
_SPELT = LazyPattern("[ァ-ヺー]{3,}|[\uac00-\ud7a3]{3,}")
_SPELT_POWER = -0.3
_PARTICLE_WEIGHT = 0.5  # of the last pair of a Korean word: a particle ends it

_TALK = frozenset(map(stemmed, search_words()["talk"].split()))


def query_terms(words: str) -> dict[str, float]:
    """The terms to look for, by their weight. A repeated word counts for more, but not twice.

    Stop words are left out, unless there is nothing else, and what people say around what they
    look for counts half.
    """
    plain = normalize("NFKC", words)
    ends, whole = last_letters(plain), joined(plain)
    # A lone letter is looked for only where it stands alone.
    all_of = {term: times - ends[term] for term, times in counts(words).items()}
    found = {term: times for term, times in all_of.items() if times > 0}
    telling = {term: times for term, times in found.items() if not is_stop_word(term)}
    if not telling:
        return dict.fromkeys(found, 1.0)
    talk = _TALK if len(telling) >= _LEAST_WITH_TALK else frozenset[str]()
    shares = _shares(plain)
    return {
        term: _weight(term, is_joined=whole[term] == times, is_talk=term in talk)
        * shares.get(term, 1.0)
        * times**0.5
        for term, times in telling.items()
    }


def _shares(plain: str) -> dict[str, float]:
    """How much a pair of letters counts of the words that are spelt by sound, by pair."""
    shares: dict[str, float] = {}
    if plain.isascii():
        return shares
    for word in _SPELT.findall(folded(plain)):
        share = (len(word) - 1) ** _SPELT_POWER
        for at in range(len(word) - 1):
            pair = word[at : at + 2]
            ends = at == len(word) - 2 and pair > "\uabff"
            shares[pair] = max(share * (_PARTICLE_WEIGHT if ends else 1.0), shares.get(pair, 0.0))
    return shares


def _weight(term: str, *, is_joined: bool, is_talk: bool) -> float:
    if is_talk:
        return _TALK_WEIGHT
    if is_joined:
        return _JOINED_WEIGHT
    if _HIRAGANA.search(term):
        return _HIRAGANA_WEIGHT if _ALL_HIRAGANA.fullmatch(term) else _MIXED_WEIGHT
    return _COMPOUND_WEIGHT if is_compound(term) else 1.0
