"""Why a hit is where it is: the amounts that its score is the sum of."""

from __future__ import annotations

from typing import Literal, NamedTuple

# What adds to a score or takes from it: a term that stands in the entry, words that stand there
# side by side as they were typed, a title or a shortcut that is the query, what is lacking of the
# query, what the entry is, and how near it is to the query in meaning. A query without words is
# nothing but filters, and all that passes has the same score.
Reason = Literal[
    "term",
    "adjacent",
    "title",
    "shortcut",
    "coverage",
    "filter",
    "usage",
    "overdue",
    "meaning",
]

# How a term comes from what was typed. `form`: the same word, folded, stemmed or joined.
# `beginning`, `spelling`, `katakana`: what stands for a word that no entry has. `letter`: a pair
# that begins with a lone letter. `unfinished`: what the last word may become while it is typed.
# `spelt`: the same word in katakana, in English or written apart, where an entry has only that.
# `phrase`: it stands just as it was typed or quoted. `reading`: it is what was typed, as it sounds.
Relation = Literal[
    "form",
    "beginning",
    "spelling",
    "katakana",
    "letter",
    "unfinished",
    "synonym",
    "spelt",
    "phrase",
    "reading",
]


class ScorePart(NamedTuple):
    """One amount of a score.

    `term`: as the index has it; `typed` and `relation`: what it comes from, empty where it is what
    was typed. `fields`: how much of the amount is from the title, from headings and from the text.
    `lacks`: the terms that the entry does not have.
    """

    name: Reason
    amount: float
    term: str = ""
    typed: str = ""
    relation: Relation | Literal[""] = ""
    fields: tuple[tuple[str, float], ...] = ()
    lacks: tuple[str, ...] = ()


class Explanation(NamedTuple):
    """The parts of a score, which they add up to in all of its four places.

    `path`: the file that has the score, which may be another variant than the one shown.
    """

    path: str
    parts: tuple[ScorePart, ...]
