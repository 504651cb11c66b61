from __future__ import annotations

from cannery.exchange.table import FORMATS, read_all
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
