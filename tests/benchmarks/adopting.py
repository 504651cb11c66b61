"""What a newcomer gets who brings a body of articles: each command on it, with time and findings.

python tests/benchmarks/adopting.py BODIES [--only NAME]... [--out FOLDER]

BODIES is a folder that `bodies.py` made. Each body is copied. What `kb` adopts in place is adopted
there; a wiki or a help center is imported into a knowledge base of its own. Then `find`, `check`,
`history`, `propose` and both builds of the site are run as a person would, and one line of a table
is printed for each body.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

KB = (sys.executable, "-m", "cannery")
IMPORTED = frozenset(("dokuwiki", "mediawiki", "zendesk"))
SCREEN = 24  # lines
_WORD = re.compile(r"[^\W\d_]{4,}")
_HEAD = (
    "| body | pages | adopt s | find | check s | errors | warnings | screen lines | history | propose"
    " | lenient s | strict |"
)


class Run(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float


class Body(NamedTuple):
    """A copy of a body: `root` is the knowledge base, `source` what is imported, if it is."""

    name: str
    root: Path
    source: Path | None


def run(folder: Path, *arguments: str | Path) -> Run:
    begin = time.perf_counter()
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
    done = subprocess.run(
        [*KB, *map(str, arguments)], cwd=folder, env=environment,
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr, time.perf_counter() - begin)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def prepare(bodies: Path, name: str, folder: Path) -> Body:
    """A copy with a remote that takes its proposals."""
    copy = folder / name
    shutil.copytree(bodies / name, copy, symlinks=True)
    root, source = copy, None
    if name in IMPORTED:
        root, source = folder / f"{name}-kb", copy
        root.mkdir()
        run(root, "init", ".")
        if not (root / ".git").exists():
            git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "Begin")
    remote = folder / f"{name}.git"
    git(folder, "init", "-q", "--bare", "-b", "main", str(remote))
    branch = (root / ".git/HEAD").read_text().strip().rpartition("/")[2]
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "-q", "-u", "origin", branch)
    git(root, "remote", "set-head", "origin", branch)
    return Body(name, root, source)


def words_of(root: Path) -> str:
    """Two words of a title: what anyone would look for first."""
    listed = json.loads(run(root, "find", "--json", "--limit", "50", "a").out or "[]")
    hits = listed if isinstance(listed, list) else listed.get("hits", [])
    titles = [str(hit.get("title", "")) for hit in hits]
    found = [word for title in titles for word in _WORD.findall(title)]
    return " ".join(found[:2]) or "install"


def measured(body: Body) -> Iterator[str]:
    root = body.root
    source = (str(body.source), "--into", "brought") if body.source else ()
    adopt = run(root, "adopt", *source, "--yes")
    again = run(root, "adopt", *source, "--yes")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Adopt")
    git(root, "push", "-q", "origin", "HEAD")
    check = run(root, "check", "--json")
    data = json.loads(check.out)
    problems = data["problems"] if isinstance(data, dict) else data
    errors = sum(item["severity"] == "error" for item in problems)
    screen = run(root, "check", "--statistics")
    entry = json.loads(run(root, "find", "--json", words_of(root)).out)
    hits = entry if isinstance(entry, list) else entry["hits"]
    first = hits[0] if hits else {}
    history = run(root, "history", str(first.get("id", "-")))
    path = root / str(first.get("path", "kb/kb.toml"))
    if path.is_file():
        with path.open("a", encoding="utf-8") as file:
            file.write("\nOne more line.\n")
    propose = run(root, "propose", "--why", "To try it.", "--yes")
    git(root, "checkout", "-q", "--", ".")
    lenient = run(root, "site", "build", "--lenient", "--audience", "internal")
    strict = run(root, "site", "build", "--audience", "internal")
    yield body.name
    yield str(_pages(screen.out + screen.err))
    yield _seconds(adopt) + ("" if again.code == 0 else " (again fails)")
    yield "yes" if hits else "no"
    yield _seconds(check, ok=(0, 1))
    yield str(errors)
    yield str(len(problems) - errors)
    yield str(len((screen.out + screen.err).splitlines()))
    yield "yes" if history.code == 0 and history.out.strip() else "no"
    yield "yes" if propose.code == 0 else "no: " + _first(propose.err)
    yield _seconds(lenient)
    yield "yes" if strict.code == 0 else _first(strict.err)


def _pages(statistics: str) -> str:
    """`Checked 57 entries: ...` says how many."""
    found = re.search(r"Checked ([\d,]+) entr", statistics)
    return found[1] if found else "?"


def _seconds(done: Run, ok: Sequence[int] = (0,)) -> str:
    return f"{done.seconds:.1f}" if done.code in ok else "no: " + _first(done.err)


def _first(text: str) -> str:
    return (text.strip().splitlines() or ["?"])[0][:60].replace("|", "/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bodies", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    names = sorted(
        path.name
        for path in options.bodies.iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )
    sys.stdout.write(f"{_HEAD}\n|{' --- |' * 12}\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            if not options.only or name in options.only:
                row = measured(prepare(options.bodies, name, folder))
                sys.stdout.write(f"| {' | '.join(row)} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
