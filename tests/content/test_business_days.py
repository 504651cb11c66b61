from __future__ import annotations

import os
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import pytest

from cannery.content.business_days import business_day, holidays

SCRIPT = Path(__file__).parents[2] / ".ci" / "holiday_list.py"


def test_the_file_is_what_the_library_says() -> None:
    if find_spec("holidays") is None and not os.environ.get("CI"):
        pytest.skip("no holidays here")
    script = run_path(str(SCRIPT))
    assert script["FILE"].read_text("utf-8") == script["text"](), "run `python .ci/holiday_list.py`"


def test_the_library_is_not_needed_to_reckon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    holidays.cache_clear()
    assert business_day(date(2026, 12, 31), 1, "JP") == date(2027, 1, 4)


def test_a_step_back_leaves_holidays_out_too() -> None:
    assert business_day(date(2026, 5, 7), -1, "JP") == date(2026, 5, 1)


def test_beyond_the_years_that_are_known_is_no_guess() -> None:
    with pytest.raises(ValueError, match="2036"):
        business_day(date(2036, 1, 7), 1, "JP")
