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

from tests.capture.marked import KEPT_BACK, MORE, OPEN, read
from tests.capture.scored import Score, score


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


def _misses(paths: Sequence[Path], scores: Sequence[Score]) -> Iterator[str]:
    for path, one in zip(paths, scores, strict=True):
        for what in ("missed", "false", "wrong"):
            for text in getattr(one, what):
                yield f"{path.stem}: {what}: {text}\n"


if __name__ == "__main__":
    chosen = KEPT_BACK if "--kept" in sys.argv else MORE if "--more" in sys.argv else OPEN
    main(chosen, lists="--list" in sys.argv and chosen is not KEPT_BACK)
