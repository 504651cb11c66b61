from __future__ import annotations

import pytest

from cannery.exchange.formats.help_scout import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("help_scout"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("help_scout")} == {FORMAT}


def test_defaults_and_names_are_ours(imported: Imported) -> None:
    assert reply(imported, "1").body == (
        "Hi {{ ticket.requester.first_name | default: 'there' }},\n\nthanks for {{ ticket.id }}.\n\n"
        "{{ agent.name }}, {{ mailbox_name }}\n"
    )
    assert (
        reply(imported, "2").body == "Hi {{ ticket.requester.name }}, about {{ ticket.subject }}\n"
    )
    assert (
        reply(imported, "7").body
        == "Bonjour {{ ticket.requester.first_name | default: 'à vous' }}\n"
    )


def test_what_a_macro_has_not_is_told(imported: Imported) -> None:
    assert [loss.what for loss in reply(imported, "1").losses] == ["chatText"]
    assert [loss.what for loss in reply(imported, "3").losses] == ["a.pdf"]


def test_a_list_of_beginnings_says_where_the_texts_are() -> None:
    file = source_file("list.json", '[{"id": 1, "name": "A", "preview": "Hi there, ..."}]')
    imported = FORMAT.read([file])
    assert [(loss.what, loss.why.partition(":")[0]) for loss in imported.losses] == [
        ("A", "a list has its beginning only")
    ]
