"""Two clones of a remote, a desk, and rounds of edits, pushes, pulls and merges with kills among them.

Afterwards each edit must be in the files or at the desk, or in a conflict that was told; none may be
there twice; and both ends must be equal once all is pushed, pulled and decided.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cannery.exchange.desks.lock import read_lock
from tests.desks.simulation.edits import Here, Ledger, There, entry
from tests.desks.simulation.guide_edits import InGuide
from tests.desks.simulation.marks import goes_out, marks_of, twice
from tests.desks.simulation.people import LOCK, MARK, THEIRS, Person, Server, as_json, kb_server
from tests.desks.simulation.records import Record, records
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

_MOST_CYCLES = 12
_WRITES = ("POST /api", "PUT", "DELETE")
_TWINS = " have the same "
_IN_USE = "retired here and in use"
_QUIET = {"same", "not to go out", "deactivated"}


@dataclass
class Outcome:
    """What a simulation came to. `told` are the conflicts that were told on the way."""

    edits: int = 0
    kills: int = 0
    commands: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)  # what a second push or pull has changed
    told: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.doubled or self.unequal or self.second)


@dataclass
class World:
    chance: random.Random
    fake: FakeZendesk
    people: Sequence[Person]
    ledger: Ledger
    here: Here
    there: There
    guide: InGuide
    outcome: Outcome = field(default_factory=Outcome)
    log: list[str] = field(default_factory=list)

    def play(self, edits: int, kills: int) -> Outcome:
        """Rounds until there were so many edits and kills; then all is settled and looked at."""
        while self.outcome.edits < edits or self.outcome.kills < kills:
            self._round(more_edits=self.outcome.edits < edits, may_kill=self.outcome.kills < kills)
        self.settle()
        self.look()
        return self.outcome

    def _round(self, *, more_edits: bool, may_kill: bool) -> None:
        person = self.chance.choice(self.people)
        for _ in range(self.chance.randint(1, 2) if more_edits else 0):
            at_desk = self.chance.random() < 0.5
            in_guide = bool(self.fake.articles.rows) and self.chance.random() < 0.5
            at = self.guide if in_guide else self.there
            self.log.append(at.edit() if at_desk else self.here.edit(person))
            self.outcome.edits += 1
        act = self.chance.choice(("push", "pull", "exchange", "push", "pull"))
        if act == "exchange":
            person.settle_beside()
            person.exchange()
            self.log.append(f"{person.name} exchange")
        else:
            said = self.command(person, act, kill=may_kill)
            if _TWINS in said:
                self._decide(person)

    def command(self, person: Person, act: str, *, kill: bool) -> str:
        """A push or a pull, which may be killed and is run again then; what it said."""
        arguments = ["desk", act, "zendesk", "--yes"]
        steps = person.last.get(" ".join(arguments), 20)
        while kill and self.chance.random() < 0.8:
            at = self.chance.randint(1, max(2, steps))
            ended = person.kb(*arguments, at=at)
            self.outcome.commands += 1
            if ended.code != -signal.SIGKILL:
                break
            self.outcome.kills += 1
            self.log.append(f"{person.name} {act} killed at {at}")
        ended = person.kb(*arguments)
        self.outcome.commands += 1
        self.log.append(f"{person.name} {act}: {ended.code} {ended.said[-400:]!r}")
        if ended.code not in {0, 1}:
            raise AssertionError(ended.said)
        for line in ended.said.splitlines():
            if "in conflict" in line or "both changed" in line or "just now" in line:
                self.outcome.told[line.split(":")[-1].strip()[:60]] += 1
        return ended.said

    def settle(self) -> None:
        """Push, pull, merge and decide until there is nothing left to do."""
        for _ in range(_MOST_CYCLES):
            for person in self.people:
                person.settle_beside()
                person.exchange()
                self.command(person, "pull", kill=False)
                person.settle_beside()
                person.exchange()
                self.command(person, "push", kill=False)
                person.exchange()
            for person in self.people:
                person.exchange()
            if all(self._is_quiet(person) for person in self.people):
                return
            for person in self.people:
                self._decide(person)

    def _plan(self, person: Person) -> dict[str, Any]:
        ended = person.kb("desk", "diff", "zendesk", "--json")
        plan: dict[str, Any] = as_json(ended.said)
        return plan

    def _is_quiet(self, person: Person) -> bool:
        plan = self._plan(person)
        return not plan["push"] and not plan["pull"] and all(one["state"] in _QUIET for one in plan["left"])  # fmt: skip

    def _decide(self, person: Person) -> None:
        """What no merge can decide: one side is given up by somebody who was told."""
        for one in self._plan(person)["left"]:
            if one["state"] in _QUIET:
                continue
            self.outcome.told[one["why"] or one["state"]] += 1
            self.log.append(f"{person.name} decides {one['entry']} {one['record']}: {one['why']}")
            row = self._records().get(one["record"])
            if _TWINS in one["why"]:
                self._decide_twins(person, one["why"])
            elif row is not None and (_IN_USE in one["why"] or not _files(person, one["entry"])):
                self.ledger.waive(row.text)
                row.delete()
            elif row is None:
                for path in _files(person, one["entry"]):
                    self.ledger.waive(path.read_text())
                    path.unlink()

    def _decide_twins(self, person: Person, why: str) -> None:
        """Of two entries of one record, the one that was there first has all that both say."""
        first, second = (
            _files(person, name) for name in why.split(" have ", maxsplit=1)[0].split(" and ")
        )
        for path in second if first else ():
            other = first[0].with_name(first[0].name.split(".")[0] + "".join(path.suffixes))
            mine = other.read_text() if other.exists() else path.read_text()
            other.write_text(person.with_marks(mine, "", path.read_text()))
            path.unlink()

    def _records(self) -> dict[str, Record]:
        return {one.id: one for one in records(self.fake, self.there.asking)}

    def look(self) -> None:
        """Compare both ends, and run all once more."""
        found = self.outcome
        person = self.people[0]
        rows = [*self._records().values()]
        texts = {path: path.read_text() for path in person.entries()}
        everywhere = "\n".join([*texts.values(), *(row.text for row in rows)])
        found.lost = [f"{mark} ({self.ledger.made[mark]})" for mark in sorted(self.ledger.kept - {*MARK.findall(everywhere)})]  # fmt: skip
        doubled = twice(texts, [row.texts for row in rows])
        found.doubled = [one for one in doubled if one.split()[0] not in person.copied]
        found.unequal = [*self._unequal(person)]
        found.second = [*self._second()]
        for one in self.people[1:]:
            if {path.name: path.read_text() for path in one.entries()} != {path.name: text for path, text in texts.items()}:  # fmt: skip
                found.unequal.append(f"{one.name} has other files than {person.name}")

    def _unequal(self, person: Person) -> Iterator[str]:
        lock = read_lock((person.folder / LOCK).read_bytes())
        rows = self._records()
        known = [one.record for one in lock.entries.values()]
        yield from (f"record {one} is twice in the lock" for one, count in Counter(known).items() if count > 1)  # fmt: skip
        yield from (
            f"record {one} has no entry"
            for one, row in rows.items()
            if row.is_active and one not in known
        )
        for id_, agreed in lock.entries.items():
            files = _files(person, id_)
            row = rows.get(agreed.record)
            if row is None or not files or not goes_out(files[0].read_text()):
                continue
            here, sent = (
                marks_of(files),
                marks_of(path for path in files if goes_out(path.read_text())),
            )
            there = {*MARK.findall(row.text)}
            if alone := sent - there | there - here:
                yield f"{id_}: {sorted(alone)} on one side alone"

    def _second(self) -> Iterator[str]:
        """What another push and pull change, of which there is nothing to change."""
        for person in self.people:
            for act in ("pull", "push", "pull", "push"):
                before = len(self.fake.lines)
                self.command(person, act, kill=False)
                yield from (line for line in self.fake.lines[before:] if line.startswith(_WRITES))
            if changed := person.git("status", "--porcelain"):
                yield f"{person.name}: {changed}"


def _files(person: Person, id_: str) -> list[Path]:
    path = person.folder / f"kb/{id_}.md"
    return [one for one in (path, path.with_suffix(".ja.md")) if id_ and one.exists()]


@contextmanager
def world(
    root: Path, seed: int, faults: Sequence[str] = (), entries: int = 8, articles: int = 0
) -> Iterator[World]:
    """A remote, two clones of it, and a desk that has all entries."""
    fake = FakeZendesk()
    fake.oauth.lasts = 10_000_000
    fake.start()
    chance, ledger = random.Random(seed), Ledger()  # noqa: S311 - a schedule that can be had again
    with kb_server(faults) as server, closing(Asking(fake).client) as client:
        asking = Asking(fake)
        asking.client.close()
        asking.client = client
        people = _clones(root, fake, server, {"macros": entries, "articles": articles}, ledger)
        here, there = Here(chance, ledger, "ann"), There(chance, ledger, fake, asking)
        guide = InGuide(chance, ledger, fake, asking)
        made = World(chance, fake, people, ledger, here, there, guide)
        made.command(people[0], "push", kill=False)
        people[0].exchange()
        people[1].exchange()
        yield made
    fake.stop()


def _clones(
    root: Path, fake: FakeZendesk, server: Server, entries: Mapping[str, int], ledger: Ledger
) -> list[Person]:
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for command in (["init", "-q", "--bare", "-b", "main", "remote.git"], ["clone", "-q", "remote.git", "ann"]):  # fmt: skip
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
    ann = Person("ann", root, server, fake.address)
    kb = ann.folder / "kb"
    kb.mkdir()
    settings = f'address = "{fake.address}"\npermission_group = "{fake.guide.permission_group}"\n'
    more = 'articles = ["articles"]\n' if entries["articles"] else ""
    head = 'name = "Sim"\nlanguages = ["en", "ja"]\n[desks.zendesk]\n'
    (kb / "kb.toml").write_text(head + settings + more)
    for kind, count in entries.items():
        for number in range(count):
            _write(kb / f"{kind}/s{number % 3}/{kind[0]}{number}.md", kind, number, ledger)
    ann.git("checkout", "-qB", "main")
    ann.commit("Begin")
    ann.git("push", "-q", "origin", "HEAD:main")
    subprocess.run(["git", "clone", "-q", "-b", "main", "remote.git", "bob"], cwd=root, check=True, capture_output=True)  # fmt: skip
    return [ann, Person("bob", root, server, fake.address, copied=ann.copied)]


def _write(path: Path, kind: str, number: int, ledger: Ledger) -> None:
    """An entry, every other one with a translation."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = [f"Block {ledger.mark(f'block {one} of {path.stem}')}." for one in range(5)]
    path.write_text(entry(f"Entry {number} of {kind}", *blocks, kind=kind))
    if number % 2:
        blocks = [f"段落 {ledger.mark(f'段落 {one} of {path.stem}')}。" for one in range(4)]
        path.with_suffix(".ja.md").write_text(entry(f"項目 {number}", *blocks, kind=kind))


def beside(person: Person) -> list[Path]:
    """The files of open conflicts."""
    return sorted((person.folder / "kb").rglob(f"*{THEIRS}"))
