from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from cannery.content.marks import Url
from cannery.liquid.filters import Filters
from cannery.liquid.limits import MAX_VALUE, BoundsError, RenderBudget

Table = Mapping[str, Callable[..., Any]]
WAYS: tuple[Callable[[Table], Callable[..., Any]], ...] = (
    lambda table: table["upcase"],
    lambda table: table.get("upcase") or str,
    lambda table: dict(table)["upcase"],
    lambda table: dict(table.items())["upcase"],
    lambda table: {**table}["upcase"],
    lambda table: [*table.values()][[*table].index("upcase")],
)


@pytest.mark.parametrize("way", WAYS)
def test_no_filter_is_to_be_had_without_its_bounds(
    way: Callable[[Table], Callable[..., Any]],
) -> None:
    budget = RenderBudget("en")
    found = way(Filters({"upcase": str.upper, "safe": str}, budget, Url))
    assert found("abc") == "ABC"
    assert budget.work > 0
    with pytest.raises(BoundsError):
        found("a" * (MAX_VALUE + 1))


def test_what_escapes_is_no_filter() -> None:
    found = Filters({"upcase": str.upper, "safe": str}, RenderBudget("en"), Url)
    assert "upcase" in found
    assert "safe" not in found
    assert not {"safe", "escape"} & {*found}
