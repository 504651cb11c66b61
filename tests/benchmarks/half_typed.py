"""Whether the first hit of a query is shown when half of its letters are typed.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.benchmarks.relevance import read, write

import cannery

_QUERIES = 100
_SHOWN = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    folders = sorted(path for path in parser.parse_args().sets.iterdir() if path.is_dir())
    pool = [
        (folder, query["text"]) for folder in folders for query in read(folder / "queries.jsonl.gz")
    ]
    chosen = random.Random(1).sample(pool, _QUERIES)  # noqa: S311 - the same ones in each run
    seen: Counter[str] = Counter()
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
            write(folder, Path(place) / "base")
            with cannery.open(Path(place) / "base") as base:
                for text in (text for where, text in chosen if where == folder):
                    whole = base.search(text, limit=1, snippets=False)
                    if not whole:
                        continue
                    half = text[: (len(text) + 1) // 2]
                    shown = base.search(half, limit=_SHOWN, typing=True, snippets=False)
                    ids = [hit.at.id for hit in shown]
                    language = "English" if text.isascii() else "Japanese"
                    seen[f"{language} queries"] += 1
                    seen[f"{language} shown"] += whole[0].at.id in ids
                    seen[f"{language} first"] += whole[0].at.id == ids[0] if ids else False
    for name, count in sorted(seen.items()):
        sys.stdout.write(f"{name}: {count}\n")


if __name__ == "__main__":
    main()
