"""What [insight] says of how figures are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.model.insight_settings import InsightSettings, Threshold
from cannery.settings import read_settings


def _read(folder: Path, text: str) -> tuple[InsightSettings, list[tuple[int, str, str]]]:
    path = folder / "kb.toml"
    path.write_text(f"[insight]\n{text}", encoding="utf-8")
    settings = read_settings(path)
    return settings.insight, [(fault.line, fault.reason, fault.hint) for fault in settings.faults]


@pytest.mark.parametrize(
    ("written", "threshold"),
    [
        (">= 0.8", (True, 0.8)),
        (">= 80 %", (True, 0.8)),
        ("<=4h", (False, 14_400.0)),
        ("<= 90 min", (False, 5_400.0)),
        ("<= 90m", (False, 5_400.0)),
        ("<= 2 d", (False, 172_800.0)),
        ("<= 120", (False, 120.0)),
    ],
)
def test_a_threshold_has_the_unit_it_is_written_in(
    tmp_path: Path, written: str, threshold: tuple[bool, float]
) -> None:
    insight, faults = _read(tmp_path, f'[insight.thresholds]\nbacklog = "{written}"\n')
    assert not faults
    assert insight.thresholds == {"backlog": Threshold(*threshold, written)}


@pytest.mark.parametrize(
    "written", ["0.8", "= 0.8", "> 1", ">= much", ">= 1 week", ">= 1e9", "<= -1"]
)
def test_what_is_no_threshold_is_a_fault_with_its_line(tmp_path: Path, written: str) -> None:
    insight, [(line, reason, hint)] = _read(
        tmp_path, f'[insight.thresholds]\nbacklog = "{written}"\n'
    )
    assert insight.thresholds == {}
    assert (line, reason) == (
        3,
        "insight.thresholds.backlog must begin with >= or <=, and have a number",
    )
    assert '"<= 4 h"' in hint


def test_the_address_of_the_pages_ends_with_a_slash(tmp_path: Path) -> None:
    insight, _ = _read(tmp_path, 'address = "https://kb.example.com/insight"\n')
    assert insight.address == "https://kb.example.com/insight/"


def test_what_is_no_address_is_a_fault(tmp_path: Path) -> None:
    insight, [(line, reason, _)] = _read(tmp_path, 'address = "javascript:alert(1)"\n')
    assert (insight.address, line, reason) == ("", 2, "insight.address must be a web address")


def test_who_writes_site_wrongly_has_none(tmp_path: Path) -> None:
    insight, faults = _read(tmp_path, 'site = "no"\n')
    assert (insight.site, len(faults)) == (False, 1)
