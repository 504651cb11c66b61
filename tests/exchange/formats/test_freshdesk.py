from __future__ import annotations

import pytest

from cannery.exchange.formats.freshdesk import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("freshdesk"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known_those_of_folders_too() -> None:
    assert {format_of(file) for file in kept("freshdesk")} == {FORMAT}


def test_html_counts_before_its_text_and_an_encoded_address_is_a_placeholder(
    imported: Imported,
) -> None:
    found = reply(imported, "70001")
    assert found.body == (
        "Dear {{ ticket.requester.first_name }},\n\n"
        "please send us the serial number ({{ serial_no }} is too short). "
        "Your ticket: [{{ ticket.subject }}]({{ ticket.url }})\n\n"
        "{{ agent.name }}\\\n{{ helpdesk_name }}\n"
    )
    assert found.fields[0].source == "ticket.custom_fields.cf_serial_no"


def test_folders_are_sections(imported: Imported) -> None:
    assert reply(imported, "70001").section == "Hardware - Returns"
    assert reply(imported, "70002").section == "General"


def test_files_and_groups_are_told(imported: Imported) -> None:
    assert [loss.what for loss in reply(imported, "70001").losses] == [
        "where-to-look.pdf", "visibility: some groups",
    ]  # fmt: skip


def test_one_without_a_text_is_told_with_its_line(imported: Imported) -> None:
    assert [(loss.line, loss.what) for loss in imported.losses] == [(3, "Empty")]
