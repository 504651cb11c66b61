"""Tables that no spreadsheet runs."""

from __future__ import annotations

import pytest

from cannery.util.csv_text import csv_text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1+cmd", "@SUM(A1)", "- 1+cmd|'/C calc'!A0", "- HYPERLINK(A1)",
        "\u202e=1+1", "- a\n- =b",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_might_run_is_a_text(text: str) -> None:
    _, line = csv_text(["a"], [[text]]).split("\n", 1)
    assert line.lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["- first\n- second", "plain", "5 %"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert text in csv_text(["a"], [[text]])
