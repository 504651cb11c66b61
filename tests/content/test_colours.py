"""An accent is legible in both schemes, whatever it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cannery
from cannery.content.colours import (
    DARK_GROUNDS,
    DEFAULT_ACCENT,
    LEGIBLE,
    LIGHT_GROUNDS,
    contrast,
    palette,
)

BASE = (Path(cannery.__file__).parent / "site/web/styles/base.css").read_text("utf-8")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_counted_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@settings(deadline=None)
@given(COLOURS)
def test_text_is_legible_on_every_ground_in_both_schemes(accent: str) -> None:
    for scheme, grounds in zip(palette(accent), (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        for ground in (*grounds, scheme.soft, scheme.fg):
            assert contrast(scheme.accent, ground) >= LEGIBLE


@settings(deadline=None)
@given(COLOURS)
@example("#019f88")  # whose soft ground was not that of the colour used instead
def test_the_colour_that_is_used_instead_stays_as_it_is(accent: str) -> None:
    used = palette(accent).light.accent
    assert palette(used).light.accent == used


def test_a_colour_that_is_legible_is_used_as_it_is() -> None:
    for accent in (DEFAULT_ACCENT, "#7a1fa2", "#00695c", "#b00020"):
        assert palette(accent).light.accent == accent


def test_a_hue_stays_one() -> None:
    assert palette("#ffcc00").light.accent == "#876b06", "yellow becomes ochre"
    assert palette("#808080").dark.soft[1:3] == palette("#808080").dark.soft[3:5]


def test_the_grounds_are_those_of_the_pages() -> None:
    for name, light, dark in zip(
        ("bg", "soft", "raised"), LIGHT_GROUNDS, DARK_GROUNDS, strict=True
    ):
        found = re.search(rf"--kb-{name}: light-dark\((#\w+), (#\w+)\)", BASE)
        assert found
        assert (found[1].replace("#fff", "#ffffff") if len(found[1]) == 4 else found[1]) == light
        assert found[2] == dark
