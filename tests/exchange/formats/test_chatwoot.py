from __future__ import annotations

import pytest

from cannery.exchange.formats.chatwoot import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("chatwoot"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("chatwoot")} == {FORMAT}


def test_a_canned_response_is_found_by_its_short_code(imported: Imported) -> None:
    found = reply(imported, "31")
    assert (found.title, found.shortcut) == ("Ship delay", "/ship_delay")
    assert found.body == (
        "Hi {{ ticket.requester.first_name }},\n\nyour order is late, and we are sorry. "
        "**New date:** {{ new_date | date: '%d %B' }}.\n\n"
        "Write `{{ '{{' }}contact.name}}` in your own templates.\n\n{{ agent.name }}\n"
    )
    assert [(field.type, field.source) for field in found.fields] == [
        ("date", "ticket.custom_fields.new_date")
    ]


def test_a_default_that_does_not_work_there_works_here(imported: Imported) -> None:
    assert reply(imported, "32").body.startswith(
        "{{ ticket.requester.name | default: 'お客様' }} 様"
    )


def test_what_a_macro_sends_is_the_text_and_the_rest_its_actions(imported: Imported) -> None:
    found = reply(imported, "5")
    assert found.body == "Glad that it works again, {{ ticket.requester.first_name }}.\n"
    assert found.actions == {
        "add_tags": ["solved", "happy"], "remove_tags": ["waiting"], "status": "solved",
    }  # fmt: skip
    assert [loss.what for loss in found.losses] == ["assign_team: 3"]


def test_a_macro_with_a_note_alone_is_not_public(imported: Imported) -> None:
    found = reply(imported, "6")
    assert found.actions == {"priority": "high", "public": False}
    assert [loss.what for loss in found.losses] == ["send_attachment: 11", "visibility: personal"]


def test_a_macro_without_a_text_is_told(imported: Imported) -> None:
    assert [loss.what for loss in imported.losses] == ["Mute", "mute_conversation"]
