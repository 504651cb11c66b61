"""Whether Japanese words inside sentences are found: files counted, beside a plain look at each.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path
from unicodedata import normalize

import cannery

_WORD = re.compile("[一-龠々]{2,5}|[ァ-ヺー]{3,8}|[一-龠々]{1,3}[ァ-ヺー]{2,6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of Markdown files")
    parser.add_argument("--words", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        root = Path(place) / "base"
        shutil.copytree(asked.corpus, root / "kb" / "articles")
        (root / "kb" / "kb.toml").touch()
        texts = {
            str(path.relative_to(root)): normalize("NFKC", path.read_text("utf-8", "replace"))
            for path in (root / "kb" / "articles").rglob("*.md*")
            if path.is_file()
        }
        chance = random.Random(3)  # noqa: S311 - the same words in each run
        known = sorted({word for text in texts.values() for word in _WORD.findall(text)})
        words = chance.sample(known, asked.words)
        wrong = 0
        with cannery.open(root) as base:
            for word in words:
                there = {path for path, text in texts.items() if word in text}
                found = {hit.at.path for hit in base.search(word, limit=len(texts))}
                if not there <= found:
                    wrong += 1
                    sys.stdout.write(
                        f"{word}: not found in {sorted(there - found)[:3]} of {len(there)}\n"
                    )
        sys.stdout.write(
            f"{len(words) - wrong} of {len(words)} words: found in all files that have them\n"
        )


if __name__ == "__main__":
    main()
