"""People with a clone and a home of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).parents[3]
MARK = re.compile(r"m[0-9]{4}z")  # what an edit adds: a word that is nowhere else
THEIRS = ".theirs"
LOCK = "kb/desk/zendesk.toml"


class Ended(NamedTuple):
    """How a command ended: its exit code or minus a signal, what it said, its steps."""

    code: int
    said: str
    steps: int


@dataclass
class Server:
    """The process that runs `kb`."""

    requests: IO[str]
    answers: IO[str]
    faults: Sequence[str] = ()

    def run(self, folder: Path, environment: dict[str, str], arguments: Sequence[str], at: int) -> Ended:  # fmt: skip
        asked = {"folder": str(folder), "environment": environment, "arguments": [*arguments], "at": at, "faults": [*self.faults]}  # fmt: skip
        self.requests.write(json.dumps(asked) + "\n")
        self.requests.flush()
        return Ended(**json.loads(self.answers.readline()))


@contextmanager
def kb_server(faults: Sequence[str] = ()) -> Iterator[Server]:
    command = [sys.executable, "-m", "tests.desks.simulation.kb_server"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tool'}", "KB_NO_HELPER": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        yield Server(process.stdin, process.stdout, faults)
        process.stdin.close()


@dataclass
class Person:
    """`kb` and `git` as this person runs them, in their own clone."""

    name: str
    root: Path
    server: Server
    desk: str
    last: dict[str, int] = field(default_factory=dict)  # steps that a command took last time
    copied: set[str] = field(default_factory=set)  # marks that people have written a second time

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def environment(self) -> dict[str, str]:
        home = self.root / f"{self.name}-home"
        desk = {"ADDRESS": self.desk, "CLIENT_ID": "cannery-ci", "CLIENT_SECRET": "s3cret"}
        return {
            "HOME": str(home),
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "STATE", "CONFIG")},
            **{f"CANNERY_DESK_ZENDESK_{key}": value for key, value in desk.items()},
            **{f"GIT_{who}_NAME": self.name for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": f"{self.name}@example.com" for who in ("AUTHOR", "COMMITTER")},
        }  # fmt: skip

    def kb(self, *arguments: str, at: int = 0) -> Ended:
        ended = self.server.run(self.folder, self.environment, arguments, at)
        if not at:
            self.last[" ".join(arguments)] = ended.steps
        if "Traceback" in ended.said or "report" in ended.said.casefold():
            raise AssertionError(ended.said)
        return ended

    def git(self, *arguments: str, check: bool = True) -> str:
        environment = {**os.environ, **self.environment}
        done = subprocess.run(["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def entries(self) -> list[Path]:
        """The files of entries, without those beside a conflict."""
        return sorted(path for kind in ("macros", "articles") for path in (self.folder / "kb" / kind).rglob("*.md"))  # fmt: skip

    def commit(self, what: str) -> None:
        self.git("add", "-A")
        if self.git("status", "--porcelain"):
            self.git("commit", "-qm", what)

    def exchange(self) -> None:
        """Take the team's changes and give one's own; what both have changed is put together."""
        self.commit(f"{self.name}'s work")
        for _ in range(3):
            self.git("fetch", "-q")
            self.git("merge", "-q", "--no-edit", "origin/main", check=False)
            if unmerged := self.git("ls-files", "-u"):
                for path in dict.fromkeys(
                    line.partition("\t")[2] for line in unmerged.splitlines()
                ):
                    self._put_together(path)
                self.git("add", "-A")
                self.git("commit", "-q", "--no-edit")
            for entry in self.entries():
                text = entry.read_text()
                if (better := proofread(text)) != text:
                    entry.write_text(better)
            self.commit("Proofread")
            if "rejected" not in self.git("push", "-q", "origin", "HEAD:main", check=False):
                return

    def _put_together(self, path: str) -> None:
        """Of two versions, one's own with what the other adds; a file that one side keeps stays."""
        base, mine, theirs = (self._stage(number, path) for number in (1, 2, 3))
        if mine is None and theirs is None:  # both have moved or deleted it
            (self.folder / path).unlink(missing_ok=True)
            return
        if path == LOCK:
            text = merged_lock(base or "", mine or "", theirs or "")
        else:
            text = self.with_marks(mine or theirs or "", base or "", (theirs or "") if mine else "")
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def _stage(self, number: int, path: str) -> str | None:
        environment = {**os.environ, **self.environment}
        done = subprocess.run(["git", "show", f":{number}:{path}"], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
        return done.stdout if done.returncode == 0 else None

    def settle_beside(self) -> int:
        """Take what is needed from the desk's side of open conflicts; how many there were."""
        found = sorted((self.folder / "kb").rglob(f"*{THEIRS}"))
        for path in found:
            target = path.with_name(path.name.removesuffix(THEIRS))
            theirs = path.read_text()
            target.write_text(
                self.with_marks(target.read_text() if target.exists() else theirs, "", theirs)
            )
            path.unlink()
        return len(found)

    def with_marks(self, mine: str, base: str, theirs: str) -> str:
        """A text with the edits that another has and neither it nor the base."""
        new = [mark for mark in dict.fromkeys(MARK.findall(theirs)) if mark not in base + mine]
        self.copied |= {*new}
        return mine.rstrip("\n") + "\n" + "".join(f"\nAlso {mark}.\n" for mark in new)


def merged_lock(base: str, mine: str, theirs: str) -> str:
    """All tables of both; of one that both have changed, one's own, as the lock's hint says."""
    before, here, there = map(_tables, (base, mine, theirs))
    tables = {}
    for name in dict.fromkeys([*here, *there]):
        one, other, old = here.get(name), there.get(name), before.get(name)
        kept = other if one == old else one
        if kept is not None:
            tables[name] = kept
    return "\n".join(tables[name] for name in sorted(tables, key=lambda name: (name != "", name)))


def _tables(text: str) -> dict[str, str]:
    pieces = [piece for piece in re.split(r"^(?=\[)", text, flags=re.MULTILINE) if piece.strip()]
    return {piece.partition("\n")[0] if piece.startswith("[") else "": piece.rstrip("\n") + "\n" for piece in pieces}  # fmt: skip


def proofread(text: str) -> str:
    """A file with one line of its status: a merge of two may have both."""
    lines = text.split("\n")
    doubled = [at for at, line in enumerate(lines) if line.startswith("status: ")][1:]
    return "\n".join(line for at, line in enumerate(lines) if at not in doubled)


def as_json(said: str) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a command that may say other things before it."""
    return json.loads(said[said.index("{") :])
