"""The team's own pages of figures, beside ours."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import Base
from tests.insight.desk_of_months import fill

from cannery.model.entry import Audience
from cannery.model.figure_page import FigurePage
from cannery.operations.insight_pages import figures_for
from cannery.operations.stage import stage_of, view_for

PAGE = """---
title: Are both alike?
---
See [one](../articles/one.md) and [none](../articles/none.md).

```measure
{}
```
"""


def team_page(base: Base, query: str) -> FigurePage:
    base.write("insight/alike.md", PAGE.format(query))
    [page] = [page for page in figures_for(base.workspace, ("en",)) if page.path == "pages/alike"]
    return page


def answer(base: Base, query: str) -> Any:  # noqa: ANN401 - plain data for a template
    return team_page(base, query).values["inside"]["kb-figure-1"]


@pytest.fixture
def desk(base: Base) -> Base:
    fill(base.workspace, attributes={"language": ("en", "ja"), "team": ("a", "b")})
    return base


def test_a_measure_alone_is_its_months(desk: Base) -> None:
    [chart] = answer(desk, "solved_within since 2026-09")["charts"]
    assert [row[0] for row in chart["table"]["rows"]] == ["Oct 2026", "Sep 2026"]


def test_a_measure_by_a_dimension_is_a_table(desk: Base) -> None:
    rows = answer(desk, "solved_within by language")["table"]["rows"]
    assert sorted(row[0]["text"] for row in rows) == ["en", "ja"]


def test_since_counts_tickets_from_that_month_on(desk: Base) -> None:
    numbers = [
        sum(
            int(row[-1])
            for row in answer(desk, f"solved_within by language{since}")["table"]["rows"]
        )
        for since in ("", " since 2026-10")
    ]
    assert numbers == [150, 50]


def test_pages_look_at_so_many_months_and_say_which_table_is_left_out(
    desk: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cannery.operations.insight_pages.MOST_MONTHS", 1)
    lines = "solved_within by language since 2026-09\nsolved_within by language since 2026-10"
    inside = team_page(desk, lines).values["inside"]
    assert inside["kb-figure-1"]["problem"].startswith("Since 2026-09: left out")
    assert "table" in inside["kb-figure-2"]


def test_by_a_dimension_and_a_period_is_a_chart_for_each_on_one_axis(desk: Base) -> None:
    charts = answer(desk, "solved_within by team by month")["charts"]
    assert [chart["title"] for chart in charts] == ["a", "b"]


def test_a_measure_that_there_is_not_leaves_a_word_in_its_place(desk: Base) -> None:
    assert answer(desk, "nosuch") == {"problem": "No measure of the data is named nosuch."}


def test_its_links_lead_to_entries_of_the_site_and_others_are_marked(desk: Base) -> None:
    desk.write("articles/one.md", "# One\n")
    desk.write("insight/alike.md", PAGE.format("arrivals"))
    stage = stage_of(desk.workspace, view_for(desk.workspace, Audience.INTERNAL))
    text = stage.files["insight/pages/alike.md"].decode()
    assert "(../../articles/one.md)" in text
    assert "none.md" not in text.rpartition("---\n")[2]


def test_a_page_is_internal_whatever_it_says(desk: Base) -> None:
    desk.write("articles/one.md", "---\naudience: public\n---\n# One\n")
    desk.write("insight/alike.md", "---\naudience: public\ntitle: Zanzibarquartz\n---\nText.\n")
    for audience, count in ((Audience.INTERNAL, True), (Audience.PUBLIC, False)):
        stage = stage_of(desk.workspace, view_for(desk.workspace, audience))
        files = (*stage.files.values(), *stage.theme.values())
        assert any(b"Zanzibarquartz" in data for data in files) is count


def test_a_page_has_the_text_of_its_language(desk: Base) -> None:
    desk.write("insight/alike.md", PAGE.format("arrivals"))
    desk.write("insight/alike.ja.md", "---\ntitle: 同じか\n---\n文章。\n")
    pages = [
        page.title
        for page in figures_for(desk.workspace, ("en", "ja"))
        if page.path == "pages/alike"
    ]
    assert pages == ["Are both alike?", "同じか"]


@pytest.mark.parametrize("query", ["solved_within by region", "solved_within by region by month"])
def test_a_dimension_that_no_ticket_tells_is_said_to_be_so(desk: Base, query: str) -> None:
    found = answer(desk, query)
    assert (found["title"], found["problem"]) == (
        "Solved within 7 days",
        "No ticket tells its region.",
    )
