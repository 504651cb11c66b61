"""Which source reads a file, told by how it begins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cannery.insight.sources.table import source_of


def test_text_with_columns_is_read_as_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("id,created_at\n1,2026-01-05\n")
    assert source_of(path).name == "csv"


@pytest.mark.parametrize(
    ("kind", "why"), [("pipe", "through a pipe"), ("folder", "not a file"), ("book", "as CSV")]
)
def test_what_is_no_text_says_what_to_do(tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path / "tickets"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"PK\x03\x04\x14\0")
    with pytest.raises(ValueError, match=why):
        source_of(path)


def test_a_picture_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(ValueError, match="not an export of tickets"):
        source_of(path)


def test_a_page_of_zendesks_incremental_export_is_told_from_other_json(tmp_path: Path) -> None:
    path = tmp_path / "tickets.json"
    path.write_text('{"count": 1, "next_page": null, "ticket_events": []}')
    assert source_of(path).name == "zendesk"
    path.write_text('{"invoices": []}')
    with pytest.raises(ValueError, match="not an export of tickets"):
        source_of(path)
