"""What `kb health` and the figures of a large knowledge base take, over two years of history.

`python -m tests.benchmarks.knowledge_health [--entries 10000] [--commits 600]`
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.benchmarks.corpus import kb, show, timed
from tests.dated_commits import run

DAY = 86_400
_SECTIONS = ("auth", "billing", "ci", "git", "hadoop", "mail", "net", "sql")
_PEOPLE = 7
_CHANGED = 20  # entries of a commit


def make(root: Path, entries: int, commits: int) -> None:
    """A knowledge base of made-up words, with reviews of any age, whose entries change daily."""
    draw = random.Random(1)  # noqa: S311 - made-up words
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(draw.choices(letters, k=draw.randint(3, 9))) for _ in range(6_000)]
    (root / "kb").mkdir(parents=True)
    (root / "kb/kb.toml").write_text('name = "Large"\nlanguages = ["en", "ja"]\n')
    files = [_entry(root, draw, words, number) for number in range(entries)]
    begin = int(time.time()) - 730 * DAY
    run(root, begin, "A", "init", "-q")
    for number in range(commits):
        for file in draw.sample(files, _CHANGED if number else 0):
            with file.open("a") as text:
                text.write(f"Change {number}.\n")
        at, who = begin + number * 730 * DAY // commits, f"Person {number % _PEOPLE}"
        run(root, at, who, "add", "-A")
        run(root, at, who, "commit", "-q", "-m", "Change")


def _entry(root: Path, draw: random.Random, words: list[str], number: int) -> Path:
    path = root / f"kb/articles/{_SECTIONS[number % len(_SECTIONS)]}/a{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    reviewed = f"202{draw.randint(4, 6)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}"
    header = f"title: Article {number}\nowner: team-{number % 5}\nreviewed: {reviewed}"
    body = " ".join(draw.choices(words, k=200)).capitalize()
    path.write_text(f"---\n{header}\n---\n{body}.\n")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=600)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = str(Path(folder) / "home")  # no cache and no memory of one's own
        root = Path(folder) / "base"
        make(root, chosen.entries, chosen.commits)
        for name in ("check", "health", "insight"):
            act = partial(kb, root, name)
            show(f"kb {name}, the first time", timed(act, 1))
            show(f"kb {name}", timed(act, 3))


if __name__ == "__main__":
    main()
