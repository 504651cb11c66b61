"""Whether an entry answers what is asked for, or only can't be found by those words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

# By looking at what is near the labelled searches that are for it.
_NAMED, _SAID = 0.6, 0.7  # of the words of a question
_ABOUT = 0.5  # of what a group is about, by weight
_NEAR = 0.3  # an entry with less of either has little to do with it
_LED = 2  # searches that ended with the entry: one alone may be by chance

Verdict = Literal["missing", "hard to find", "not chosen"]


class Fit(NamedTuple):
    """An entry near a group of questions.

    `named` and `said` are how many of a question's words its names have, and all of it: the mean of
    shares from 0 to 1. `about` is how much of what the group is about its names have, by weight.
    `led` is how many searches went on to it.
    """

    entry: str
    title: str
    named: float
    said: float
    about: float
    led: int = 0


def share(questions: Sequence[Collection[str]], terms: Collection[str]) -> float:
    """How many of a question's terms are among those of an entry: the mean of some questions."""
    shares = [sum(term in terms for term in one) / len(one) for one in questions if one]
    return sum(shares) / len(shares) if shares else 0.0


def weight(weights: Mapping[str, float], terms: Collection[str]) -> float:
    """How much of a group's terms, by their weight, is among those of an entry."""
    return sum(weight for term, weight in weights.items() if term in terms)


def verdict(fits: Sequence[Fit]) -> Verdict:
    """What to do: write the entry; give one that exists the words; or see why it isn't chosen."""
    if any(fit.named >= _NAMED for fit in fits):
        return "not chosen"
    return "hard to find" if unfound(fits) else "missing"


def unfound(fits: Sequence[Fit]) -> Fit | None:
    """The entry that has what is asked for, and isn't found by it; None if none has."""
    led = (fit for fit in fits if fit.led >= _LED)
    said = (fit for fit in fits if fit.said >= _SAID)
    return next(led, None) or next(said, None)


def is_near(fit: Fit) -> bool:
    """Whether an entry is worth a look."""
    return fit.led > 0 or max(fit.said, fit.about) >= _NEAR


def is_close(fit: Fit) -> bool:
    """Whether an entry is about the same, and may answer it although its words are others."""
    return fit.about >= _ABOUT


def best(fits: Sequence[Fit]) -> Fit | None:
    """The entry that the verdict is about; None without any."""
    return max(
        fits,
        key=lambda fit: (fit.led >= _LED, fit.named + fit.said + fit.about, fit.entry),
        default=None,
    )


def are_same(one: Fit | None, other: Fit | None) -> bool:
    """Whether two groups ask for the same, because one entry is named after both."""
    return (
        one is not None
        and other is not None
        and one.entry == other.entry
        and min(one.about, other.about) >= _ABOUT
    )
