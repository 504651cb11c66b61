"""The README's picture shows what commands print, and nothing that stood there on the way."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("\rIndexing [#--]\rIndexing [###]\r\n1. Hit\r\n", "Indexing [###]\n1. Hit\n"),
        ("Indexing [#--]\r1. Hit\r\n", "1. Hit\n"),
        ("one\r\r\ntwo", "one\ntwo"),
    ],
)
def test_a_line_that_is_written_over_is_gone(written: str, left: str) -> None:
    assert run_path(str(ROOT / ".ci" / "record.py"))["left_standing"](written) == left


def test_the_picture_has_no_bar() -> None:
    picture = (ROOT / ".github" / "kb.svg").read_text("utf-8")
    assert "kb&#160;find" in picture
    assert "Indexing" not in picture
