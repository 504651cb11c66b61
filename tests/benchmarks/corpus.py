"""What a user of a large knowledge base waits for. See README.md beside this file."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cannery.content.files import scan
from cannery.content.library import load_each, shelve
from cannery.workspace import open_workspace

RUNS = 5


def kb(root: Path, *arguments: str) -> None:
    """Run `kb` as a user does, in a process of its own."""
    command = [sys.executable, "-m", "cannery", *arguments]
    subprocess.run(command, cwd=root, check=False, capture_output=True)


def timed(act: Callable[[], object], runs: int = RUNS) -> float:
    """The median seconds of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def show(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what:<40} {seconds:8.2f} s\n")
    sys.stdout.flush()


def measure(root: Path) -> None:
    workspace = open_workspace(root)

    def load() -> None:
        shelf = shelve(load_each(workspace, scan(workspace).stamps))
        assert shelf.entries

    def change() -> None:
        (root / "kb/articles/changed.md").write_text(f"# Changed\n\n{time.time_ns()}\n")
        kb(root, "find", "collector")

    show(f"load {len(scan(workspace).stamps)} files", timed(load, 1))
    show("build the index", timed(lambda: kb(root, "find", "collector"), 1))
    show("kb find, index up to date", timed(lambda: kb(root, "find", "collector export")))
    show("kb find after one file changed", timed(change))
    show("kb reply, name exact, printed", timed(lambda: kb(root, "reply", "hello", "--print")))
    show("kb --help", timed(lambda: kb(root, "--help")))


def main() -> None:
    corpus = os.environ.get("CANNERY_CORPUS", "")
    if not Path(corpus or "/nowhere").is_dir():
        sys.exit("Set CANNERY_CORPUS to a folder of Markdown files.")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["XDG_CACHE_HOME"] = str(root / "cache")
        shutil.copytree(corpus, root / "kb" / "articles")
        (root / "kb" / "kb.toml").touch()
        (root / "kb" / "macros").mkdir()
        (root / "kb" / "macros" / "hello.md").write_text("---\ntitle: Hello\n---\nHello\n")
        measure(root)


if __name__ == "__main__":
    main()
