"""What a command asks a desk for: a time, and entries by the names that people have for them."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import MemoryDesk, pushed, work_on

from cannery.errors import AmbiguousError, UsageError
from cannery.operations.desk_trip import resolved, since_of


@pytest.mark.parametrize("written", ["7d", "2w", "2026-11-01", "2026-11-01T10:00:00+09:00"])
def test_a_time_is_one_in_utc(written: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", since_of(written))


def test_a_time_with_a_zone_is_that_moment() -> None:
    assert since_of("2026-11-01T10:00:00+09:00") == "2026-11-01T01:00:00Z"


@pytest.mark.parametrize("written", ["yesterday", "7", "99999999y", "2026-13-01", "-1d", "d"])
def test_what_is_not_a_time_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is not a time"):
        since_of(written)


def test_an_entry_answers_to_the_end_of_its_id_also_when_it_is_gone(base: Base) -> None:
    desk = MemoryDesk()
    path = base.write("macros/billing/refund.md", "---\ntitle: Refund\n---\n\nHello\n")
    pushed(base.workspace, desk)
    assert resolved(work_on(base.workspace, desk), "refund") == "macros/billing/refund"
    path.unlink()
    assert resolved(work_on(base.workspace, desk), "refund") == "macros/billing/refund"


def test_a_name_of_two_entries_is_told(base: Base) -> None:
    for folder in ("a", "b"):
        base.write(f"macros/{folder}/refund.md", "---\ntitle: Refund\n---\n\nHello\n")
    with pytest.raises(AmbiguousError):
        resolved(work_on(base.workspace, MemoryDesk()), "refund")
