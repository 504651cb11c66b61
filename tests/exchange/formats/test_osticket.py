from __future__ import annotations

import pytest

from cannery.exchange.formats.osticket import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("osticket"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("osticket")} == {FORMAT}


def test_a_row_is_a_reply_without_the_signature(imported: Imported) -> None:
    found = reply(imported, "1")
    assert found.body.startswith(
        "Hello {{ ticket.requester.first_name }},\n\n"
        "your ticket {{ ticket.id }} is **{{ ticket.status }}**: {{ ticket.url }}\n"
    )
    assert "signature" not in found.body
    assert (found.language, found.status) == ("en-US", Status.PUBLISHED)
    assert [loss.what for loss in found.losses] == ["signature"]


def test_a_disabled_one_of_a_department_is_retired_and_told(imported: Imported) -> None:
    found = reply(imported, "2")
    assert (found.language, found.status) == ("ja", Status.RETIRED)
    assert found.body == "{{ ticket.requester.name }} 様\n\n{{ dept_name }} より\n"
    assert [loss.what for loss in found.losses] == ["dept_id: 3"]


def test_rows_as_json_and_between_tabs_are_read(imported: Imported) -> None:
    assert reply(imported, "3").body == "Bye {{ ticket.requester.name }}\n"
    assert reply(imported, "9").body == "Hello {{ ticket.requester.name }}\n"


def test_an_address_as_its_editor_writes_it_is_a_placeholder() -> None:
    row = '[{"title": "A", "isenabled": 1, "response": "<a href=\\"%%7Brecipient.ticket_link%7D\\">see</a>"}]'
    assert FORMAT.read([source_file("a.json", row)]).replies[0].body == "[see]({{ ticket.url }})\n"
