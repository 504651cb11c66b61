from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.model.hit import Query
from cannery.search.query import ParsedQuery, parse


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("a b", ParsedQuery("a b")),
        ('a "b c"', ParsedQuery("a b c", lifted=("b c",))),
        ('"b c" kind:macro', ParsedQuery("b c", phrases=("b c",), filters={"kind": ("macro",)})),
        ("「返金の手順」 x", ParsedQuery("x 返金の手順", lifted=("返金の手順",))),
        ("容量不足", ParsedQuery("容量不足", lifted=("容量不足",))),
        ("a -bc", ParsedQuery("a", without=("bc",))),
        ('a -"b c"', ParsedQuery("a", without=("b c",))),
        ("-ab", ParsedQuery("-ab", as_words=True)),
        ('-ab -"c d"', ParsedQuery('-ab -"c d"', as_words=True)),
        ("-b", ParsedQuery("-b")),
        ("", ParsedQuery("")),
        ("a -b", ParsedQuery("a -b")),
        ("error -43", ParsedQuery("error -43")),
        ("a -v2", ParsedQuery("a", without=("v2",))),
        ("git push --force-with-lease", ParsedQuery("git push --force-with-lease")),
        ("a tag:Net tag:tls", ParsedQuery("a", filters={"tag": ("net", "tls")})),
        ('a owner:"Ana Lee"', ParsedQuery("a", filters={"owner": ("ana lee",)})),
        ("lang:ja", ParsedQuery("", filters={"language": ("ja",)})),
        ("https://e.com/x", ParsedQuery("https://e.com/x")),
        ("x:y", ParsedQuery("x:y")),
        ('a "', ParsedQuery('a "')),
    ],
)
def test_a_query_is_taken_apart(words: str, asked: ParsedQuery) -> None:
    assert parse(Query(words)) == asked


def test_what_no_entry_has_is_no_filter() -> None:
    asked = parse(Query("status:500 upstream kind:macro"), lambda _, value: value == "macro")
    assert asked == ParsedQuery("status:500 upstream", filters={"kind": ("macro",)})


def test_what_stands_so_in_an_entry_excludes_nothing() -> None:
    asked = parse(Query("tar -xzf -rar"), is_text=lambda piece: piece == "-xzf")
    assert asked == ParsedQuery("tar -xzf", without=("rar",))


def test_what_was_pasted_has_no_syntax() -> None:
    pasted = 'Error: "cannot -open" tag:x ' * 10
    assert parse(Query(pasted)) == ParsedQuery(pasted)


def test_the_query_s_own_filters_join_in() -> None:
    asked = parse(Query("a", kind="macro", language="ja", tags=("Net",), status="draft"))
    assert asked.filters == {
        "kind": ("macro",),
        "language": ("ja",),
        "tag": ("net",),
        "status": ("draft",),
    }


@given(st.text(st.sampled_from('ab -":「」“”tagkind \\'), max_size=40))
def test_anything_typed_is_a_query(words: str) -> None:
    parse(Query(words))
