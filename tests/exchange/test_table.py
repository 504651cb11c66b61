from __future__ import annotations

import pytest

from cannery.exchange.table import FORMATS, format_of, read_all
from tests.exchange.reading import source_file


def test_the_names_of_formats_are_those_of_an_option() -> None:
    names = [one.name for one in FORMATS]
    assert len({*names}) == len(names)
    assert all(name.isidentifier() and name == name.lower() for name in names)


def test_each_file_of_a_folder_is_read_by_its_own_format() -> None:
    files = [
        source_file("a.txt", "Hello"),
        source_file("b.png", b"\x89PNG\0\0"),
        source_file("c.md", "# C\nHi"),
    ]
    imported = read_all(files)
    assert [reply.title for reply in imported.replies] == ["a", "C"]
    assert [(loss.what, loss.why) for loss in imported.losses] == [
        ("b.png", "no format that can be imported")
    ]


def test_a_slip_in_a_file_of_no_format_is_told_with_its_line() -> None:
    files = [
        source_file("a.json", '{"macros": [\n{"title": "a",\n}]}'),
        source_file("c.json", "[1]"),
        source_file("d.json", b"\0{"),
    ]
    assert [(loss.line, loss.why[:12]) for loss in read_all(files).losses] == [
        (3, "not JSON: Ex"), (0, "no format th"), (0, "it has NUL c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("title,subject,status,priority,type,body", "spreadsheet"),
        ("name,content,language,tags", "spreadsheet"),
        ("title,comment_value,status", "zendesk"),
        ("name,keywords,content,active", "zammad"),
        ("short_code,content", "chatwoot"),
        ("title,response,isenabled", "osticket"),
    ],
)
def test_a_table_is_told_by_its_columns(header: str, name: str) -> None:
    row = ",".join("1" if column == "isenabled" else "Some words" for column in header.split(","))
    found = format_of(source_file("replies.csv", f"{header}\n{row}\n"))
    assert found is not None
    assert found.name == name
