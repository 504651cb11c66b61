"""What may be a ticket at a desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.operations.ticket_source import is_at_desk, names_ticket

ADDRESSES = ["https://acme.zendesk.com", "http://localhost:3000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zendesk:123", True),
        (" zendesk:#123\n", True),
        ("other:123", False),
        ("https://acme.zendesk.com/agent/tickets/1", True),
        ("https://ACME.zendesk.com/agent/tickets/1\n", True),
        ("http://localhost:3000/#ticket/zoom/7", True),
        ("https://acme.zendesk.com", False),
        ("https://acme.zendesk.com.evil.example/agent/tickets/1", False),
        ("https://me@acme.zendesk.com/agent/tickets/1", False),
        ("see https://acme.zendesk.com/agent/tickets/1", False),
        ("login fails", False),
    ],
)
def test_a_text_names_a_ticket_of_one_of_the_desks(text: str, *, expected: bool) -> None:
    assert names_ticket(text, ["zendesk"], ADDRESSES) == expected


def test_a_file_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "a:1"
    path.touch()
    assert not is_at_desk(str(path))
    assert not is_at_desk("ticket.json")
    assert is_at_desk("zendesk:1")
