"""Usage begins with the name that was typed, of our two."""

from __future__ import annotations

import sys

import pytest
from tests.conftest import Run

from cannery.cli.prepared import ready


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("/usr/bin/kb", "kb"),
        ("/usr/bin/cannery", "cannery"),
        ("cannery.exe", "cannery"),
        ("/srv/cannery/__main__.py", "kb"),
    ],
)
def test_usage_begins_with_what_was_typed(
    kb: Run, monkeypatch: pytest.MonkeyPatch, program: str, name: str
) -> None:
    monkeypatch.setattr(sys, "argv", [program])
    monkeypatch.setenv("COLUMNS", "80")
    assert ready(["show", "--help"]).startswith(f"Usage: {name} show ")
    assert ready(["-h"]).startswith(f"Usage: {name} ")
    done = kb("show", "--nonsense", "x")
    assert done.code == 2
    assert f"Usage: {name} show " in done.err
    assert f"Try '{name} show " in done.err
