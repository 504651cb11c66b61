from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.errors import UsageError
from cannery.reply.ticket import read_answer, read_ticket


def test_a_ticket_is_read_bare_or_wrapped() -> None:
    bare = read_ticket('{"id": 1}', "t.json")
    assert bare == read_ticket('\ufeff{"ticket": {"id": 1}}', "t.json") == {"id": 1}


def test_values_that_say_nothing_are_left_out() -> None:
    ticket = read_ticket(
        '{"id": 1, "subject": " - ", "a": null, "b": [null, ""], "c": {"d": ""}}', "t"
    )
    assert ticket == {"id": 1, "b": [], "c": {}}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Kim Lee", {"first_name": "Kim", "last_name": "Lee"}),
        ("Cher", {"first_name": "Cher"}),
        ("田中 太郎", {"last_name": "田中", "first_name": "太郎"}),
        ("田中", {"last_name": "田中"}),
    ],
)
def test_first_and_last_name_come_from_the_name(name: str, names: dict[str, str]) -> None:
    ticket = read_ticket('{"requester": {"name": "%s"}}' % name, "t")  # noqa: UP031
    assert ticket["requester"] == {"name": name, **names}


def test_names_that_are_there_are_kept() -> None:
    ticket = read_ticket('{"requester": {"name": "Kim Lee", "first_name": "K."}}', "t")
    assert ticket["requester"] == {"name": "Kim Lee", "first_name": "K.", "last_name": "Lee"}


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "{", "[" * 100_000, '{"ticket": 4}', "x" * 3_000_000]
)
def test_what_is_no_ticket_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"^t\.json: "):
        read_ticket(text, "t.json")


@given(st.text())
def test_any_text_is_a_ticket_or_an_error(text: str) -> None:
    try:
        read_ticket(text, "t")
    except UsageError as error:
        assert error.exit_code == 2


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 100_000, "[]", '{"ticket": 3}', '{"id": ']
)
def test_json_that_is_no_ticket_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_ticket(text, "t")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9" * 5000, "9" * 5000), ("-" + "9" * 4000, "-" + "9" * 4000), ("1e999", "1e999"), ("1.5", 1.5), ("42", 42),
        ('"\\ud800x"', "\ufffdx"), ('"\\ud83d\\udc4d"', "👍"), ("[1, null, NaN]", [1]),
    ],
)  # fmt: skip
def test_a_value_is_what_can_be_shown(written: str, read: object) -> None:
    assert read_ticket(f'{{"x": {written}}}', "t") == {"x": read}


@pytest.mark.parametrize(
    "written", ["NaN", "-Infinity", "null", '"-"', "[" * 900 + "1" + "]" * 900]
)
def test_what_says_nothing_is_left_out(written: str) -> None:
    found = read_ticket(f'{{"id": 1, "x": {written}}}', "t")
    assert found["id"] == 1
    assert "1" not in str(found.get("x", ""))


def test_half_a_character_in_a_name_is_none() -> None:
    assert read_ticket('{"\\ud800": 1, "a": 2}', "t") == {"\ufffd": 1, "a": 2}


def test_an_answer_of_a_desk_is_read_as_its_text_would_be() -> None:
    answer = {
        "ticket": {
            "id": 12345678901234567890,
            "subject": "half \ud800 a letter",
            "score": 1e300,
            "is_public": True,
            "requester": {"name": "Kim Lee"},
            "nothing": None,
        }
    }
    assert read_answer(answer, "zendesk:1") == {
        "id": "12345678901234567890",
        "subject": "half \ufffd a letter",
        "score": "1e+300",
        "is_public": True,
        "requester": {"name": "Kim Lee", "first_name": "Kim", "last_name": "Lee"},
    }


def test_texts_and_lists_of_any_length_are_cut() -> None:
    wide = {"id": 1, "a": "x" * 3_000_000, "b": [1] * 9000, "k" * 300_000: 1}
    ticket = read_answer({"ticket": wide}, "zendesk:1")
    assert len(str(ticket)) < 500_000
    assert ticket["id"] == 1
