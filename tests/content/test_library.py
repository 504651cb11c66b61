from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Base

from cannery.content import library
from cannery.errors import AmbiguousError, ContentError, NotFoundError
from cannery.model.entry import Article, Audience, Part
from cannery.model.location import Kind, Status


def test_an_article_needs_no_front_matter(base: Base) -> None:
    base.write("articles/a.md", "# The title\n\nBody")
    assert base.article("a.md").header.title == "The title"


def test_a_file_without_any_title_has_its_name(base: Base) -> None:
    base.write("articles/net/har-files.md", "Body")
    assert base.article("net/har-files.md").header.title == "har-files"


def test_front_matter_that_is_no_yaml_is_a_problem_and_the_body_still_found(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: a: b\n---\nBody")
    loaded = library.load(base.workspace, "kb/articles/a.md")
    assert loaded.item is not None
    assert loaded.item.body == "Body"
    problem = loaded.problems[0]
    assert (problem.path, problem.line, problem.code) == ("kb/articles/a.md", 2, "front-matter")
    assert problem.hint


_SPOILT = "---\ntitle: Fix: it\ntags: [a, b]\nowner: [\nsummary: short\nstatus: retired\n---\nBody"


def test_a_key_that_is_no_yaml_costs_itself_alone(base: Base) -> None:
    base.write("articles/a.md", _SPOILT)
    loaded = library.load(base.workspace, "kb/articles/a.md")
    assert [(item.line, item.code) for item in loaded.problems] == [
        (2, "front-matter"),
        (5, "front-matter"),
    ]
    assert isinstance(loaded.item, Article)
    header = loaded.item.header
    assert (header.tags, header.summary, header.status) == (("a", "b"), "short", Status.RETIRED)


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ("status: retired\nstatus: published", Status.DRAFT),
        ("status: published\nstatus: retired", Status.RETIRED),
        ("title: a: b\nstatus: retired\nstatus: published", Status.DRAFT),
        ("title: a\nstatus: [", Status.DRAFT),
        ("title: a: b", Status.PUBLISHED),
        ("title: a\ntitle: b", Status.PUBLISHED),
    ],
)
def test_what_may_be_retired_is_published_nowhere(base: Base, keys: str, status: Status) -> None:
    base.write("articles/a.md", f"---\naudience: public\n{keys}\n---\nx")
    header = base.article("a.md").header
    assert (header.status, header.audience) == (status, Audience.INTERNAL)


def test_a_macro_that_has_lost_a_key_is_on_no_site(base: Base) -> None:
    base.write("macros/a.md", "---\ntitle: A\nfields: [\n---\nx")
    assert base.macro("a.md").header.status is Status.DRAFT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_part_begins_behind_its_blank_lines(base: Base, end: str) -> None:
    base.write("macros/_parts/a.md", f"---{end}---{end}{end}{end}Hello{end}")
    part = library.load(base.workspace, "kb/macros/_parts/a.md").item
    assert part
    assert (part.body, part.body_line) == ("Hello", 5)


def test_bytes_that_are_no_text_are_a_problem_with_their_line(base: Base) -> None:
    base.write("articles/a.md", b"one\ntwo \xff\nthree")
    loaded = library.load(base.workspace, "kb/articles/a.md")
    assert loaded.problems[0].line == 2
    assert loaded.item is not None
    assert "three" in loaded.item.body


def _names(base: Base) -> None:
    for path in ("billing/refund", "licence/refund", "billing/invoice"):
        base.write(f"macros/{path}.md", f"---\nshortcut: ;{path[:3]}{path[-1]}\n---\nx")
    base.write("macros/billing/invoice.ja.md", "x")
    base.write("articles/billing/invoice.md", "x")


def test_a_tail_a_path_and_a_shortcut_name_an_entry(base: Base) -> None:
    _names(base)
    for name in ("billing/refund", "macros/billing/refund", "kb/macros/billing/refund.md", ";bild"):
        found = library.resolve(base.workspace, base.scan(), name)
        assert found.id == "macros/billing/refund"


@pytest.mark.parametrize(
    "name",
    [
        "Billing/Refund",
        "ｂｉｌｌｉｎｇ／ｒｅｆｕｎｄ",
        "；ＢＩＬＤ",
        "Bild",
        "KB/macros/billing/REFUND.md",
    ],
)
def test_case_and_width_of_a_name_do_not_matter(base: Base, name: str) -> None:
    _names(base)
    assert library.resolve(base.workspace, base.scan(), name).id == "macros/billing/refund"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["返金ガイド", "返金ｶﾞｲﾄﾞ", "返金がいど"])
def test_a_japanese_name_is_found_however_its_kana_are_written(
    base: Base, form: Literal["NFC", "NFD"], name: str
) -> None:
    base.write(f"macros/{normalize(form, '返金ガイド')}.md", "x")
    found = library.resolve(base.workspace, base.scan(), name)
    assert normalize("NFC", found.id) == "macros/返金ガイド"


def test_a_name_that_is_written_exactly_so_goes_before_one_that_is_like_it(base: Base) -> None:
    base.write("macros/refund.md", "x")
    base.write("macros/other.md", "---\nshortcut: ;Refund\n---\nx")
    for name, wanted in (("refund", "refund"), ("Refund", "other"), ("REFUND", "refund")):
        found = library.resolve(base.workspace, base.scan(), name)
        assert found.id == f"macros/{wanted}"


def test_shortcuts_that_are_alike_are_told_apart_or_named(base: Base) -> None:
    base.write("macros/a.md", "---\nshortcut: ;ok\n---\nx")
    base.write("macros/b.md", "---\nshortcut: ;OK\n---\nx")
    assert library.resolve(base.workspace, base.scan(), ";OK").id == "macros/b"
    with pytest.raises(AmbiguousError) as raised:
        library.resolve(base.workspace, base.scan(), ";Ok")
    assert raised.value.candidates == ("macros/a", "macros/b")


def test_an_ambiguous_name_lists_its_candidates(base: Base) -> None:
    _names(base)
    with pytest.raises(AmbiguousError) as raised:
        library.resolve(base.workspace, base.scan(), "refund")
    assert raised.value.candidates == ("macros/billing/refund", "macros/licence/refund")


def test_the_kind_asked_for_makes_a_name_clear(base: Base) -> None:
    _names(base)
    found = library.resolve(base.workspace, base.scan(), "invoice", Kind.MACRO)
    assert found.id == "macros/billing/invoice"


def test_an_unknown_name_in_capitals_tells_what_looks_alike(base: Base) -> None:
    _names(base)
    with pytest.raises(NotFoundError) as raised:
        library.resolve(base.workspace, base.scan(), "ＩＮＶＯＩＣ")
    assert raised.value.hint == "Did you mean macros/billing/invoice?"


def test_an_unknown_name_tells_what_looks_alike(base: Base) -> None:
    _names(base)
    with pytest.raises(NotFoundError) as raised:
        library.resolve(base.workspace, base.scan(), "invioce", Kind.MACRO)
    assert "macros/billing/invoice" in raised.value.hint


@pytest.mark.parametrize(
    ("wanted", "got"), [(["ja"], "ja"), (["ja-JP"], "ja"), (["fr"], "en"), (["", "ja"], "ja")]
)
def test_the_first_language_that_is_there_is_chosen(
    base: Base, wanted: list[str], got: str
) -> None:
    _names(base)
    found = library.resolve(base.workspace, base.scan(), "invoice", Kind.MACRO)
    assert found.choose(wanted, base.workspace.settings).language == got


def test_a_part_is_taken_in_the_language_or_else_the_default(base: Base) -> None:
    base.write("macros/_parts/hi.md", "Hi")
    base.write("macros/_parts/hi.ja.md", "こんにちは")
    base.write("macros/_parts/bye.md", "Bye")
    parts = library.load_parts(base.workspace, base.scan())
    chosen = library.parts_for(parts, "ja", base.workspace.settings)
    assert {name: part.body for name, part in chosen.items()} == {"hi": "こんにちは", "bye": "Bye"}


def test_a_macro_with_broken_front_matter_is_not_filled_in(base: Base) -> None:
    base.write("macros/a.md", "---\n: [\n---\nx")
    at = library.resolve(base.workspace, base.scan(), "a").choose([], base.workspace.settings)
    with pytest.raises(ContentError, match=r"kb/macros/a.md:\d"):
        library.load_entry(base.workspace, at)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"---\n{text}".encode()))
def test_any_bytes_load(base: Base, data: bytes) -> None:
    for path in ("articles/a.md", "macros/a.md", "macros/_parts/a.md"):
        base.write(path, data)
        loaded = library.load(base.workspace, f"kb/{path}")
        assert loaded.item is not None
        assert isinstance(loaded.item, Part) == ("_parts" in path)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\naudience: public\ntitle: B\n---\nx\n",
        "---\ntitle: A\naudience: internal\naudience: public\n---\nx\n",
        "---\ntitle: A\naudience: public\n\nNever closed.\n",
        "\n---\ntitle: A\naudience: public\n---\nx\n",
        "---\ntitle: [A\naudience: public\n---\nx\n",
        "---\naudience: public\nowner: !foo x\n---\nx\n",
        "---\naudience: internal\u2028audience: public\n---\nx\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_internal(base: Base, text: str) -> None:
    base.write("articles/a.md", text)
    assert base.article("a.md").header.audience is Audience.INTERNAL


def test_a_key_that_stands_twice_is_told_at_its_second_line(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\nowner: x\ntitle: B\n---\nx\n")
    article = base.article("a.md")
    assert article.header.title == "B"
    assert [(fault.line, fault.message) for fault in article.faults] == [(4, "title appears twice")]
