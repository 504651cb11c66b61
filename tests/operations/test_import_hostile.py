"""Files that are made to hurt are an error each, and nothing but kb/ is ever touched."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.conftest import Base, Run

from cannery.operations.import_plan import Decisions, plan, save
from cannery.operations.import_replies import ImportQuery, survey

ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{two}: &{two} [{','.join(['*' + one] * 9)}]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)


def _zip(entries: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        for name, data in entries.items():
            opened.writestr(name, data)
    return made.getvalue()


HOSTILE = {
    "zip bomb": (
        _zip({"xl/workbook.xml": b"<a/>", "xl/a.xml": b"0" * 50_000_000}),
        "packed too tightly",
    ),
    "no workbook": (_zip({"xl/workbook.xml": b"<a>"}), "no workbook that can be read"),
    "another zip": (_zip({"../../evil.txt": b"evil"}), "no format that can be imported"),
    "aliases": (f"matches:\n- trigger: a\n{ALIASES}".encode(), "aliases"),
    "deep yaml": (b"matches: " + b"[" * 1_000, "nesting depth"),
    "deep json": (b'{"a": {"prefix": "a", "body": ' + b"[" * 200_000, "nested too deeply"),
    "deep html": (b"<div>" * 300, "nested too deeply"),
    "NUL": (b"matches:\n- trigger: a\0\n", "no format that can be imported"),
    "half a quote": (b'title,text\na,"b\n', "not CSV"),
    "wide": (b"title,text" + b",x" * 5_000 + b"\na,b\n", "columns"),
    "a tag": (b"matches:\n- trigger: a\n  replace: !!python/name:os.system x\n", "not supported"),
}
ENDINGS = {"deep html": "html", "half a quote": "csv", "wide": "csv"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_made_to_hurt_is_an_error(
    base: Base, kb: Run, tmp_path: Path, name: str
) -> None:
    raw, reason = HOSTILE[name]
    file = tmp_path / f"given.{ENDINGS.get(name, 'bin')}"
    file.write_bytes(raw)
    before = {*tmp_path.rglob("*")}
    done = kb("import", str(file), "--yes")
    assert (done.code, done.out) == (1, "")
    assert reason in done.err
    assert {*tmp_path.rglob("*")} == before


def test_names_lead_to_no_other_folder(base: Base, tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text(
        "title,text,shortcut,category\n"
        '../../evil,One,;a,../../../etc\n"/etc/passwd",Two,../x,/abs\n'
        '"a\nb\x1b[31m",Three,;c,C:\\Windows\n=cmd|calc!A1,=1+1,;d,..\n'
    )
    found = survey(base.workspace, ImportQuery(given, into="../../up"))
    planned = plan(base.workspace, found, Decisions())
    save(base.workspace, found, planned)
    assert [one.path for one in planned.files] == [
        "kb/macros/up/etc/evil.md", "kb/macros/up/abs/etc-passwd.md",
        "kb/macros/up/c-windows/a-b.md", "kb/macros/up/cmd-calc-a1.md",
    ]  # fmt: skip
    assert base.macro("up/cmd-calc-a1.md").body == "\n=1+1\n"
    assert base.macro("up/c-windows/a-b.md").header.title == "a b"
    assert {path.name for path in tmp_path.iterdir()} == {"base", "given.csv"}


def test_what_is_written_there_is_data(base: Base, tmp_path: Path) -> None:
    """Front matter, tags and comments of the text are its text."""
    given = tmp_path / "given.csv"
    given.write_text(
        'title,text\n"a: b # c","---\nstatus: retired\n---\n{% raw %}{{ x }} <!-- y -->"\n'
    )
    found = survey(base.workspace, ImportQuery(given))
    planned = plan(base.workspace, found, Decisions())
    save(base.workspace, found, planned)
    (file,) = planned.files
    macro = base.macro(file.path.removeprefix("kb/macros/"))
    assert (macro.header.title, macro.header.status, macro.faults) == ("a: b # c", "published", ())
    assert "status: retired" in macro.body
