"""A desk is asked how it fills macros in, and what differs from our own way is told."""

from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import NotFoundError, UsageError
from cannery.operations.desk_push import push
from cannery.operations.desk_trip import DeskQuery, planned
from cannery.operations.desk_verify import Verdict, VerifyQuery, verify
from cannery.rest.client import RestError
from cannery.workspace import open_workspace

_MACROS = {
    "same": "Hello {{ ticket.requester.name }}, about {{ ticket.subject }}: {{ what }}.",
    "choice": "{% if ticket.requester.name == 'Kim Lee' %}Hello{% else %}Dear{% endif %} you",
    "blank": "At {{ ticket.organization.name }}",
}


@pytest.fixture
def number(base: Base, fake_zendesk: FakeZendesk) -> str:
    """A ticket, at a desk that has the macros."""
    for name, body in _MACROS.items():
        base.write(f"macros/{name}.md", f"---\ntitle: {name}\n---\n{body}\n")
    with_zendesk(base, fake_zendesk)
    _push(base)
    return str(fake_zendesk.tickets.add("No ink"))


def _push(base: Base) -> None:
    workspace = open_workspace(base.root)
    with planned(workspace, DeskQuery("zendesk"), "push") as plan:
        push(plan)


def _verified(base: Base, number: str, *names: str) -> dict[str, Verdict]:
    query = VerifyQuery("zendesk", number, names)
    return {one.id.split("/")[-1]: one for one in verify(open_workspace(base.root), query)}


def test_macros_that_both_fill_in_alike_are_the_same(base: Base, number: str) -> None:
    found = _verified(base, number)
    assert {name for name, one in found.items() if one.is_same} >= {"same", "choice"}
    assert found["same"].theirs == "<p>Hello Kim Lee, about No ink: [[what]].</p>"


def test_what_the_desk_has_been_given_otherwise_is_told(
    base: Base, number: str, fake_zendesk: FakeZendesk
) -> None:
    for row in fake_zendesk.macros.rows:
        row["actions"][0]["value"] = "<p>Hi</p>"
    verdict = _verified(base, number, "same")["same"]
    assert not verdict.is_same
    assert verdict.theirs == "<p>Hi</p>"


def test_a_value_that_is_blank_there_is_told(
    base: Base, number: str, fake_zendesk: FakeZendesk
) -> None:
    fake_zendesk.tickets.change(int(number), organization_id=None)
    verdict = _verified(base, number, "blank")["blank"]
    assert verdict.theirs == "<p>At</p>"
    assert "ticket.organization.name" in verdict.why


def test_nothing_is_changed(base: Base, number: str, fake_zendesk: FakeZendesk) -> None:
    start = len(fake_zendesk.lines)
    _verified(base, number)
    assert {line.split()[0] for line in fake_zendesk.lines[start:]} == {"GET"}


def test_a_macro_that_has_gone_there_is_told(
    base: Base, number: str, fake_zendesk: FakeZendesk
) -> None:
    fake_zendesk.store.table("macros").clear()
    assert "does not have it" in _verified(base, number, "same")["same"].why


def test_a_macro_that_was_never_sent_is_an_error(base: Base, number: str) -> None:
    base.write("macros/new.md", "---\ntitle: New\n---\nx\n")
    with pytest.raises(NotFoundError, match="has not been sent"):
        _verified(base, number, "new")


def test_a_ticket_that_the_desk_has_not_is_an_error(base: Base, number: str) -> None:
    with pytest.raises(RestError):
        _verified(base, f"{number}9")


def test_a_desk_that_tells_nothing_of_it_is_an_error(base: Base) -> None:
    base.write("kb.toml", '[desks.rt]\naddress = "https://rt.example"\n')
    with pytest.raises(UsageError, match="can't be asked"):
        verify(open_workspace(base.root), VerifyQuery("rt", "1"))
