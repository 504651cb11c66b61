"""How much of what is personal in a reply a capture finds, and how much else it takes for personal.

    python -m tests.benchmarks.capture [--kept]

The replies of `tests/capture/unseen/` were written and marked before the rules that are measured.
Those in `kept/` are looked at by nobody who works on the rules: `--kept` scores them, once.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.capture.marked import KEPT_BACK, OPEN, read

from cannery.capture.personal import personal


def main(paths: list[Path]) -> None:
    found = wanted = false = proposed = wrong = 0
    for path in paths:
        reply = read(path)
        spans = personal(reply.text, own_host="help.example.com")
        wanted += len(reply.personal)
        proposed += len(spans)
        for start, end in reply.personal:
            # All of it but a letter: a part of a name is still somebody's name.
            found += any(it.start <= start + 1 and it.end >= end - 1 for it in spans)
        for it in spans:
            facts = [
                fact
                for (start, end), fact in zip(reply.personal, reply.facts, strict=True)
                if start < it.end and it.start < end
            ]
            false += not facts
            wrong += bool(it.placeholder.source) and it.placeholder.source not in facts
    sys.stdout.write(
        f"{len(paths)} replies\n"
        f"personal parts found: {found} of {wanted} ({found / wanted:.0%})\n"
        f"proposals that are false: {false} of {proposed} ({false / proposed:.0%})\n"
        f"bound to a wrong fact: {wrong}\n"
    )


if __name__ == "__main__":
    main(KEPT_BACK if "--kept" in sys.argv else OPEN)
