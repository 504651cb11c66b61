from __future__ import annotations

import pytest

from cannery.exchange.formats.zammad import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status
from tests.exchange.reading import kept


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("zammad"))


def reply(imported: Imported, title: str) -> CannedReply:
    return next(one for one in imported.replies if one.title == title)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("zammad")} == {FORMAT}


def test_a_row_with_html_is_a_reply_found_by_its_keywords(imported: Imported) -> None:
    found = reply(imported, "Rückfrage Seriennummer")
    assert (found.keywords, found.origin.line) == (("sn", "seriennummer"), 2)
    assert found.summary == "nur Hardware"
    assert found.body == (
        "Hallo {{ ticket.requester.first_name }} {{ ticket.requester.last_name }},\n\n"
        "zu Ihrem Ticket [#{{ ticket.id }}]({{ ticket.url }}) ({{ ticket.status }}) vom "
        "{{ ticket.created_at | date: '%d.%m.%Y' }} brauchen wir die Seriennummer.\\\n"
        "{{ agent.first_name }}\n"
    )
    assert [loss.what for loss in found.losses] == ["group", "| timezone"]


def test_a_plain_text_that_is_switched_off_is_retired(imported: Imported) -> None:
    found = reply(imported, "Alt")
    assert (found.status, found.origin.line) == (Status.RETIRED, 3)
    assert found.body.endswith(",\n\nmit freundlichem Gruß\n")
    assert [loss.what for loss in found.losses] == ["#{ticket.customer.firstname"]


def test_two_ends_of_lines_are_a_paragraph(imported: Imported) -> None:
    assert reply(imported, "受付").body == (
        "{{ ticket.requester.last_name }} 様\n\n{{ ticket.organization.name }} の件、承りました。\n"
    )


def test_what_only_this_zammad_has_is_asked_for(imported: Imported) -> None:
    assert [field.name for field in reply(imported, "Plan").fields] == ["plan_value", "room"]


def test_the_note_of_a_macro_is_its_text(imported: Imported) -> None:
    found = reply(imported, "Thanks and close")
    assert (found.subject, found.body) == (
        "About {{ ticket.subject }}", "Thanks, {{ ticket.requester.first_name }}.\n",
    )  # fmt: skip
    assert found.actions == {"remove_tags": ["waiting", "new"], "public": False}
    assert [loss.what for loss in found.losses] == ["ticket.state_id: 4"]


def test_what_has_no_text_is_told(imported: Imported) -> None:
    lines = {(loss.line, loss.what) for loss in imported.losses}
    assert {(6, "Leer"), (2, "Close & Tag as Spam")} <= lines
