"""Random edits of articles here and in Guide, with runs that are cut off: in the end both have all."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

import pytest
from tests.conftest import Base
from tests.desks.faults import Cut
from tests.desks.signed_in import add_desk, sign_in
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import CanneryError
from cannery.operations.desk_pull import pull
from cannery.operations.desk_push import push
from cannery.operations.desk_trip import DeskQuery, planned
from cannery.workspace import open_workspace

_DESK = 'articles = ["articles"]\nmacros = []\npermission_group = "{}"\n'
_SECTIONS = ("net", "auth/keys", "ci")
_FEW, _MANY = range(2), range(2, 60)


@dataclass
class World:
    """Both sides, and the words that each edit put in: each of them is to be on both in the end."""

    base: Base
    fake: FakeZendesk
    chance: random.Random
    words: set[str] = field(default_factory=set)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def word(self) -> str:
        word = f"word{next(self.numbers)}x"
        self.words.add(word)
        return word

    @property
    def files(self) -> list[str]:
        root = self.base.root / "kb/articles"
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.md"))

    def new_here(self) -> None:
        name = f"{self.chance.choice(_SECTIONS)}/a{next(self.numbers)}"
        for language in ("", ".ja")[: self.chance.randint(1, 2)]:
            body = "\n\n".join(self.word() for _ in range(4))
            text = f"---\ntitle: T {name}\naudience: public\n---\n\n{body}\n"
            self.base.write(f"articles/{name}{language}.md", text)

    def edit_here(self) -> None:
        if self.files:
            path = self.base.root / "kb/articles" / self.chance.choice(self.files)
            text = path.read_text()
            found = [*re.finditer(r"word\d+x", text)]
            if found:
                at = self.chance.choice(found).end()
                path.write_text(f"{text[:at]} {self.word()}{text[at:]}")

    def new_there(self) -> None:
        rows = [*self.fake.store.table("sections")]
        section = self.chance.choice(rows) if rows else self._section()
        html = "".join(f"<p>{self.word()}</p>" for _ in range(3))
        self.fake.articles.add(f"There {next(self.numbers)}", html, section)

    def _section(self) -> int:
        return self.fake.guide.add_section("Net", self.fake.guide.add_category("Net"))

    def edit_there(self) -> None:
        texts = [
            text for text in self.fake.store.table("translations").values()
            if text["source_type"] == "Article" and "<p>" in text["body"]
        ]  # fmt: skip
        if texts:
            text = self.chance.choice(texts)
            found = [*re.finditer(r"word\d+x", text["body"])]
            at = self.chance.choice(found).end()
            body = f"{text['body'][:at]} {self.word()}{text['body'][at:]}"
            self.fake.store.change(text, {"body": body})
            self.fake.store.change(self.fake.store.row("articles", text["source_id"]), {})

    def trip(self, what: str) -> int:
        """A push or a pull; in a conflict, both sides' words are kept by hand."""
        with planned(open_workspace(self.base.root), DeskQuery("zendesk"), what) as plan:
            done = len(push(plan)) if what == "push" else len(pull(plan))
        for beside in (self.base.root / "kb/articles").rglob("*.theirs"):
            path = beside.with_name(beside.name.removesuffix(".theirs"))
            ours, theirs = path.read_text(), beside.read_text()
            lost = [w for w in re.findall(r"word\d+x", theirs) if w not in ours]
            path.write_text(f"{ours.rstrip()}\n\n{' '.join(lost)}\n")
            beside.unlink()
        return done

    def shown(self) -> str:
        texts = self.fake.store.table("translations").values()
        return "\n".join(one["body"] for one in texts if not one["draft"] and one["body"])


@pytest.mark.parametrize(
    "seed", [*_FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in _MANY)]
)
def test_random_edits_on_both_sides_end_with_all_of_them_on_both(
    base: Base, fake_zendesk: FakeZendesk, seed: int
) -> None:
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    add_desk(base, fake_zendesk.address, more=_DESK.format(fake_zendesk.guide.permission_group))
    fake_zendesk.oauth.lasts = 1_000_000
    sign_in(fake_zendesk.address, "oauth", fake_zendesk.oauth.token("read write"))
    base.git("init", "-q")
    world = World(base, fake_zendesk, random.Random(seed))  # noqa: S311 - a seed that can be played again
    acts = [world.new_here, world.edit_here, world.edit_here, world.new_there, world.edit_there]
    for _ in range(12):
        for act in world.chance.sample(acts, 3):
            act()
        if world.chance.random() < 0.5:
            fake_zendesk.fail(Cut.AFTER, at=world.chance.randint(1, 12), method="P")
        with suppress(CanneryError):
            world.trip(world.chance.choice(("push", "pull")))
        fake_zendesk.heal()
    for _ in range(6):
        world.trip("pull")
        world.trip("push")
    assert (world.trip("pull"), world.trip("push")) == (0, 0)
    here = "\n".join((base.root / "kb/articles" / name).read_text() for name in world.files)
    there = world.shown()
    assert len(world.words) > 30
    for word in world.words:
        assert (here.count(word), there.count(word)) == (1, 1), word
