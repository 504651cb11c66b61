from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Base

from cannery.content.frontmatter import parse
from cannery.content.headers import read_header, read_macro
from cannery.model.entry import Audience, Choice
from cannery.model.location import Status


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
            "icon": "key",
            "order": "-3",
        },
        macro=False,
    )
    assert (header.title, header.summary, header.tags) == ("T", "3", ("a", "1"))
    assert header.keywords == ("x", "y")
    assert (header.icon, header.order) == ("key", -3)
    assert (header.audience, header.status) == (Audience.PUBLIC, Status.DRAFT)
    assert (header.reviewed, header.review_every) == (date(2026, 1, 2), timedelta(180))
    assert [fault.key for fault in faults] == ["keywords"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("title", ["a"], "must be text"),
        ("tags", {"a": 1}, "must be a list"),
        ("status", "done", "can't be 'done'"),
        ("reviewed", "soon", "must be a date"),
        ("order", "first", "must be a whole number"),
        ("order", "1.5", "must be a whole number"),
        ("order", True, "must be a whole number"),
        ("review_every", "9 days", "not a duration"),
        ("review_every", "99999999d", "too long"),
        ("review_every", "99999y", "too long"),
        ("reviewed", "9999-12-31", "unlikely year, 9999"),
        ("reviewed", "0001-01-01", "unlikely year, 1"),
        ("reviewed", "2026-02-30", "must be a date"),
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


def test_a_key_in_full_width_letters_is_told_with_what_was_meant() -> None:
    _, faults = read_header({"ｔａｇｓ": ["x"]}, macro=False)
    assert (faults[0].hint, faults[0].rename) == ("Did you mean tags?", "tags")


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
    plan, note, bare = macro["fields"]
    assert (plan.type, plan.choices, plan.required) == (
        "choice",
        (Choice("p", "Pro"),),
        True,
    )
    assert (note.default, note.source, note.remember, note.required) == (
        "yes",
        "ticket.id",
        True,
        False,
    )
    assert (bare.name, bare.type) == ("bare", "text")
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
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws late
def test_any_front_matter_gives_a_header(data: dict[str, object]) -> None:
    read_header(data, macro=True)
    read_macro(data)


def test_a_moment_of_a_review_is_its_day() -> None:
    header, faults = read_header({"reviewed": "2026-01-02T10:00:00Z"}, macro=False)
    assert (header.reviewed, faults) == (date(2026, 1, 2), ())


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x08", "\ue000", "\ue001", "\ud800", "\0"])
def test_what_is_no_letter_is_taken_out_and_told(mark: str) -> None:
    header, faults = read_header({"title": f"a{mark}b"}, macro=False)
    assert header.title == "ab"
    assert [fault.key for fault in faults] == ["title"]


def test_actions_are_json() -> None:
    text = "actions: {a: 3, b: true, c: 2026-01-01, d: '3', e: 0x1F, f: [on, {g: 007}], h: 1.50}"
    assert read_macro(parse(text))[0]["actions"] == {
        "a": 3, "b": True, "c": "2026-01-01", "d": "3", "e": "0x1F", "f": ["on", {"g": "007"}],
        "h": "1.50",
    }  # fmt: skip


def test_a_default_stays_what_was_written() -> None:
    text = (
        "fields:\n- {name: a, default: 49.00}\n- {name: b, default: on}\n- {name: c, required: no}"
    )
    a, b, c = read_macro(parse(text))[0]["fields"]
    assert (a.default, b.default, c.required) == ("49.00", "on", False)


@pytest.mark.parametrize(
    "pattern", ["x{999999999}", "x{1,999999999}", "((x{1000}){1000}){1000}", "x" * 501]
)
def test_a_pattern_that_takes_gigabytes_is_a_fault(pattern: str) -> None:
    macro, faults = read_macro({"fields": [{"name": "a", "pattern": pattern}]})
    assert macro["fields"][0].pattern == ""
    assert [fault.key for fault in faults] == ["fields.a.pattern"]


def test_counts_that_stand_beside_each_other_are_no_fault() -> None:
    pattern = "[a-z]{1,64}@[a-z]{1,255}\\.[a-z]{2,24}"
    macro, faults = read_macro({"fields": [{"name": "a", "pattern": pattern}]})
    assert (macro["fields"][0].pattern, faults) == (pattern, ())


def test_a_form_has_no_thousand_fields() -> None:
    macro, faults = read_macro({"fields": [f"f{n}" for n in range(1000)]})
    assert len(macro["fields"]) == 100
    assert [fault.key for fault in faults] == ["fields"]


@pytest.mark.parametrize("other", ["Yes", "YES", "ＹＥＳ", "yes ", "yes"])
def test_choices_that_are_typed_alike_are_a_fault(base: Base, other: str) -> None:
    choices = f"['no', 'yes', '{other}']"
    base.write(
        "macros/a.md", f"---\nfields:\n- {{name: a, type: choice, choices: {choices}}}\n---\nx"
    )
    macro = base.macro("a.md")
    assert [fault.key for fault in macro.faults] == ["fields.a.choices[2]"]
    assert [choice.value for choice in macro.fields[0].choices] == ["no", "yes", other.strip()]


@pytest.mark.parametrize(
    ("text", "means"), [("ＹＥＳ", True), ("Ｎｏ", False), ("ON", True), ("ｆａｌｓｅ", False)]
)
def test_a_flag_is_read_however_it_is_typed(base: Base, text: str, *, means: bool) -> None:
    base.write("macros/a.md", f"---\nfields:\n- {{name: a, required: {text}}}\n---\nx")
    macro = base.macro("a.md")
    assert (macro.fields[0].required, macro.faults) == (means, ())


@pytest.mark.parametrize("text", ["Retired", "ＲＥＴＩＲＥＤ", "ｒｅｔｉｒｅｄ"])
def test_a_status_in_other_letters_is_known_for_what_it_is(text: str) -> None:
    header, faults = read_header({"status": text}, macro=False)
    assert faults[0].value == "retired"
    assert header.audience is Audience.INTERNAL


UNSEEN = """---
title: "\\u200b"
tags: ["\\u3164", a]
fields:
  - {name: who, label: "\\u2800", default: "\\u200b"}
---
Hello {{ who }}
"""


def test_a_text_that_shows_nothing_is_a_fault_and_no_text(base: Base) -> None:
    base.write("macros/hello.md", UNSEEN)
    macro = base.macro("hello.md")
    assert {fault.key: fault.message for fault in macro.faults} == {
        "title": "title shows nothing",
        "tags[0]": "tags[0] shows nothing",
        "fields.who.label": "fields.who.label shows nothing",
        "fields.who.default": "fields.who.default shows nothing",
    }
    assert (macro.header.title, macro.header.tags) == ("hello", ("a",))
    base.write("macros/hello.md", '---\ntitle: " "\n---\nHello')
    assert base.macro("hello.md").header.title == "hello"
