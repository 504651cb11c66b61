from __future__ import annotations

import struct
import warnings
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.formats.spreadsheet import FORMAT
from cannery.exchange.formats.spreadsheet.workbook import read_workbook
from cannery.exchange.source import UnreadableError
from cannery.exchange.table import format_of
from cannery.model.canned_reply import CannedReply, Imported
from cannery.model.location import Status
from tests.exchange.reading import DATA, kept, source_file

XLSX = (DATA / "spreadsheet/support.xlsx").read_bytes()


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read(kept("spreadsheet"))


def _of(imported: Imported, name: str) -> list[CannedReply]:
    return [reply for reply in imported.replies if Path(reply.origin.path).name == name]


def test_each_is_told_by_what_it_holds() -> None:
    assert {format_of(file) for file in kept("spreadsheet")} == {FORMAT}
    assert format_of(source_file("a.bin", XLSX)) is FORMAT


def test_columns_are_matched_by_name(imported: Imported) -> None:
    refund, hours, rich = _of(imported, "replies.csv")
    assert (refund.title, refund.shortcut, refund.section, refund.tags, refund.status) == (
        "Refund", ";refund", "Billing", ("billing", "money"), Status.PUBLISHED,
    )  # fmt: skip
    assert refund.origin.line == 2
    assert hours.status is Status.RETIRED
    assert rich.body == "Please **restart** it.\\\nThen try again.\n"
    assert ("Empty", "a row without a text") in [(loss.what, loss.why) for loss in imported.losses]


def test_a_japanese_table_of_excel_is_read(imported: Imported) -> None:
    refund, formula = _of(imported, "返信.csv")
    assert (refund.title, refund.subject, refund.section) == (
        "返金のご案内",
        "ご返金について",
        "請求",
    )
    assert finished(refund).body == "{{ customer_name }}様\n\n{{ date }}に返金いたしました。\n"
    assert formula.body == "=1+1\n"


def test_a_column_a_language_makes_a_reply_in_each(imported: Imported) -> None:
    assert [(one.language, one.title, one.shortcut) for one in _of(imported, "bilingual.tsv")] == [
        ("en", "Thanks", ";thanks"), ("ja", "お礼", ";thanks"), ("en", "Please wait", ";wait"),
    ]  # fmt: skip


def test_a_workbook_is_read_sheet_by_sheet(imported: Imported) -> None:
    assert [(one.language, one.title, one.section, one.body) for one in _of(imported, "support.xlsx")] == [
        ("en", "Refund", "Billing", "Dear [Customer],\nyour refund is on its way.\n"),
        ("ja", "Refund", "Billing", "〇〇様\n返金いたしました。\n"),
        ("en", "Due", "Billing", '=CONCATENATE("a","b")\n'),
        ("en", "Date", "Billing", "2026-01-02\n"),
    ]  # fmt: skip
    told = [(Path(loss.path).name, loss.line, loss.what) for loss in imported.losses]
    assert ("support.xlsx", 5, '=CONCATENATE("a","b")') in told
    assert ("support.xlsx", 1, "Notes") in told


def test_no_placeholder_is_left(imported: Imported) -> None:
    for reply in map(finished, imported.replies):
        assert not holes_in_template(reply.body), reply.body


def _changed(entry: str, data: bytes | None = None, times: int = 1) -> bytes:
    """The workbook with another entry of that name, or so many."""
    made = BytesIO()
    with ZipFile(BytesIO(XLSX)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, data if item.filename == entry and data else old.read(item))
        for number in range(times if data is None else 0):
            new.writestr(f"{entry}{number}", b"x")
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (_changed(SHEET, b"<worksheet>" + b" " * 3_000_000), "packed too tightly"),
        (_changed("xl/media/", times=2_500), "more than 2,000 files"),
        (_changed(SHEET, BOMB), "no workbook that can be read"),
        (_changed("xl/styles.xml", BOMB), "no workbook that can be read"),
        (_changed("xl/workbook.xml", b"<workbook"), "no workbook that can be read"),
        (_changed("[Content_Types].xml", b"<a/>"), "no workbook that can be read"),
        (b"PK\x03\x04" + b"\0" * 200, "not CSV|NUL|no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "Excel 97"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_made_to_hurt_costs_a_loss(raw: bytes, reason: str) -> None:
    imported = FORMAT.read([source_file("a.xlsx", raw), source_file("b.csv", "text\nHello\n")])
    assert [reply.body for reply in imported.replies] == ["Hello\n"]
    assert any(part in imported.losses[0].why for part in reason.split("|"))


def test_what_its_library_warns_of_is_not_told() -> None:
    raw = _changed("xl/styles.xml", b"<styleSheet/>")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert read_workbook(raw)
    assert told == []


def test_a_workbook_with_a_password_is_refused() -> None:
    at = XLSX.index(b"PK\x01\x02")
    raw = XLSX[: at + 8] + struct.pack("<H", 1) + XLSX[at + 10 :]
    with pytest.raises(UnreadableError, match="password"):
        read_workbook(raw)


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    """The directory says that an entry is small; no more than that is read of it."""
    huge = b"<worksheet>" + b"<a/>" * 1_000_000
    raw = bytearray(_changed(SHEET, huge))
    with ZipFile(BytesIO(bytes(raw))) as opened:
        name = opened.getinfo(SHEET).filename.encode()
    at = raw.rindex(name) - 46
    raw[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(UnreadableError):
        read_workbook(bytes(raw))


def test_a_sheet_that_says_it_is_huge_is_read_as_far_as_it_goes() -> None:
    with ZipFile(BytesIO(XLSX)) as opened:
        sheet = opened.read(SHEET).replace(b'ref="A1:E6"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in sheet
    (first, _) = read_workbook(_changed(SHEET, sheet))
    assert len(first.rows) == 5


def test_more_rows_than_anyone_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cannery.exchange.formats.spreadsheet.workbook.MAX_ROWS", 4)
    (first, _) = read_workbook(XLSX)
    assert first.losses == [(5, "Billing", "more than 4 rows")]


def test_a_name_in_the_zip_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_workbook(_changed("../../evil", times=1))
    assert [*tmp_path.iterdir()] == []


def test_cells_of_every_type_are_texts() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["title", "text"])
    sheet.append([True, 1.5])
    made = BytesIO()
    book.save(made)
    assert load_workbook(BytesIO(made.getvalue())).active is not None
    (reply,) = FORMAT.read([source_file("a.xlsx", made.getvalue())]).replies
    assert (reply.title, reply.body) == ("True", "1.5\n")


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "text\n", "", "title,body\n" + "x," * 300, "title,body\n" + "y" * 200_000],
)
def test_other_tables_are_none(text: str) -> None:
    assert not FORMAT.read([source_file("a.csv", text)]).replies
