"""What no figure may know of people, as it stands all over exports."""

from __future__ import annotations

from collections.abc import Iterable

from cannery.model.ticket_event import TicketRecord

NAME, ADDRESS, WORDS = "Kim Planted-Lee", "kim.planted@example.com", "Planted: my card 4242 is lost"
ALL = (NAME, ADDRESS, WORDS, "Planted", "planted", "4242")


def found_in(records: Iterable[TicketRecord]) -> list[str]:
    """Those that got into records."""
    told = repr([*records])
    return [secret for secret in ALL if secret in told]
