"""Trips to desks that keep one text a record, from push to pull, each by its own API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from shutil import copytree, rmtree

import pytest
from tests.conftest import Base
from tests.desks.faults import Cut
from tests.desks.kinds import TEXT_DESKS, TextDesk
from tests.desks.signed_in import add_desk, sign_in
from tests.test_own_content import ROOT

from cannery.errors import CanneryError
from cannery.exchange.desks.table import DESKS
from cannery.model.location import Kind
from cannery.operations.desk_pull import pull
from cannery.operations.desk_push import How, push
from cannery.operations.desk_trip import DeskQuery, planned

_TOML = 'name = "Test"\nlanguages = ["en", "ja"]\n'
_REFUND = """---
title: Refund
owner: ana
shortcut: ;refund
---

Dear customer,

We refund you.

Bye
"""
_JAPANESE = """---
title: 返金のご案内
shortcut: ;refund
---

返金します。
"""


class Trip:
    """A knowledge base whose user is signed in to a fake."""

    def __init__(self, base: Base, kind: TextDesk, toml: str = _TOML) -> None:
        self.base, self.kind, self.fake = base, kind, kind.fake()
        self.fake.start()
        base.write("kb.toml", toml)
        options = "".join(f'{name} = "{value}"\n' for name, value in kind.options.items())
        add_desk(base, self.fake.address, kind.name, options)
        sign_in(self.fake.address, DESKS[kind.name].sign_in, "secret", "a@example.com")

    def push(self) -> list[How]:
        with planned(self.base.workspace, DeskQuery(self.kind.name), "push") as plan:
            return [one.how for one in push(plan)]

    def pull(self) -> list[tuple[str, ...]]:
        with planned(self.base.workspace, DeskQuery(self.kind.name), "pull") as plan:
            return [one.paths for one in pull(plan)]

    def edit(self, old: str, new: str) -> None:
        """Somebody changes a word at the desk."""
        with planned(self.base.workspace, DeskQuery(self.kind.name), "edit") as plan:
            desk = plan.survey.work.desk
            (record,) = [*desk.records(Kind.MACRO)]
            parts = {
                name: value.replace(old, new)
                for name, value in record.parts.items()
                if isinstance(value, str) and name.startswith("body")
            }
            desk.update(record, parts)

    def file(self, name: str = "refund.md") -> str:
        return (self.base.root / "kb/macros/billing" / name).read_text()


@pytest.fixture(params=TEXT_DESKS, ids=lambda kind: kind.id)
def trip(request: pytest.FixtureRequest, base: Base) -> Iterator[Trip]:
    trip = Trip(base, request.param)
    base.write("macros/billing/refund.md", _REFUND)
    base.write("macros/billing/refund.ja.md", _JAPANESE)
    yield trip
    trip.fake.stop()


def test_a_trip_there_and_back_ends_with_no_change(trip: Trip) -> None:
    assert trip.push() == [How.CREATED]
    assert (trip.push(), trip.pull()) == ([], [])
    trip.edit("refund you", "pay you back")
    assert trip.pull() == [("kb/macros/billing/refund.md",)]
    assert trip.file() == _REFUND.replace("refund you", "pay you back")
    assert trip.file("refund.ja.md") == _JAPANESE
    assert (trip.push(), trip.pull()) == ([], [])


def test_what_both_have_changed_is_merged(trip: Trip) -> None:
    trip.base.git("init", "-q")  # it keeps what was agreed on
    trip.push()
    trip.edit("refund you", "pay you back")
    trip.base.write("macros/billing/refund.md", _REFUND.replace("Bye", "Goodbye"))
    trip.pull()
    both = _REFUND.replace("refund you", "pay you back").replace("Bye", "Goodbye")
    assert trip.file() == both
    assert trip.push() == [How.UPDATED]
    assert (trip.push(), trip.pull()) == ([], [])


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_push_that_was_cut_off_ends_right(trip: Trip, cut: Cut, at: int) -> None:
    trip.fake.fail(cut, at=at, method="POST")
    with suppress(CanneryError):
        trip.push()
    trip.push()
    assert (trip.push(), trip.pull()) == ([], [])
    with planned(trip.base.workspace, DeskQuery(trip.kind.name), "look") as plan:
        (record,) = [*plan.survey.work.desk.records(Kind.MACRO)]
    assert {"body.en", "body.ja"} <= record.parts.keys()


def test_an_empty_knowledge_base_takes_in_what_is_there(trip: Trip) -> None:
    trip.push()
    for path in (trip.base.root / "kb").rglob("*"):
        if path.suffix == ".md" or path.parent.name == "desk":
            path.unlink()
    trip.pull()
    found = sorted(path for path in (trip.base.root / "kb/macros").rglob("*.md"))
    texts = [path.read_text() for path in found]
    assert [text.partition("---\n\n")[2].strip() for text in texts] == [
        _JAPANESE.partition("---\n\n")[2].strip(),
        _REFUND.partition("---\n\n")[2].strip(),
    ]
    assert all("shortcut: ;refund" in text for text in texts)
    assert (trip.push(), trip.pull()) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("kind", TEXT_DESKS, ids=lambda kind: kind.id)
def test_our_own_macros_go_there_and_into_an_empty_knowledge_base(
    base: Base, kind: TextDesk
) -> None:
    rmtree(base.root / "kb")
    copytree(ROOT / "kb", base.root / "kb")
    trip = Trip(base, kind, (base.root / "kb/kb.toml").read_text())
    try:
        assert {*trip.push()} == {How.CREATED}
        assert (trip.push(), trip.pull()) == ([], [])
        files = [*base.root.glob("kb/macros/[a-z]*/*.md")]
        for path in (*files, base.root / f"kb/desk/{kind.name}.toml"):
            path.unlink()
        assert len([path for paths in trip.pull() for path in paths]) == len(files)
        assert (trip.push(), trip.pull()) == ([], [])
    finally:
        trip.fake.stop()
