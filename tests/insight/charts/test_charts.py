"""Charts: what they show, to eyes and to programs that read them aloud."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from cannery.insight.charts.bars import bar_chart
from cannery.insight.charts.line import line_chart
from cannery.insight.charts.points import Dot, Legend
from cannery.insight.charts.scale import SHARES, scale_for
from cannery.insight.charts.small import spark, whisker
from cannery.insight.noise import Limits

HOSTILE = '"><script>alert(1)</script>\u202eevil\x00' + "x" * 300
MONTHS = [
    Dot("2026-07", 0.7, 0.6, 0.8),
    Dot("2026-08", None),
    Dot("2026-09", 0.75, 0.7, 0.8, mark="Definition 2"),
    Dot("2026-10", 0.9, 0.85, 0.95, is_signal=True),
    Dot("2026-11", 0.8, 0.5, 0.9, is_complete=False),
]


def legend(title: str = "Solved in time") -> Legend:
    return Legend("chart-1", title, "78 % in October", lambda value: f"{value:.0%}")


def of_kind(svg: str, kind: str) -> list[ET.Element]:
    return [item for item in ET.fromstring(svg).iter() if kind in item.get("class", "").split()]  # noqa: S314 - our own


def test_a_program_that_reads_aloud_says_what_a_chart_shows() -> None:
    root = ET.fromstring(line_chart(legend(), "share", MONTHS))  # noqa: S314 - our own
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-1-title chart-1-about"
    named = {item.get("id"): item.text for item in root if item.get("id")}
    assert named == {"chart-1-title": "Solved in time", "chart-1-about": "78 % in October"}


def test_a_gap_breaks_the_line_and_the_band() -> None:
    svg = line_chart(legend(), "share", MONTHS)
    assert len(of_kind(svg, "kb-chart__line")) == 2
    assert len(of_kind(svg, "kb-chart__band")) == 1
    assert [item.text for item in of_kind(svg, "kb-chart__gap")] == ["×"]


def test_a_time_that_is_not_over_is_told_by_more_than_a_colour() -> None:
    svg = line_chart(legend(), "share", MONTHS)
    assert len(of_kind(svg, "kb-chart__line--open")) == 1
    assert len(of_kind(svg, "kb-chart__dot--open")) == 1


def test_what_is_beyond_noise_has_a_shape_of_its_own() -> None:
    svg = line_chart(legend(), "share", MONTHS, Limits(0.6, 0.75, 0.88))
    assert len(of_kind(svg, "kb-chart__signal")) == 1
    assert len(of_kind(svg, "kb-chart__limit")) == 2


def test_a_changed_definition_is_marked_where_it_begins() -> None:
    [mark] = of_kind(line_chart(legend(), "share", MONTHS), "kb-chart__mark")
    assert mark.text == "Definition 2"


def test_a_bar_begins_at_zero() -> None:
    svg = bar_chart(legend(), "count", [Dot("1", 5.0), Dot("2", 10.0, is_complete=False)])
    first, second = of_kind(svg, "kb-chart__bar")
    assert float(second.get("height", "")) == 2 * float(first.get("height", ""))
    assert "kb-chart__bar--open" in second.get("class", "")


@pytest.mark.parametrize("draw", [line_chart, bar_chart])
def test_no_text_of_a_chart_is_taken_for_markup(draw: object) -> None:
    assert callable(draw)
    svg = draw(legend(HOSTILE), "share", [Dot(HOSTILE, 0.5, 0.4, 0.6, mark=HOSTILE)])
    tags = {item.tag for item in ET.fromstring(svg).iter()}  # noqa: S314 - our own
    assert tags <= {"svg", "title", "desc", "line", "text", "circle", "rect", "path"}
    assert "\u202e" not in svg
    assert "style=" not in svg
    labels = [item.text or "" for item in of_kind(svg, "kb-chart__time")]
    assert all(len(item) <= 32 for item in labels)


def test_the_same_points_are_the_same_bytes() -> None:
    assert line_chart(legend(), "share", MONTHS) == line_chart(legend(), "share", MONTHS)


def test_a_chart_of_nothing_has_an_axis() -> None:
    assert of_kind(line_chart(legend(), "seconds", []), "kb-chart__zero")


@pytest.mark.parametrize(
    ("unit", "values", "ticks"),
    [
        ("share", [0.2], (0.0, 0.05, 0.1, 0.15, 0.2)),
        ("share", [0.6, 0.9], (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        ("share", [0.4, 0.9], (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("count", [0.0], (0, 1)),
        ("count", [3], (0, 1, 2, 3)),
        ("count", [412], (0, 100, 200, 300, 400, 500)),
        ("score", [1.8], (0, 0.5, 1, 1.5, 2)),
        ("seconds", [9_000], (0, 1_800, 3_600, 5_400, 7_200, 9_000)),
        ("seconds", [10 * 86_400], tuple(2 * 86_400 * day for day in range(6))),
    ],
)
def test_an_axis_has_few_round_numbers(
    unit: str, values: list[float], ticks: tuple[float, ...]
) -> None:
    assert scale_for(unit, values).ticks == pytest.approx(ticks)


@pytest.mark.parametrize("values", [[], [float("inf")], [1e300], [-1e9, 1], [1e-300]])
def test_an_axis_stays_small_whatever_there_is(values: list[float]) -> None:
    for unit in ("count", "seconds", "score"):
        assert 2 <= len(scale_for(unit, values).ticks) <= 12


def test_a_line_in_a_text_shows_its_last_value_and_its_gaps() -> None:
    dots = [Dot("1", 1.0), Dot("2", 2.0), Dot("3", None), Dot("4", 3.0)]
    assert len(of_kind(spark(dots), "kb-spark__line")) == 1
    assert len(of_kind(spark(dots), "kb-spark__end")) == 1
    assert spark([Dot("1", None)]) == ""


def test_rows_of_a_table_are_drawn_on_one_axis() -> None:
    svg = whisker(Dot("ja", 0.5, 0.25, 0.75), SHARES[-1])
    [reach] = of_kind(svg, "kb-whisker__reach")
    assert (reach.get("x1"), reach.get("x2")) == ("25%", "75%")
