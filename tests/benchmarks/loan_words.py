"""Whether what is written in katakana is found by its English word, and the other way round.

Each row has a query, and the title and text of the one entry that answers it. All rows' entries
are one knowledge base. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cannery

_HERE = Path(__file__).parent / "loan_words"
_AMONG = 3
_Row = tuple[str, str]  # a query, and the id of its answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true", help="the half that is not tuned on")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        root = Path(place) / "base"
        rows = {name: [*_write(root, name)] for name in ("open", "kept")}
        _score(root, rows["kept" if asked.kept else "open"])


def _write(root: Path, name: str) -> Iterator[_Row]:
    """Make an article of each row of a file."""
    folder = root / "kb" / "articles" / name
    folder.mkdir(parents=True)
    (root / "kb" / "kb.toml").touch()
    for number, row in enumerate((_HERE / f"{name}.tsv").read_text("utf-8").splitlines()):
        query, title, text = row.split("\t")
        front = json.dumps({"title": title}, ensure_ascii=False)
        (folder / f"{number}.md").write_text(f"---\n{front}\n---\n{text}\n", "utf-8")
        yield query, f"articles/{name}/{number}"


def _score(root: Path, rows: list[_Row]) -> None:
    first, among, all_of = Counter[str](), Counter[str](), Counter[str]()
    with cannery.open(root) as base:
        for query, id_ in rows:
            found = [hit.at.id for hit in base.search(query, limit=_AMONG)]
            asked_in = "English" if query.isascii() else "katakana"
            all_of[asked_in] += 1
            first[asked_in] += found[:1] == [id_]
            among[asked_in] += id_ in found
            if found[:1] != [id_]:
                sys.stdout.write(f"{query}: {', '.join(found)} (wanted: {id_})\n")
    for asked_in, count in all_of.items():
        sys.stdout.write(
            f"{asked_in}: {first[asked_in]} of {count} first, {among[asked_in]} among {_AMONG}\n"
        )


if __name__ == "__main__":
    main()
