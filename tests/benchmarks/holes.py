"""How often each pattern of a hole finds something in texts that were not written as macros.

python tests/benchmarks/holes.py FOLDER [--every 1] [--show 3]

What is found in finished texts is a false alarm, or shows how to write a placeholder.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from cannery.content.holes import ROWS, holes_in_template
from cannery.content.split import split


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="of so many files, one")
    parser.add_argument("--show", type=int, default=3, help="examples of each")
    asked = parser.parse_args()
    files: Counter[str] = Counter()
    found: Counter[str] = Counter()
    examples: defaultdict[str, Counter[str]] = defaultdict(Counter)
    paths = sorted(asked.folder.rglob("*.md*"))[:: asked.every]
    for path in paths:
        body = split(path.read_text("utf-8", errors="replace")).body
        holes = holes_in_template(body)
        found.update(hole.kind for hole in holes)
        files.update({hole.kind for hole in holes})
        for hole in holes:
            examples[hole.kind][hole.written[:40]] += 1
    lines = [
        f"{len(paths)} files",
        "",
        "| pattern | found | files | such as |",
        "| --- | --- | --- | --- |",
    ]
    for row in ROWS:
        kind = row["kind"]
        such = ", ".join(f"`{written}`" for written, _ in examples[kind].most_common(asked.show))
        shown = kind.replace("|", r"\|")
        lines.append(f"| `{shown}` | {found[kind]} | {files[kind]} | {such} |")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
