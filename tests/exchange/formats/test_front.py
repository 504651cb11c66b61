from __future__ import annotations

import pytest

from cannery.exchange.formats.front import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("front"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known_those_of_folders_too() -> None:
    assert {format_of(file) for file in kept("front")} == {FORMAT}


def test_subject_and_body_share_our_names(imported: Imported) -> None:
    found = reply(imported, "rsp_1a")
    assert found.subject == "Invoice {{ ticket.id }} for {{ account_name }}"
    assert found.body == (
        "Hello {{ ticket.requester.first_name }},\n\n"
        "here is the copy for {{ ticket.requester.email }}.\n\n{{ agent.name }}\n"
    )


def test_folders_in_folders_are_sections(imported: Imported) -> None:
    assert [reply(imported, one).section for one in ("rsp_1a", "rsp_1b", "rsp_2")] == [
        "Finance/Invoices", "", "",
    ]  # fmt: skip


def test_files_and_inboxes_are_told(imported: Imported) -> None:
    assert [loss.what for loss in reply(imported, "rsp_1a").losses] == [
        "terms.pdf", "inbox_ids: inb_1, inb_2",
    ]  # fmt: skip


def test_what_people_left_open_is_asked_for(imported: Imported) -> None:
    found = reply(imported, "rsp_1b")
    assert (
        found.body
        == "{{ ticket.requester.name }} 様\n\n{{ date }}の会議についてご連絡いたします。\n"
    )
    assert [(field.name, field.label) for field in found.fields] == [("date", "日付")]


def test_folders_in_a_ring_end() -> None:
    folder = '{"id": "rsf_%d", "name": "F%d", "parent_folder_id": "rsf_%d"}'
    template = '{"id": "rsp_1", "name": "T", "body": "x", "inbox_ids": null, "folder_id": "rsf_1"}'
    text = f'{{"_results": [{folder % (1, 1, 2)}, {folder % (2, 2, 1)}, {template}]}}'
    assert FORMAT.read([source_file("a.json", text)]).replies[0].section.count("/") == 7
