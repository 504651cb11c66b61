"""`searches` of [insight]."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.settings import read_settings


@pytest.mark.parametrize(
    ("text", "is_kept", "faults"),
    [
        ("", True, 0),
        ("[insight]\nsearches = true\n", True, 0),
        ("[insight]\nsearches = false\n", False, 0),
        ('[insight]\nsearches = "no"\n', False, 1),  # is meant to switch it off, as a rule
    ],
)
def test_it_switches_off_that_searches_are_kept(
    tmp_path: Path, text: str, is_kept: bool, faults: int
) -> None:
    path = tmp_path / "kb.toml"
    path.write_text(text)
    settings = read_settings(path)
    assert settings.insight.searches is is_kept
    assert len(settings.faults) == faults
