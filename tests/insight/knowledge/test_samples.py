"""Measures of what happened at single times."""

from __future__ import annotations

import random
import statistics
from itertools import pairwise

import pytest
from scipy import stats

from cannery.insight.knowledge.samples import (
    HELPFUL_VOTES,
    MACRO_KEPT,
    QUESTION_TO_ARTICLE,
    Sample,
    mean,
    median,
    sampled_report,
    share,
)
from cannery.insight.periods import Period


def test_a_share_has_wilsons_interval() -> None:
    for hits, n in ((0, 5), (3, 8), (70, 90), (90, 90)):
        figure = share([1.0] * hits + [0.0] * (n - hits))
        exact = stats.binomtest(hits, n).proportion_ci(method="wilson")
        assert (figure.value, figure.n) == (hits / n, n)
        assert figure.low == pytest.approx(exact.low)
        assert figure.high == pytest.approx(exact.high)


def test_a_mean_stays_within_what_it_is_made_of() -> None:
    draw = random.Random(2)  # noqa: S311 - examples
    for _ in range(50):
        values = [draw.choice((1.0, 1.0, draw.random())) for _ in range(draw.randint(5, 40))]
        figure = mean(values)
        half = stats.norm.ppf(0.975) * stats.sem(values)
        assert figure.value == pytest.approx(statistics.fmean(values))
        assert figure.low == pytest.approx(max(0, statistics.fmean(values) - half))
        assert figure.high == pytest.approx(min(1, statistics.fmean(values) + half))


def test_a_median_lies_between_two_of_its_values() -> None:
    draw = random.Random(4)  # noqa: S311 - examples
    for _ in range(50):
        values = [draw.randrange(10_000) for _ in range(draw.randint(5, 60))]
        figure = median([*map(float, values)])
        assert figure.value == statistics.median(values)
        assert {figure.low, figure.high} <= {*map(float, values)}
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= statistics.median(values) <= figure.high


@pytest.mark.parametrize("figure", [share, mean, median])
def test_fewer_than_five_are_not_shown(figure: object) -> None:
    assert callable(figure)
    assert figure([1.0] * 4).value is None


def test_each_sample_is_in_its_month_and_what_comes_later_is_not_seen() -> None:
    months = [Period(n, f"2026-0{n}", n * 100, n * 100 + 100) for n in (1, 2)]
    samples = [Sample(at, "請求" if at < 200 else "", at % 2) for at in range(100, 260)]
    report = sampled_report(HELPFUL_VOTES, samples, months, 250)
    assert [(p.label, p.figure.n, p.is_complete) for p in report.months] == [
        ("2026-01", 100, True),
        ("2026-02", 50, False),
    ]
    assert (report.overall.n, report.overall.value) == (150, 0.5)
    assert {name: figure.n for name, figure in report.groups["section"].items()} == {"請求": 100}


def test_measures_have_names_and_pages_of_their_own() -> None:
    measures = (HELPFUL_VOTES, MACRO_KEPT, QUESTION_TO_ARTICLE)
    assert all(one.name != two.name and one.page != two.page for one, two in pairwise(measures))
