"""How much of what is personal in a reply a capture finds, and how much else it takes for personal.

    python -m tests.benchmarks.capture [--kept | --more] [--list]

The replies of `tests/capture/unseen/` were written and marked before the rules that are measured.
Those in `kept/` are looked at by nobody who works on the rules: `--kept` scores them, once.
`--more` scores those that the rules were worked on with. `--list` names each miss.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.capture.marked import KEPT_BACK, MORE, OPEN, Reply, read

from cannery.capture.personal import personal
from cannery.capture.personal_span import PersonalSpan


class Score(NamedTuple):
    """Of one reply: what there is, and what of it went wrong."""

    wanted: int
    proposed: int
    missed: list[str]
    false: list[str]
    wrong: list[str]


def main(paths: Sequence[Path], *, lists: bool) -> None:
    scores = [score(read(path)) for path in paths]
    wanted = sum(one.wanted for one in scores)
    found = wanted - sum(len(one.missed) for one in scores)
    proposed = sum(one.proposed for one in scores)
    false = sum(len(one.false) for one in scores)
    wrong = sum(len(one.wrong) for one in scores)
    sys.stdout.write(
        f"{len(paths)} replies\n"
        f"personal parts found: {found} of {wanted} ({found / wanted:.0%})\n"
        f"proposals that are false: {false} of {proposed} ({false / proposed:.0%})\n"
        f"bound to a wrong fact: {wrong}\n"
    )
    if lists:
        sys.stdout.writelines(_misses(paths, scores))


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


def _misses(paths: Sequence[Path], scores: Sequence[Score]) -> Iterator[str]:
    for path, one in zip(paths, scores, strict=True):
        for what in ("missed", "false", "wrong"):
            for text in getattr(one, what):
                yield f"{path.stem}: {what}: {text}\n"


if __name__ == "__main__":
    chosen = KEPT_BACK if "--kept" in sys.argv else MORE if "--more" in sys.argv else OPEN
    main(chosen, lists="--list" in sys.argv and chosen is not KEPT_BACK)
