"""Random edits on both sides by two people, cut off anywhere: nothing is lost, nothing is twice.

Each edit is a word of its own in one line of a macro, so that at the end it can be looked for.
"""

from __future__ import annotations

import contextlib
import random
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from tests.operations.memory_desk import Killed, MemoryDesk, failing_at, pulled, pushed

from cannery.git.clone import THEIRS
from cannery.model.location import Kind
from cannery.operations.desk_lock import LockWriter
from cannery.operations.writing import settle
from cannery.workspace import open_workspace

_LINES, _MACROS = 4, 4
_WORD = re.compile(r"\bw\d+\b")


def _rewrite(text: str) -> str:
    return text.replace(" & ", " &amp; ")


@dataclass
class Person:
    """Somebody with a clone of the team's repository."""

    root: Path
    dice: random.Random
    words: list[str] = field(default_factory=list)

    def git(self, *arguments: str) -> int:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root, check=False, capture_output=True
        )
        return done.returncode

    def files(self) -> list[Path]:
        return sorted((self.root / "kb/macros").glob("*.md"))

    def edit(self, word: str) -> None:
        path = self.dice.choice(self.files())
        path.write_text(_with_word(path.read_text(), word, self.dice))

    def add(self, word: str) -> None:
        lines = "\n\n".join(f"Line {number}" for number in range(_LINES))
        path = self.root / f"kb/macros/new-{word}.md"
        path.write_text(f"---\ntitle: New {word}\n---\n\n{lines}\n")

    def decide(self) -> None:
        """Decide all conflicts: what either side has is wanted."""
        for beside in (self.root / "kb").rglob(f"*{THEIRS}"):
            path = beside.with_name(beside.name.removesuffix(THEIRS))
            path.write_text(_union(path.read_text(), beside.read_text()))
            beside.unlink()

    def share(self) -> None:
        """Commit, take what the other one has committed, and push."""
        self.git("add", "-A")
        self.git("commit", "-qm", "work")
        self.git("fetch", "-q")
        if self.git("merge", "-q", "--no-edit", "origin/main"):
            for path in self.unmerged():
                (self.root / path).write_text(self.both(path))
                self.git("add", path)
            self.git("commit", "-qm", "merge")
        assert self.git("push", "-q", "origin", "HEAD:main") == 0

    def unmerged(self) -> list[str]:
        done = subprocess.run(
            ["git", "diff", "--name-only", "--diff-filter=U", "-z"],
            cwd=self.root,
            check=True,
            capture_output=True,
            text=True,
        )
        return [path for path in done.stdout.split("\0") if path]

    def both(self, path: str) -> str:
        ours, theirs = (self.stage(number, path) for number in (2, 3))
        return theirs if path.endswith(".toml") else _union(ours, theirs)

    def stage(self, number: int, path: str) -> str:
        shown = ["git", "show", f":{number}:{path}"]
        done = subprocess.run(shown, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout


def _with_word(text: str, word: str, dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.choice([number for number, line in enumerate(lines) if line.startswith("Line")])
    lines[at] += f" & {word}"
    return "\n".join(lines)


def _union(ours: str, theirs: str) -> str:
    """Our text with the words that their lines have and ours have not."""
    words = {line.split(" &")[0]: line for line in theirs.split("\n") if line.startswith("Line")}
    lines = []
    for line in ours.split("\n"):
        theirs_here = _WORD.findall(words.get(line.split(" &")[0], ""))
        more = [word for word in theirs_here if word not in _WORD.findall(line)]
        lines.append(line + "".join(f" & {word}" for word in more))
    return "\n".join(lines)


@dataclass
class World:
    """Two people, a desk, and what happens to them."""

    people: list[Person]
    desk: MemoryDesk
    dice: random.Random
    patch: pytest.MonkeyPatch
    numbers: count[int] = field(default_factory=lambda: count(1))
    words: list[str] = field(default_factory=list)

    def word(self) -> str:
        self.words.append(f"w{next(self.numbers)}")
        return self.words[-1]

    def step(self) -> None:
        person = self.dice.choice(self.people)
        act = self.dice.choices(
            (self.edit_here, self.edit_there, self.add_here, self.add_there, self.trip, self.share),
            (6, 6, 1, 1, 5, 2),
        )[0]
        act(person)

    def edit_here(self, person: Person) -> None:
        person.edit(self.word())

    def edit_there(self, _: Person) -> None:
        record = self.dice.choice([*self.desk.kept.values()] or [None])
        if record:
            body = str(record.parts["body.en"]).replace("&amp;", "&")
            self.desk.edit(record.id, body_en=_with_word(body, self.word(), self.dice))

    def add_here(self, person: Person) -> None:
        person.add(f"{next(self.numbers)}")

    def add_there(self, _: Person) -> None:
        lines = "\n\n".join(f"Line {number}" for number in range(_LINES))
        self.desk.add(Kind.MACRO, title_en=f"Their {next(self.numbers)}", body_en=lines)

    def share(self, person: Person) -> None:
        person.share()

    def trip(self, person: Person, *, cut_off: bool = True) -> None:
        """Pull, decide and push; maybe killed at any request, before it or after it."""
        moment = self.dice.choice(("before", "after"))
        at = len(self.desk.asked) + self.dice.randrange(1, 12)
        workspace = open_workspace(person.root)
        settle(workspace, "pull from memory")
        with self.patch.context() as killed, contextlib.suppress(Killed):
            if cut_off and self.dice.random() < 0.7:
                killed.setattr(self.desk, moment, failing_at(at, Killed()))
                killed.setattr(LockWriter, "close", lambda *_: None)
            pulled(workspace, self.desk)
            person.decide()
            pushed(workspace, self.desk)

    def settle(self) -> None:
        """All take and give what is left, until there is nothing."""
        for _ in range(3):
            for person in self.people:
                person.share()
                self.trip(person, cut_off=False)
                person.share()


def _clones(folder: Path) -> list[Path]:
    """A repository with some macros, and two clones of it."""
    first = folder / "one"
    (first / "kb/macros").mkdir(parents=True)
    (first / "kb/kb.toml").write_text('[desks.memory]\naddress = "https://desk.example.com"\n')
    lines = "\n\n".join(f"Line {number}" for number in range(_LINES))
    for number in range(_MACROS):
        text = f"---\ntitle: Macro {number}\nowner: ana\n---\n\n{lines}\n"
        (first / f"kb/macros/m{number}.md").write_text(text)
    person = Person(first, random.Random(0))  # noqa: S311 - no secret
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "one")):
        person.git(*arguments)
    person.git("clone", "-q", "--bare", ".", str(folder / "remote"))
    person.git("remote", "add", "origin", str(folder / "remote"))
    person.git("fetch", "-q")
    person.git("clone", "-q", str(folder / "remote"), str(folder / "two"))
    return [first, folder / "two"]


def _world(folder: Path, seed: int, patch: pytest.MonkeyPatch) -> World:
    dice = random.Random(seed)  # noqa: S311 - no secret
    people = [Person(root, dice) for root in _clones(folder)]
    return World(people, MemoryDesk(rewrite=_rewrite), dice, patch)


def _run(folder: Path, seed: int, steps: int, patch: pytest.MonkeyPatch) -> None:
    world = _world(folder, seed, patch)
    for _ in range(steps):
        world.step()
    world.settle()
    texts = [path.read_text() for path in world.people[0].files()]
    there = [str(record.parts["body.en"]) for record in world.desk.kept.values()]
    expected = Counter(world.words)
    assert Counter(_WORD.findall("\n".join(texts))) == expected
    assert Counter(_WORD.findall("\n".join(there))) == expected
    assert len(there) == len(texts)
    for person in world.people:
        assert [path.read_text() for path in person.files()] == texts
        before = len(world.desk.writes)
        assert pulled(open_workspace(person.root), world.desk) == []
        assert pushed(open_workspace(person.root), world.desk) == []
        assert len(world.desk.writes) == before


@pytest.mark.parametrize("seed", range(2))
def test_nothing_is_lost_and_nothing_is_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    _run(tmp_path, seed, 25, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_nothing_is_lost_in_many_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    _run(tmp_path, seed, 60, monkeypatch)
