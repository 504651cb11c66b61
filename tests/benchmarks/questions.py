"""Whether our own kb/ answers what is asked of it: 80 judged questions, half of them kept back.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import cannery

_HERE = Path(__file__).parent / "questions"
_ROOT = Path(__file__).parents[2]
_AMONG = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true", help="the half that is not tuned on")
    asked = parser.parse_args()
    rows = (_HERE / f"{'kept' if asked.kept else 'open'}.tsv").read_text("utf-8").splitlines()
    first, among, all_of = Counter[str](), Counter[str](), Counter[str]()
    with cannery.open(_ROOT) as base:
        for row in rows:
            language, question, ids = row.split("\t")
            found = [hit.at.id for hit in base.search(question, limit=_AMONG)]
            right = ids.split()
            all_of[language] += 1
            first[language] += bool(found) and found[0] in right
            among[language] += any(id_ in right for id_ in found)
            if not found or found[0] not in right:
                sys.stdout.write(f"{question}: {', '.join(found)} (wanted: {ids})\n")
    for language, count in all_of.items():
        sys.stdout.write(
            f"{language}: {first[language]} of {count} first, {among[language]} among {_AMONG}\n"
        )


if __name__ == "__main__":
    main()
