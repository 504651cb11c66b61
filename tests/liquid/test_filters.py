from __future__ import annotations

import pytest

import liquid
from cannery.liquid.context import Rendering
from cannery.liquid.filters import bounded, filters
from cannery.liquid.limits import MAX_VALUE, BoundsError, RenderBudget
from cannery.liquid.sandbox import Context, bind

OWN_AND_LIQUIDS = filters(liquid.Environment().filters)


@pytest.mark.parametrize("name", sorted(OWN_AND_LIQUIDS))
def test_no_filter_is_to_be_had_without_its_bounds(name: str) -> None:
    context = Context(bind("", Rendering(RenderBudget("en"))))
    with pytest.raises(BoundsError):
        context.filter(name, None)("a" * (MAX_VALUE + 1))


def test_what_a_filter_makes_is_counted() -> None:
    budget = RenderBudget("en")
    assert bounded("upcase", OWN_AND_LIQUIDS["upcase"], Rendering(budget))("abc") == "ABC"
    assert budget.work > 0


def test_what_escapes_is_no_filter() -> None:
    assert "upcase" in OWN_AND_LIQUIDS
    assert not {"safe", "escape"} & {*OWN_AND_LIQUIDS}
