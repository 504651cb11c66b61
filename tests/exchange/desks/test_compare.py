"""What was changed here and there, by part, for any two sides and what they had agreed on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.compare import compare
from cannery.exchange.desks.lock import Agreed

_PARTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"), max_size=3)


def _agreed(sent: dict[str, str], there: dict[str, str]) -> Agreed:
    return Agreed("1", {}, sent, there)


@given(_PARTS, _PARTS, _PARTS, _PARTS)
def test_a_second_look_tells_the_same(
    sent: dict[str, str], there: dict[str, str], wanted: dict[str, str], seen: dict[str, str]
) -> None:
    first = compare(_agreed(sent, there), wanted, seen)
    assert compare(first.agreed, wanted, seen) == first


@given(_PARTS, _PARTS, _PARTS, _PARTS)
def test_a_part_that_is_as_it_is_to_be_is_no_change(
    sent: dict[str, str], there: dict[str, str], wanted: dict[str, str], seen: dict[str, str]
) -> None:
    done = compare(_agreed(sent, there), wanted, seen)
    same = {name for name in wanted if seen.get(name) == wanted[name]}
    assert same.isdisjoint({*done.here, *done.there})


@given(_PARTS, _PARTS, _PARTS)
def test_what_a_desk_rewrites_is_no_change(
    sent: dict[str, str], there: dict[str, str], wanted: dict[str, str]
) -> None:
    assert compare(_agreed(sent, there), sent, there).here == ()
    assert compare(_agreed(sent, there), wanted, there).there == ()


@given(_PARTS, _PARTS, _PARTS, _PARTS)
def test_each_change_of_one_side_is_told_or_agreed_on(
    sent: dict[str, str], there: dict[str, str], wanted: dict[str, str], seen: dict[str, str]
) -> None:
    done = compare(_agreed(sent, there), wanted, seen)
    for name in "abc":
        if wanted.get(name) != sent.get(name) and name not in done.here:
            assert wanted.get(name) == done.agreed.sent.get(name)
        if seen.get(name) != there.get(name) and name not in done.there:
            assert seen.get(name) == done.agreed.there.get(name)
