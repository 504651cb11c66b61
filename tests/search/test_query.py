from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.model.hit import Query
from cannery.search.query import Asked, parse


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("a b", Asked("a b")),
        ('a "b c"', Asked("a b c", phrases=("b c",))),
        ("「返金の手順」 x", Asked("x 返金の手順", phrases=("返金の手順",))),
        ("a -b", Asked("a", without=("b",))),
        ('a -"b c"', Asked("a", without=("b c",))),
        ("-a", Asked("-a")),
        ("git push --force-with-lease", Asked("git push --force-with-lease")),
        ("a tag:Net tag:tls", Asked("a", filters={"tag": ("net", "tls")})),
        ('a owner:"Ana Lee"', Asked("a", filters={"owner": ("ana lee",)})),
        ("lang:ja", Asked("", filters={"language": ("ja",)})),
        ("https://e.com/x", Asked("https://e.com/x")),
        ("x:y", Asked("x:y")),
        ('a "', Asked('a "')),
    ],
)
def test_a_query_is_taken_apart(words: str, asked: Asked) -> None:
    assert parse(Query(words)) == asked


def test_what_was_pasted_has_no_syntax() -> None:
    pasted = 'Error: "cannot -open" tag:x ' * 10
    assert parse(Query(pasted)) == Asked(pasted)


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
