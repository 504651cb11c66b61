"""Kill `kb` at each of its file and git steps, or at random moments, and see what is left.

python -m tests.benchmarks.kills [--trip NAME] [--every 1] [--random 20 --seed 1]

A step is an audit event of Python that changes something: a file opened for writing, renamed,
removed, made, and each process that is started. The process kills itself (SIGKILL) just before the
step; with `--random` it is killed from outside, at any moment. Its user then goes on: with the same
again, with `kb undo`, or with another command that writes. Afterwards each file, the index, the
branch and the remote must be wholly as before or wholly as after, and `kb undo` must work.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.situations import EDITOR, TRIPS, Trip, git

from cannery.start import main as run_command

_STEPS = frozenset(
    (
        "os.rename",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.symlink",
        "os.chmod",
        "os.link",
        "os.truncate",
        "subprocess.Popen",
        "shutil.rmtree",
        "tempfile.mkdtemp",
    )
)
_REFUSALS = (1, 2)  # of what is done already
_WRITES = os.O_WRONLY | os.O_RDWR
_WITHOUT = ("site", ".site", "__pycache__")  # their own comparison, or none


class Ended(NamedTuple):
    """How a command ended: its exit code or minus a signal, what it said, its steps, its time."""

    code: int
    said: str
    steps: int
    seconds: float


def is_step(event: str, arguments: tuple[Any, ...]) -> bool:
    if event in _STEPS:
        return True
    if event != "open" or "/dev/" in str(arguments[0]):
        return False
    if isinstance(arguments[1], str):
        return bool({*arguments[1]} & {*"wax+"})
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)


def kb(root: Path, *arguments: str, at: int = 0, after: float = 0.0) -> Ended:
    """Run `kb` in the user's folder, in a process that knows all modules already."""
    log, said = root / "steps", root / "said"
    log.unlink(missing_ok=True)
    start = time.monotonic()
    process = os.fork()
    if not process:
        _run(root, arguments, at, said, log)
    if after:
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    seconds = time.monotonic() - start
    with contextlib.suppress(ProcessLookupError):
        while True:  # a git that it has started ends by itself
            os.killpg(process, 0)
            time.sleep(0.01)
    steps = int(log.read_text() or 0) if log.exists() else 0
    return Ended(status, said.read_text("utf-8", "replace"), steps, seconds)


def _run(root: Path, arguments: tuple[str, ...], at: int, said: Path, log: Path) -> None:
    os.setsid()
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    quiet = os.open(os.devnull, os.O_RDONLY)
    for number, to in ((0, quiet), (1, handle), (2, handle)):
        os.dup2(to, number)
    os.chdir(root / "mine")
    for kind in ("CACHE", "STATE", "CONFIG"):
        os.environ[f"XDG_{kind}_HOME"] = str(root / kind.lower())
    os.environ["VISUAL"] = str(root / "editor")
    count = [0]
    me = os.getpid()

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if is_step(event, given) and os.getpid() == me:
            count[0] += 1
            if count[0] == at:
                os.kill(me, signal.SIGKILL)

    sys.addaudithook(hook)
    code = 1
    try:
        run_command(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        steps = count[0]
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        log.write_text(str(steps))
        os._exit(code)


End = Mapping[str, object]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", *_WITHOUT} & {*path.relative_to(folder).parts}
    }


def end(root: Path) -> End:
    """All that must be the same, whatever happened on the way."""
    mine = root / "mine"
    found: dict[str, object] = {"files": files(mine)}
    values = [*(root / "state").rglob("values.json")]
    rows = [json.loads(path.read_bytes()) for path in values]
    found["remembered"] = [{name: row[0] for name, row in known.items()} for known in rows]
    built = mine / "site"
    found["site"] = {
        path.relative_to(built).as_posix(): path.read_bytes()
        for path in built.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }
    if (root / "remote.git").is_dir():
        refs = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)").split()
        found["remote"] = {ref: git(root / "remote.git", "ls-tree", "-r", ref) for ref in refs}
        found["status"] = git(mine, "status", "--porcelain")
        found["HEAD"] = git(mine, "rev-parse", "HEAD^{tree}")
        found["trees"] = git(mine, "worktree", "list").count("\n")
    return found


def put(start: Path, work: Path) -> Path:
    """Make `work` what `start` is; the user's folder stays the same one, for what lies elsewhere."""
    mine = work / "mine"
    for path in [*work.iterdir(), *mine.iterdir()] if mine.is_dir() else ():
        if path != mine:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.copytree(start, work, symlinks=True, dirs_exist_ok=True)
    return work


def kept(work: Path, snapshot: Path) -> Path:
    shutil.rmtree(snapshot, ignore_errors=True)
    shutil.copytree(work, snapshot, symlinks=True)
    return snapshot


class Bench(NamedTuple):
    """A trip that is measured: where it starts, and how it may end."""

    trip: Trip
    before: Path
    root: Path
    ends: Mapping[str, tuple[End, ...]]  # by how the user goes on

    @property
    def work(self) -> Path:
        return self.root / "work"

    def broken(self, kill: Callable[[Path], Ended]) -> Iterator[str]:
        """What is wrong after a kill, for each way to go on."""
        ended = kill(put(self.before, self.work))
        if ended.code == -signal.SIGKILL:
            yield from _unsound(self.work)
            killed = kept(self.work, self.root / "killed")
            for way in self.trip.then:
                yield from self._after(way, killed)

    def _after(self, way: str, killed: Path) -> Iterator[str]:
        work = put(killed, self.work)
        for command, code in _commands(self.trip, way):
            ended = kb(work, *command)
            if ended.code not in (code, *_REFUSALS) or (way != "same" and ended.code):
                yield f"{way}: {' '.join(command)}: {ended.code} {ended.said}"
        found = end(work)
        if found not in self.ends[way]:
            yield f"{way}: neither as before nor as after: {_differing(found, self.ends[way])}"
        left = list((work / "mine" / "kb").rglob(".kb-*"))
        if left:
            yield f"{way}: drafts are left: {left}"


def _commands(trip: Trip, way: str) -> list[tuple[tuple[str, ...], int]]:
    if way == "same":
        return [(trip.command, trip.code)]
    if way == "undo":
        return [(("undo",), 0)]
    return [(("new", "article", "Other"), 0), (("undo",), 0)]


def _unsound(work: Path) -> Iterator[str]:
    if (work / "remote.git").is_dir():
        with contextlib.suppress(Exception):
            git(work / "mine", "fsck", "--no-dangling")
            return
        yield "git fsck finds faults"


def _differing(found: End, ends: tuple[End, ...]) -> str:
    parts = []
    for number, wanted in enumerate(ends):
        for key, value in found.items():
            other = wanted[key]
            if value == other:
                continue
            if isinstance(value, dict) and isinstance(other, dict):
                names = [n for n in {*value, *other} if value.get(n) != other.get(n)]
                parts.append(f"end {number}: {key}: {sorted(names)[:6]}")
            else:
                parts.append(f"end {number}: {key}: {value!s:.200} / {other!s:.200}")
    return "; ".join(parts)


def prepared(trip: Trip, root: Path) -> tuple[Bench, Ended]:
    """The trip as it starts, how it may end, and how it went where nothing is killed."""
    shutil.rmtree(root, ignore_errors=True)
    work = root / "work"
    work.mkdir(parents=True)
    (work / "editor").write_text(EDITOR)
    (work / "editor").chmod(0o755)
    trip.prepare(work, kb)
    before, was = kept(work, root / "before"), end(work)
    ended = kb(work, *trip.command)
    assert ended.code == trip.code, ended.said
    done, is_ = kept(work, root / "done"), end(work)
    same, undone = [is_], [was]
    for start in (before, done) if "undo" in trip.then else ():
        kb(put(start, work), "undo")
        undone.append(end(work))
    if trip.command[0] == "edit":  # what was saved before the kill stays, and is edited once more
        kb(put(done, work), *trip.command)
        same.append(end(work))
    ends = {"same": (*same,), "undo": (*undone,), "other": (was, is_)}
    return Bench(trip, before, root, ends), ended


def _killing(trip: Trip, *, at: int = 0, after: float = 0.0) -> Callable[[Path], Ended]:
    return lambda work: kb(work, *trip.command, at=at, after=after)


def measure(name: str, trip: Trip, root: Path, asked: argparse.Namespace) -> tuple[int, int]:
    bench, ended = prepared(trip, root)
    kills: list[tuple[str, Callable[[Path], Ended]]] = []
    if asked.random:
        chance = random.Random(f"{asked.seed} {name}")  # noqa: S311 - a benchmark
        waits = [chance.uniform(0.0, ended.seconds) for _ in range(asked.random)]
        kills += [(f"{wait:.3f} s", _killing(trip, after=wait)) for wait in waits]
    else:
        step = 1 if asked.all else max(asked.every, trip.every)
        points = range(1, ended.steps + 1, step)
        kills += [(f"step {at}", _killing(trip, at=at)) for at in points]
    lost = 0
    for when, kill in kills:
        wrong = list(bench.broken(kill))
        lost += bool(wrong)
        for line in wrong:
            sys.stdout.write(f"  {name}, {when}: {line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"| {name} | {len(kills)} | {lost} |\n")
    sys.stdout.flush()
    return len(kills), lost


def warm() -> None:
    """Load what commands load, once."""
    from cannery.cli import app as loaded
    from cannery.operations import knowledge_base  # noqa: F401 - to be loaded is all

    loaded.application(tuple(loaded.COMMANDS))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trip", choices=TRIPS, action="append")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="each step of the long trips too")
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warm()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / ".gitconfig").write_text("[user]\nname = Kim\nemail = kim@example.com\n")
        os.environ.update(HOME=str(home), KB_NO_HELPER="1", TMPDIR=folder)
        tempfile.tempdir = None
        trips = {name: TRIPS[name] for name in asked.trip or TRIPS}
        counts = [measure(name, trip, Path(folder) / "root", asked) for name, trip in trips.items()]
    sys.stdout.write(f"| all | {sum(c[0] for c in counts)} | {sum(c[1] for c in counts)} |\n")


if __name__ == "__main__":
    main()
