"""Values of parts, and the words that a desk has for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from cannery.exchange.desks.texts.item import Parts
from cannery.model.desk import Content

Words = Mapping[str, str]


def texts(values: Content) -> list[str]:
    """A list of texts; a text alone as a list of one, anything else as none."""
    if isinstance(values, list | tuple):
        return [str(value) for value in values]
    return [values] if isinstance(values, str) and values else []


def ours(words: Words, there: str) -> str:
    """Our word for one of a desk's; the desk's where we have none."""
    return next((word for word, other in words.items() if other == there), there)


def theirs(words: Words, word: Content) -> str:
    """The desk's word for one of ours; one of the desk's own as it is."""
    return words.get(str(word), str(word))


def kept_words(parts: Parts, words: Mapping[str, Words]) -> dict[str, Content]:
    """Those of the parts that a desk has words for, as they come back."""
    return {
        name: ours(its, its[str(parts[name])])
        for name, its in words.items()
        if str(parts.get(name)) in its
    }


def kept_lists(parts: Parts, names: Iterable[str]) -> dict[str, Content]:
    """Those of the parts that are lists, such as tags, in the order of the alphabet."""
    return {name: sorted(texts(parts[name])) for name in names if parts.get(name)}


def statuses(options: Mapping[str, str], words: Words) -> Words:
    """What a desk calls our statuses; `status_pending` of its options is its word for pending."""
    own = {
        name.removeprefix("status_"): word
        for name, word in options.items()
        if name.startswith("status_")
    }
    return {**words, **own}


def iso_time(seconds: object) -> str:
    """ISO 8601 of a number of seconds since 1970; empty for anything else."""
    if not isinstance(seconds, int | float) or not 0 < seconds < 1e11:  # noqa: PLR2004 - far off
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_later(time: str, since: str) -> bool:
    """Whether a desk's time is after another one; what can't be compared is."""
    try:
        found, other = datetime.fromisoformat(time), datetime.fromisoformat(since)
    except ValueError:
        return True
    return found.astimezone(UTC) > other.astimezone(UTC)
