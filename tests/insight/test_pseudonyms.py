"""What is let into the database of a record."""

from __future__ import annotations

import pytest

from cannery.insight.pseudonyms import Pseudonymizer, Row, as_attribute
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

KEY = b"k" * 32
MACRO = "macros/billing/refund"


def let_in(*events: TicketEvent, **attributes: str) -> Row:
    pseudonymizer = Pseudonymizer("desk", KEY, _entry_of)
    return pseudonymizer.row(
        TicketRecord("7", events or [TicketEvent(0, EventKind.CREATED)], attributes)
    )


def _entry_of(detail: str) -> str:
    return {"360": MACRO}.get(detail, "")


@pytest.mark.parametrize(
    "value",
    [
        "hanako@example.com",
        "hanako＠example.com",
        "+81 90-1234-5678",
        "０９０－１２３４－５６７８",
        "My name is Hanako Yamada and I have been waiting for three weeks now",
        "hanako(at)example.com",
        "hanako [AT] example.com",
        "hanako&#64;example.com",
        "hanako%40example.com",
        "hanako﹫example.com",
        "tel ①②③④⑤⑥⑦",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef",
        "Billing\x1b[31m",
        "x" * 100_000,
    ],
)
def test_a_value_that_may_be_a_customers_is_refused(value: str) -> None:
    assert as_attribute(value) is None


@pytest.mark.parametrize(
    "value", ["Billing", "請求・支払い", "v12.4", "Tier 2 (EMEA)", "Internationalization"]
)
def test_a_name_of_a_group_is_kept(value: str) -> None:
    assert as_attribute(f" {value}\n") == value


def test_what_is_not_told_is_told_from_what_is_empty() -> None:
    row = let_in(section="", product="Printer")
    assert row.attributes[:3] == ("", None, "Printer")


@pytest.mark.parametrize(
    ("kind", "detail", "kept"),
    [
        (EventKind.PAUSED, "pending", "pending"),
        (EventKind.PAUSED, "Waiting for Hanako", "other"),
        (EventKind.RATED, "csat-5", "csat-5"),
        (EventKind.OFFERED, "zendesk-survey-2", "zendesk-survey-2"),
        (EventKind.MACRO, "360", MACRO),
        (EventKind.SOLVED, "solved by Hanako", ""),
        (EventKind.REPLY, "Dear Hanako", ""),
    ],
)
def test_details_are_words_that_are_known(kind: EventKind, detail: str, kept: str) -> None:
    assert let_in(TicketEvent(0, kind, detail=detail)).events[0][2] == kept


@pytest.mark.parametrize("kind", [EventKind.ASSIGNED, EventKind.RATED, EventKind.LINKED])
def test_other_details_are_hashed(kind: EventKind) -> None:
    [(_, _, detail, _, _)] = let_in(TicketEvent(0, kind, detail="Hanako Yamada")).events
    assert detail.startswith("#")
    assert "Hanako" not in detail


def test_persons_and_tickets_are_hashed_with_the_key() -> None:
    event = TicketEvent(0, EventKind.REPLY, actor="hanako@example.com")
    first, second = (
        Pseudonymizer("desk", key).row(TicketRecord("7", [event])) for key in (KEY, b"other")
    )
    assert first.key != second.key
    assert first.events[0][3] != second.events[0][3]


def test_what_happens_before_the_ticket_is_opened_costs_the_ticket() -> None:
    with pytest.raises(ValueError, match="solved before it was created"):
        let_in(TicketEvent(500, EventKind.CREATED), TicketEvent(9, EventKind.SOLVED))


def test_a_minute_before_it_is_the_skew_of_a_clock() -> None:
    row = let_in(TicketEvent(500, EventKind.CREATED), TicketEvent(450, EventKind.REPLY))
    assert [event[0] for event in row.events] == [500, 500]
