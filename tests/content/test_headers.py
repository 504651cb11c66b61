from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.headers import read_header, read_macro
from cannery.model import Audience, Choice, FieldType
from cannery.place import Status


def test_every_key_is_read() -> None:
    header, faults = read_header(
        {
            "title": "T",
            "summary": 3,
            "tags": ["a", 1],
            "keywords": "x, y",
            "audience": "public",
            "status": "draft",
            "owner": "o",
            "reviewed": date(2026, 1, 2),
            "review_every": "6m",
            "related": ["articles/a"],
            "redirect_from": [],
        },
        macro=False,
    )
    assert (header.title, header.summary, header.tags) == ("T", "3", ("a", "1"))
    assert header.keywords == ("x", "y")
    assert (header.audience, header.status) == (Audience.PUBLIC, Status.DRAFT)
    assert (header.reviewed, header.review_every) == (date(2026, 1, 2), timedelta(180))
    assert [fault.key for fault in faults] == ["keywords"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("title", ["a"], "not a text"),
        ("tags", {"a": 1}, "not a list"),
        ("status", "done", "is 'done'"),
        ("reviewed", "soon", "not a date"),
        ("review_every", "9 days", "not a duration"),
        ("review_every", "99999999d", "too long"),
        ("titel", "x", "unknown key titel"),
    ],
)
def test_a_wrong_value_is_a_fault_and_hides_nothing(key: str, value: object, said: str) -> None:
    header, faults = read_header({key: value}, macro=False)
    assert header == read_header({}, macro=False)[0]
    assert said in faults[0].message


def test_what_others_call_description_is_the_summary() -> None:
    assert read_header({"description": "D"}, macro=False)[0].summary == "D"
    assert read_header({"description": "D", "summary": "S"}, macro=False)[0].summary == "S"


def test_an_unknown_key_is_told_with_what_was_meant() -> None:
    _, faults = read_header({"titel": "x"}, macro=False)
    assert faults[0].hint == "Did you mean title?"


def test_fields_are_read_with_all_their_options() -> None:
    macro, faults = read_macro(
        {
            "fields": [
                {"name": "plan", "type": "choice", "choices": {"p": "Pro"}, "label": "L"},
                {"name": "note", "default": True, "from": "ticket.id", "remember": True},
                "bare",
            ]
        }
    )
    plan, note, bare = macro.fields
    assert (plan.type, plan.choices, plan.required) == (
        FieldType.CHOICE,
        (Choice("p", "Pro"),),
        True,
    )
    assert (note.default, note.source, note.remember, note.required) == (
        "yes",
        "ticket.id",
        True,
        False,
    )
    assert (bare.name, bare.type) == ("bare", FieldType.TEXT)
    assert faults == ()


@pytest.mark.parametrize(
    "fields",
    [
        [{"label": "x"}],
        [{"name": "a b"}],
        [{"name": "limit"}],
        [{"name": "ticket"}],
        [{"name": "a"}, {"name": "a"}],
        [{"name": "a", "type": "choice"}],
        [{"name": "a", "type": "choice", "choices": [True, "x"]}],
        [{"name": "a", "required": "maybe"}],
        [{"name": "a", "lable": "x"}],
        "a",
    ],
)
def test_a_wrong_field_is_a_fault(fields: object) -> None:
    assert read_macro({"fields": fields})[1]


_JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    ["title", "tags", "status", "reviewed", "review_every", "fields", "actions", "shortcut", "x"]
)


@given(st.dictionaries(_KEYS, _JSONISH))
def test_any_front_matter_gives_a_header(data: dict[str, object]) -> None:
    read_header(data, macro=True)
    read_macro(data)
