"""Kill `kb propose`, `sync` and `restore` at each of their file and git steps, and see what is left.

python tests/benchmarks/kills.py [--trip NAME] [--every 1]

A step is an audit event of Python that changes something: a file opened for writing, renamed,
removed, made, and each process that is started. The process kills itself (SIGKILL) just before the
step. Afterwards `git fsck` must be clean, each file of the user's as it was or as it shall be, and
the same command, run again, must end as if nothing had happened.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ARTICLE = "---\ntitle: {}\ntags: [a]\nowner: me\n---\nFirst line.\n\nSecond line.\n\nThird line.\n"
KILLER = """
import os, signal, sys
_at, _log, _count = int(os.environ["KILL_AT"]), os.environ["KILL_LOG"], 0
_steps = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod", "os.link",
          "subprocess.Popen", "shutil.rmtree", "tempfile.mkdtemp")
def _hook(event, arguments):
    global _count
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event == "open" and not writes and arguments[1] is None and isinstance(arguments[2], int):
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR) and "/dev/" not in str(arguments[0])
    if event in _steps or writes:
        if "cannery/" in str(arguments[0]) and "check.json" in str(arguments[0]):
            return
        _count += 1
        if _count == _at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(_hook)
import atexit
def _told():
    os.environ.pop("KILL_AT", None)
    fd = os.open(_log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(fd, str(_count).encode()); os.close(fd)
_exit = os._exit
def _end(code):
    _told(); _exit(code)
os._exit = _end
"""


class Trip(NamedTuple):
    """A situation, the command that is killed in it, and the exit code that it ends with."""

    prepare: Callable[[Path], None]
    command: tuple[str, ...]
    code: int = 0


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / "kb" / "articles" / f"{name}.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def push(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A change")
    git(root, "push", "-q", "origin", "HEAD:main")


def make(root: Path) -> None:
    """A bare remote, a clone of the user's, and one of a colleague's."""
    git(root, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(root, "clone", "-q", "remote.git", "other")
    articles = root / "other" / "kb" / "articles"
    articles.mkdir(parents=True)
    (root / "other" / "kb" / "kb.toml").touch()
    for name in ("one", "two", "three", "four"):
        (articles / f"{name}.md").write_text(ARTICLE.format(name), "utf-8")
    git(root / "other", "checkout", "-q", "-b", "main")
    push(root / "other")
    git(root, "clone", "-q", "remote.git", "mine")


def mine_edits(root: Path) -> None:
    edit(root / "mine", "one", "First", "1st")
    (root / "mine" / "kb" / "articles" / "new.md").write_text("---\ntitle: New\n---\nx\n")
    (root / "mine" / "kb" / "articles" / "four.md").unlink()


def theirs_edit(root: Path) -> None:
    edit(root / "other", "one", "Third", "3rd")
    edit(root / "other", "two", "First", "1st")
    (root / "other" / "kb" / "articles" / "added.md").write_text(ARTICLE.format("added"))
    (root / "other" / "kb" / "articles" / "three.md").unlink()
    push(root / "other")


def both_edit(root: Path) -> None:
    theirs_edit(root)
    mine_edits(root)


def meet(root: Path) -> None:
    both_edit(root)
    edit(root / "mine", "two", "First", "mine")


def proposed_before(root: Path) -> None:
    mine_edits(root)
    kb(root, "propose", "--yes")
    edit(root / "mine", "one", "Second", "2nd")


def offline_before(root: Path) -> None:
    mine_edits(root)
    (root / "remote.git").rename(root / "away")
    kb(root, "propose", "--yes")
    (root / "away").rename(root / "remote.git")


def merged_before(root: Path) -> None:
    proposed_before(root)
    kb(root, "propose", "--yes")
    branch = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)", "refs/heads/kb")
    git(root / "other", "pull", "-q", "origin", "main")
    git(root / "other", "fetch", "-q")
    git(root / "other", "merge", "-q", "--squash", f"origin/{branch}")
    push(root / "other")


def synced_before(root: Path) -> None:
    both_edit(root)
    kb(root, "sync")


def two_commits(root: Path) -> None:
    edit(root / "mine", "one", "First", "1st")
    git(root / "mine", "commit", "-q", "-a", "-m", "x")


TRIPS = {
    "propose": Trip(mine_edits, ("propose", "--yes")),
    "propose, the team is ahead": Trip(both_edit, ("propose", "--yes")),
    "propose again": Trip(proposed_before, ("propose", "--yes")),
    "propose --resume": Trip(offline_before, ("propose", "--resume")),
    "sync": Trip(theirs_edit, ("sync",)),
    "sync, both have edited": Trip(both_edit, ("sync",)),
    "sync, a conflict": Trip(meet, ("sync",), 1),
    "sync, merged upstream": Trip(merged_before, ("sync",)),
    "restore": Trip(two_commits, ("restore", "one", "--at", "HEAD~1")),
    "undo of a sync": Trip(synced_before, ("undo",)),
    "undo of a proposal": Trip(proposed_before, ("undo",)),
}


def kb(root: Path, *arguments: str, at: int = 0) -> tuple[int, str, int]:
    """Run `kb` in the user's clone; exit code, talk, and how many steps it had."""
    log = root / "steps"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "KILL_AT": str(at), "KILL_LOG": str(log)}
    environment |= {"PYTHONPATH": str(root / "killer"), "XDG_CACHE_HOME": str(root / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "cannery", *arguments],
        cwd=root / "mine",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr, int(log.read_text()) if log.exists() else 0


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def end(root: Path) -> tuple[object, ...]:
    """All that must be the same, whatever happened on the way."""
    refs = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)")
    trees = {ref: git(root / "remote.git", "ls-tree", "-r", ref) for ref in refs.split()}
    mine = root / "mine"
    return (
        files(mine),
        git(mine, "status", "--porcelain"),
        git(mine, "rev-parse", "HEAD^{tree}"),
        git(mine, "for-each-ref", "refs/cannery"),
        git(mine, "worktree", "list").count("\n"),
        trees,
    )


def faults(
    trip: Trip, before: Path, work: Path, wanted: tuple[object, ...], at: int
) -> Iterator[str]:
    """What is wrong after a kill before one step, and after a second run."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(before, work, symlinks=True)
    git(work / "mine", "remote", "set-url", "origin", str(work / "remote.git"))
    was = files(work / "mine")
    code, said, _ = kb(work, *trip.command, at=at)
    if code != -signal.SIGKILL:
        yield f"was not killed: {code} {said}"
    shall = wanted[0]
    assert isinstance(shall, dict)
    now = files(work / "mine")
    for path in {*was, *now, *shall}:
        name = path.rsplit("/", 1)[-1]
        if name.startswith(".kb-"):
            continue  # a draft; it says so
        if now.get(path) not in (was.get(path), shall.get(path)):
            yield f"{path} is neither as it was nor as it shall be"
    checked = subprocess.run(
        ["git", "fsck", "--no-dangling"], cwd=work / "mine", capture_output=True, text=True, check=False
    )  # fmt: skip
    if checked.returncode or checked.stdout.strip():
        yield f"git fsck: {checked.stdout}{checked.stderr}"
    code, said, _ = kb(work, *trip.command)
    if code != trip.code:
        yield f"again: {code} {said}"
    found = end(work)
    left = {name for name in files(work / "mine") if name.rsplit("/", 1)[-1].startswith(".kb-")}
    if left:
        yield f"drafts are left: {left}"
    for what, one, two in zip(
        ("files", "status", "HEAD", "refs", "trees", "remote"), found, wanted, strict=True
    ):
        if one != two:
            yield f"{what} differ: {one!s:.300} / {two!s:.300}"


def measure(name: str, trip: Trip, root: Path, every: int) -> tuple[int, int]:
    before, work = root / "before", root / "work"
    for folder in (before, work):
        shutil.rmtree(folder, ignore_errors=True)
    before.mkdir()
    (before / "killer").mkdir()
    (before / "killer" / "sitecustomize.py").write_text(KILLER)
    make(before)
    trip.prepare(before)
    shutil.copytree(before, work, symlinks=True)
    git(work / "mine", "remote", "set-url", "origin", str(work / "remote.git"))
    code, said, steps = kb(work, *trip.command)
    assert code == trip.code, said
    wanted = end(work)
    lost = 0
    for at in range(1, steps + 1, every):
        wrong = list(faults(trip, before, work, wanted, at))
        lost += bool(wrong)
        for line in wrong:
            sys.stdout.write(f"  {name}, step {at}: {line}\n")
    points = len(range(1, steps + 1, every))
    sys.stdout.write(f"| {name} | {points} | {lost} |\n")
    sys.stdout.flush()
    return points, lost


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trip", choices=TRIPS)
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / ".gitconfig").write_text("[user]\nname = Kim\nemail = kim@example.com\n")
        os.environ.update(HOME=str(home), KB_NO_HELPER="1")
        trips = {asked.trip: TRIPS[asked.trip]} if asked.trip else TRIPS
        counts = [measure(name, trip, Path(folder), asked.every) for name, trip in trips.items()]
    sys.stdout.write(f"| all | {sum(c[0] for c in counts)} | {sum(c[1] for c in counts)} |\n")


if __name__ == "__main__":
    main()
