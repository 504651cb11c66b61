"""What a capture finds of a marked reply, and what it takes for personal that is not."""

from __future__ import annotations

from typing import NamedTuple

from cannery.capture.personal import personal
from cannery.capture.personal_span import PersonalSpan
from tests.capture.marked import Reply


class Score(NamedTuple):
    """Of one reply: what there is, and what of it went wrong."""

    wanted: int
    proposed: int
    missed: list[str]
    false: list[str]
    wrong: list[str]


def score(reply: Reply) -> Score:
    spans = personal(reply.text, own_host="help.example.com")
    # All of it but a letter: a part of a name is still somebody's name.
    missed = [
        reply.text[start:end]
        for start, end in reply.personal
        if not any(it.start <= start + 1 and it.end >= end - 1 for it in spans)
    ]
    false, wrong = [], []
    for it in spans:
        facts = _facts(reply, it)
        if not facts:
            false.append(f"{it.text} ({it.placeholder.label})")
        if it.placeholder.source and it.placeholder.source not in facts:
            wrong.append(f"{it.text} ({it.placeholder.source})")
    return Score(len(reply.personal), len(spans), missed, false, wrong)


def _facts(reply: Reply, span: PersonalSpan) -> list[str]:
    """The places in the ticket of what a span lies over."""
    return [
        fact
        for (start, end), fact in zip(reply.personal, reply.facts, strict=True)
        if start < span.end and span.start < end
    ]
