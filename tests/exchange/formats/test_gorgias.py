from __future__ import annotations

import pytest

from cannery.exchange.formats.gorgias import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status
from tests.exchange.reading import kept


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("gorgias"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("gorgias")} == {FORMAT}


def test_a_macro_has_its_language_its_text_and_its_own_id(imported: Imported) -> None:
    found = reply(imported, "kb-refund")
    assert (found.language, found.subject) == ("fr", "Votre commande {{ ticket.id }}")
    assert found.body == (
        "Bonjour {{ ticket.requester.first_name }},\\\n"
        "commande {{ order_number }} du {{ ticket.created_at | date: '%-d %B %Y' }}\\\n"
        "{{ agent.first_name }}\n"
    )
    assert found.actions == {"add_tags": ["refund", "EU"], "status": "closed"}
    assert [loss.what for loss in found.losses] == ["retour.pdf", "Tell the warehouse"]


def test_an_archived_note_is_retired_and_not_public(imported: Imported) -> None:
    found = reply(imported, "502")
    assert (found.status, found.actions) == (Status.RETIRED, {"public": False})
    assert found.fields[0].help == "Gorgias: ticket.messages[-1].body_text"


def test_tags_of_liquid_say_nothing_there_and_are_told(imported: Imported) -> None:
    found = reply(imported, "503")
    assert found.body == "Hello {{ ticket.requester.name }}, dear friend.\n"
    assert [loss.what for loss in found.losses] == [
        "{% if vip %}",
        "{% endif %}",
        "addInternalNote",
    ]


def test_a_macro_without_a_text_is_told(imported: Imported) -> None:
    assert [loss.what for loss in imported.losses] == ["Only tags"]
