from __future__ import annotations

import pytest

from cannery.site.groups import Row, grouped, grouped_by


def _headings(rows: list[Row], language: str = "en") -> list[tuple[str, int]]:
    return [(heading, len(inside)) for heading, inside in grouped(rows, language)]


def _rows(count: int, title: str = "T", tags: tuple[str, ...] = ()) -> list[Row]:
    return [Row(f"{title} {number}", f"{title}/{number}/", tags=tags) for number in range(count)]


def test_a_short_list_and_an_empty_one_stay_as_they_are() -> None:
    assert _headings(_rows(9, tags=("a",))) == [("", 9)]
    assert _headings([]) == []


def test_tags_that_divide_a_list_are_its_groups() -> None:
    rows = [*_rows(8, "A", ("all", "net")), *_rows(8, "B", ("all", "auth")), *_rows(2, "C", ("x",))]
    rows = [row._replace(tags=("all", *row.tags)) for row in rows]
    assert _headings(rows) == [("auth", 8), ("net", 8), ("Other", 2)]


def test_tags_that_many_lack_are_none() -> None:
    rows = [*_rows(4, "A", ("net",)), *_rows(4, "B", ("auth",)), *_rows(12, "C")]
    assert _headings(rows) == [("A", 4), ("B", 4), ("C", 12)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["0-9", "E", "あ", "か", "は", "Other"]),
        ("ja", ["あ", "か", "は", "0-9", "E", "その他"]),
    ],
)
def test_titles_are_grouped_by_letters_and_rows_of_kana(language: str, expected: list[str]) -> None:
    titles = ["éclair", "Ａ".replace("Ａ", "Ｅ"), "ェ", "ガ", "ｶﾅ", "ぱ", "404", "設定"]
    rows = [Row(f"{title}{number}", f"{number}/") for number in range(3) for title in titles]
    assert [heading for heading, _ in grouped(rows, language)] == expected


def test_titles_that_tell_no_letter_are_one_list() -> None:
    assert _headings([*_rows(10, "設定"), *_rows(10, "A")], "ja") == [("", 20)]


def test_rows_come_below_what_is_above_them_in_their_order() -> None:
    rows = [Row("B", "1"), Row("A", "2"), Row("B", "3")]
    groups = grouped_by(rows, lambda row: row.title)
    assert [(name, [row.address for row in inside]) for name, inside in groups] == [
        ("B", ["1", "3"]),
        ("A", ["2"]),
    ]
