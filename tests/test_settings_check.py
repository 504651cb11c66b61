"""[check] of kb.toml: severities and what is allowed, for all files and for some."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.model.path_rules import PathRules
from cannery.settings import Settings, read_settings

GOOD = """
[check.severity]
link = "warning"
[check.severity."docs/old/**"]
image = "warning"
[check.allow]
heading = "imported"
[check.allow."*.draft.md"]
title = "comes later"
[check.allow.old]
anchor = "stays"
"""


def _read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "kb.toml"
    path.write_text(text, "utf-8")
    return read_settings(path)


def test_a_table_within_is_for_the_files_that_its_name_matches(tmp_path: Path) -> None:
    found = _read(tmp_path, GOOD)
    assert (found.severity, found.allow) == ({"link": "warning"}, {"heading": "imported"})
    assert found.by_path == (
        PathRules("docs/old/**", severity={"image": "warning"}),
        PathRules("*.draft.md", allow={"title": "comes later"}),
        PathRules("old", allow={"anchor": "stays"}),
    )
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[check.severity."docs/**"]\nlink = "off"\n', 1, "check.severity.docs/** must be error or warning"),
        ('[check.allow."docs/**"]\nlink = 3\n', 1, "check.allow.docs/** must be a table of texts"),
        ('[check.allow."docs/**"]\nlink = ""\n', 1, "check.allow.docs/** must be a table of texts"),
        ('[check.allow."docs/**".link]\na = "b"\n', 1, "check.allow.docs/** must be a table of texts"),
        ("[check.allow.'../x']\nlink = 'x'\n", 1, "check.allow has '../x', which is not a pattern of files"),
        ("[check.allow.'!x']\nlink = 'x'\n", 1, "check.allow has '!x', which is not a pattern of files"),
        ("[check.allow.' ']\nlink = 'x'\n", 1, "check.allow has ' ', which is not a pattern of files"),
        ('[check.severity."a\\u0007"]\nlink = "error"\n', 1, r"check.severity has 'a\x07', which is not a pattern of files"),
        ("".join(f"[check.allow.p{n}]\nlink = 'x'\n" for n in range(201)), 1, "check.allow has more than 200 patterns"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told_and_costs_no_other(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    found = _read(tmp_path, f"{text}[check.severity]\nimage = 'warning'\n")
    assert [(fault.line, fault.reason) for fault in found.faults] == [(line, reason)]
    assert (found.by_path, found.severity) == ((), {"image": "warning"})
