"""How much a term is a topic, by where an index has it, in whatever language.

Words that writers say around their subject stand once in many texts and in few titles. What a text
is about is said again, and in titles. Compare the burstiness of Church and Gale, "Inverse Document
Frequency (IDF): A Measure of Deviations from Poisson", 1995.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cannery.search.segment import PostingList

# Weights by measuring, one setting for all test sets.
_POWER = 0.2
_LEAST = 0.4
_UNSURE = 20  # texts: what fewer of them say is taken for little
_AGAIN = 1.5  # times a usual term is said again in a text that has it
_DISTINCT = 2.5  # occurrences that a usual term has in such a text: a title has it once
_LOOKED_AT = 1000  # texts of a segment: as good as all


def usual_in_titles(title_length: float, text_length: float) -> float:
    """Of the texts with a usual term, the share with it in the title, by the mean lengths."""
    return _DISTINCT * title_length / text_length


def topicality(texts: Sequence[PostingList], titles: int, usual: float) -> float:
    """What a term's weight is multiplied by, at most 1.

    `texts`: its postings; `titles`: how many titles have it; `usual`: see `usual_in_titles`.
    """
    known = sum(len(numbers) for numbers, _ in texts)
    looked_at = sum(min(len(numbers), _LOOKED_AT) for numbers, _ in texts)
    times = sum(sum(islice(counts, _LOOKED_AT)) for _, counts in texts)
    again = (times / looked_at - 1) * known if looked_at else 0.0
    repeats = (again / _AGAIN + _UNSURE) / (known + _UNSURE)
    entitles = (titles / usual + _UNSURE) / (known + _UNSURE)
    return max(min(float((repeats * entitles) ** _POWER), 1.0), _LEAST)
