from __future__ import annotations

import pytest

from cannery.exchange.formats.intercom import FORMAT
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("intercom"))


def reply(imported: Imported, record: str) -> CannedReply:
    return next(one for one in imported.replies if one.origin.record == record)


def test_its_files_are_known() -> None:
    assert {format_of(file) for file in kept("intercom")} == {FORMAT}


def test_its_elements_are_placeholders_with_their_defaults(imported: Imported) -> None:
    found = reply(imported, "9001")
    assert found.body == (
        "Hi {{ ticket.requester.first_name | default: 'there' }}, parcel #{{ parcel_no }} "
        "waits at {{ shop_city }}.\n\n{{ agent.name }}\n"
    )
    assert [(field.name, field.default, field.required) for field in found.fields] == [
        ("parcel_no", None, True), ("shop_city", "O'Hara & Co", False),
    ]  # fmt: skip


def test_who_and_where_are_told(imported: Imported) -> None:
    assert [loss.what for loss in reply(imported, "9001").losses] == [
        "visible_to: specific_teams", "available_on: messenger",
    ]  # fmt: skip


def test_the_text_counts_where_there_is_no_html(imported: Imported) -> None:
    assert reply(imported, "9003").body == (
        "{{ ticket.requester.name | default: 'Hello' }},\n\n* we know of it\n* we are at it\n\n"
        "{{ status_url }}\n"
    )


def test_what_a_long_list_leaves_out_is_told(imported: Imported) -> None:
    (loss,) = imported.losses
    assert (loss.what, loss.line) == ("Left out", 16)
    assert "GET /macros/ID" in loss.why


def test_no_key_of_an_element_becomes_code(imported: Imported) -> None:
    found = reply(imported, "1")
    assert found.body == "{{ a_render_x_fallback_b }}  {{ fallback_x }} {{ x_file }}\n"
    assert len(found.losses) == 4


def test_values_of_other_types_are_told(imported: Imported) -> None:
    found = reply(imported, "2")
    assert (found.title, found.body) == ("", "text\n")
    assert [(loss.what, loss.why) for loss in found.losses] == [
        ("body", "a text was expected, not an object"),
        ("available_on", "a list was expected, not str"),
        ("name", "a text was expected, not a list"),
    ]
