"""Searches of `kb find` that found nothing are kept beside the answer."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from tests.conftest import Base, Run

from cannery.operations.search_log import LostSearch, lost_searches


def _kept(base: Base, *, wanted: int) -> Sequence[str]:
    """What is kept, once there are so many: no command waits for it."""
    end = time.monotonic() + 30
    rows: list[LostSearch] = []
    while len(rows) < wanted and time.monotonic() < end:
        rows = [*lost_searches(base.workspace)]
        time.sleep(0.01)
    return [row.words for row in rows]


def test_a_search_without_a_hit_is_kept(base: Base, kb: Run) -> None:
    base.write("articles/refunds.md", "---\ntitle: Refunds\n---\nMoney back.\n")
    assert kb("find", "scim", "provisioning").code == 1
    assert _kept(base, wanted=1) == ["scim provisioning"]


@pytest.mark.parametrize(
    "arguments", [("refunds",), ("scim", "--as-you-type"), ("scim", "--kind", "macro")]
)
def test_others_are_not(base: Base, kb: Run, arguments: tuple[str, ...]) -> None:
    base.write("articles/refunds.md", "---\ntitle: Refunds\n---\nMoney back.\n")
    kb("find", *arguments)
    kb("find", "zzz")  # is kept behind what is kept before
    assert _kept(base, wanted=1) == ["zzz"]
