"""How long a user waits, beside other ways to search. See README.md beside this file.

Whole commands are timed in turns, one of each after the other, so that a busy machine is busy for
all of them; the figures are medians, and ratios to `python -c pass`.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import cannery
from cannery.operations.helper import is_running, socket_path

PEERS = [sys.executable, str(Path(__file__).with_name("peers.py"))]
KB = [str(Path(sys.executable).with_name("kb"))]
TURNS = 15
_RANDOM = random.Random(7)  # noqa: S311 - the same queries in each run


def show(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<44} {figure}\n")
    sys.stdout.flush()


def lay(corpus: Path, root: Path, size: int) -> None:
    """A knowledge base of so many files: some of the corpus, or copies, each with words of its own."""
    found = sorted(path for path in corpus.rglob("*") if path.suffix in (".md", ".mdx"))
    step = max(len(found) // size, 1)
    chosen = found[::step]
    (root / "kb").mkdir(parents=True)
    (root / "kb" / "kb.toml").touch()
    for number in range(size):
        source = chosen[number % len(chosen)]
        copy = number // len(chosen)
        target = root / "kb" / "articles" / f"copy{copy}" / source.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_bytes()
        target.write_bytes(text + f"\n\nword{number} copy{copy}\n".encode() if copy else text)


def run(command: Sequence[str], root: Path, **more: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=root, env={**os.environ, **more},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def size_of(place: Path) -> str:
    paths = [place, *place.rglob("*")]
    return f"{sum(path.stat().st_size for path in paths if path.is_file()) / 1e6:6.0f} MB"


def builds(root: Path, place: Path, *, alone: bool) -> None:
    articles = str(root / "kb" / "articles")
    recoll = _recoll(root, place)
    for name, command, made in (
        ("kb", [*KB, "find", "x", "--json"], place / "cache"),
        (
            "plain Whoosh",
            [*PEERS, "whoosh-build", articles, str(place / "whoosh")],
            place / "whoosh",
        ),
        ("SQLite FTS5", [*PEERS, "fts5-build", articles, str(place / "fts5")], place / "fts5"),
        ("recoll", ["recollindex", "-c", str(recoll)], recoll),
    ):
        if shutil.which(command[0]) and not (alone and name != "kb"):
            seconds, memory = run(command, root, KB_NO_HELPER="1")
            show(
                f"build: {name}", f"{seconds:7.1f} s {memory:6.0f} MB peak, {size_of(made)} on disk"
            )


def _recoll(root: Path, place: Path) -> Path:
    folder = place / "recoll"
    folder.mkdir()
    (folder / "recoll.conf").write_text(f"topdirs = {root}/kb/articles\n")
    (folder / "mimemap").write_text(".md = text/plain\n.mdx = text/plain\n")
    return folder


def commands(root: Path, place: Path, words: str) -> dict[str, Callable[[], float]]:
    def timed(command: Sequence[str], **more: str) -> Callable[[], float]:
        return lambda: run(command, root, **more)[0]

    search = [*KB, "find", words]
    found = {
        "python -c pass": timed([sys.executable, "-c", "pass"]),
        "kb find, no helper": timed(search, KB_NO_HELPER="1"),
        "kb find, helper": timed(search, KB_NO_HELPER=""),
        "typer and plain Whoosh": timed([*PEERS, "whoosh-search", str(place / "whoosh"), words]),
        "SQLite FTS5 from Python": timed([*PEERS, "fts5-search", str(place / "fts5"), words]),
        "recollq": timed(["recollq", "-c", str(place / "recoll"), "-n", "10", words]),
        "ripgrep of the first word": timed(
            ["rg", "-il", words.split(maxsplit=1)[0], str(root / "kb")]
        ),
    }
    programs = {"recollq": "recollq", "ripgrep of the first word": "rg"}
    return {name: act for name, act in found.items() if shutil.which(programs.get(name, "python3"))}


def in_turns(acts: dict[str, Callable[[], float]], turns: int = TURNS) -> None:
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(turns + 1):
        for name, act in acts.items():
            seconds = act()
            if turn:  # the first one warms the disk's cache
                times[name].append(seconds)
    bare = statistics.median(times["python -c pass"])
    for name, taken in times.items():
        middle = statistics.median(taken)
        show(f"search: {name}", f"{middle * 1000:7.1f} ms {middle / bare:6.1f} x")


def changed(root: Path, count: int) -> Callable[[], float]:
    """A search after so many files were changed."""
    paths = sorted((root / "kb" / "articles").rglob("*.md"))

    def act() -> float:
        for path in _RANDOM.sample(paths, count):
            with path.open("a") as file:
                file.write(f"\nchanged {time.time_ns()} times\n")
        time.sleep(0.05)
        return run([*KB, "find", "collector export"], root, KB_NO_HELPER="1")[0]

    return act


def queries(root: Path) -> dict[str, list[str]]:
    """Queries of several kinds, of words that stand in the files."""
    texts = [path.read_text("utf-8", "replace") for path in _sample(root, 400)]
    english = [re.findall(r"\b[a-z]{4,12}\b", text) for text in texts]
    english = [words for words in english if len(words) > 60]
    japanese = [words for text in texts if (words := re.findall("[一-龠ァ-ヴー]{2,6}", text))]
    japanese = japanese or [["返金"]]
    pick = _RANDOM.choice

    def some(words: Sequence[str], count: int) -> str:
        return " ".join(_RANDOM.sample(words, min(count, len(words))))

    def passage(words: Sequence[str], count: int) -> str:
        at = _RANDOM.randrange(max(len(words) - count, 1))
        return " ".join(words[at : at + count])

    return {
        "one to five words": [some(pick(english), _RANDOM.randint(1, 5)) for _ in range(150)],
        "Japanese words": [some(pick(japanese), _RANDOM.randint(1, 3)) for _ in range(100)],
        "a phrase": [f'"{passage(pick(english), 2)}"' for _ in range(50)],
        "a question of 15 words": [passage(pick(english), 15) for _ in range(50)],
        "a slip of the keyboard": [word[:2] + word[3:] for word in map(pick, english[:50])],
        "a pasted text of 5,000 characters": [
            " ".join(pick(english)[:800])[:5000] for _ in range(30)
        ],
        "as you type": [
            word[:end] for word in (some(pick(english), 2) for _ in range(30)) for end in range(2, len(word))
        ],
    }  # fmt: skip


def _sample(root: Path, count: int) -> Iterable[Path]:
    paths = sorted((root / "kb" / "articles").rglob("*.md"))
    return _RANDOM.sample(paths, min(count, len(paths)))


def warm(root: Path) -> None:
    with cannery.open(root) as base:
        base.search("warm")
        start = time.perf_counter()
        base.behind()
        show("no-change check", f"{(time.perf_counter() - start) * 1000:7.1f} ms")
        for kind, asked in queries(root).items():
            times = []
            for words in asked:
                start = time.perf_counter()
                base.search(words, fresh=False, typing=kind == "as you type")
                times.append((time.perf_counter() - start) * 1000)
            times.sort()
            middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
            show(f"warm: {kind}", f"p50 {middle:6.1f} ms, p95 {high:6.1f} ms")


def measure(corpus: Path, size: int, *, turns: int, alone: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        root = place / "base"
        os.environ["XDG_CACHE_HOME"] = str(place / "cache")
        os.environ["XDG_RUNTIME_DIR"] = str(place / "run")
        (place / "run").mkdir(mode=0o700)
        lay(corpus, root, size)
        sys.stdout.write(f"\n{size} files\n")
        builds(root, place, alone=alone)
        helper = subprocess.Popen([*KB, "helper"], stderr=subprocess.DEVNULL)
        while not is_running(socket_path() or ""):
            time.sleep(0.05)
        acts = commands(root, place, "collector export")
        in_turns(dict(list(acts.items())[:3]) if alone else acts, turns)
        helper.terminate()
        helper.wait()
        acts = {
            "python -c pass": lambda: run([sys.executable, "-c", "pass"], root)[0],
            "no file changed": lambda: run([*KB, "find", "collector export"], root, KB_NO_HELPER="1")[0],
            "1 file changed": changed(root, 1),
            "100 files changed": changed(root, 100),
        }  # fmt: skip
        in_turns(acts, turns)
        warm(root)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="Markdown files: a folder, or a tar of one")
    parser.add_argument("--sizes", default="1000,10000", help="as 1000,10000,100000")
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--alone", action="store_true", help="without the peers")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = asked.corpus
        if corpus.is_file():
            with tarfile.open(corpus) as packed:
                packed.extractall(folder, filter="data")
            corpus = Path(folder)
        for size in asked.sizes.split(","):
            measure(corpus, int(size), turns=asked.turns, alone=asked.alone)


if __name__ == "__main__":
    main()
