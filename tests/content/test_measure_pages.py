"""kb/insight/*.md: what a team's page asks for, and what is wrong with it."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.measure_pages import measure_pages, measure_paths, read_page
from cannery.model.measure_query import (
    MeasureQuery,
    QueryFault,
    meant_measure,
    read_query,
    unknown_measure,
)
from cannery.operations.check import check
from cannery.workspace import open_workspace

KEYS = ("solved_within_{days}d", "solved_within_{days}d_km", "arrivals", "sla_{policy}_resolution")
PAGE = """---
title: Languages
---
Prose.

```measure
solved_within by language since 2026-01

arrivals by week
```

```sh
measure
```
"""


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("arrivals", MeasureQuery("arrivals")),
        (
            "solved_within by language since 2026-01",
            MeasureQuery("solved_within", ("language",), "2026-01"),
        ),
        ("solved_within by team by month", MeasureQuery("solved_within", ("team", "month"))),
        ("arrivals since 2026-12 by week", MeasureQuery("arrivals", ("week",), "2026-12")),
    ],
)
def test_a_line_names_a_measure_and_what_it_is_cut_by(text: str, query: MeasureQuery) -> None:
    assert read_query(text) == query


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("arrivals by langauge", "no dimension named langauge"),
        ("arrivals by agent", "no dimension named agent"),
        ("arrivals since 2026", "2026 is not a month"),
        ("arrivals since 0000-01", "0000-01 is not a month"),
        ("arrivals since 9999-12", "9999-12 is not a month"),
        ("arrivals since 2026-13", "2026-13 is not a month"),
        ("arrivals per week", "per is neither by nor since"),
        ("arrivals by", "nothing follows by"),
        ("arrivals by team by tier", "by may name one dimension and one period"),
        (f"arrivals {'by week ' * 100}", "by may name one dimension and one period"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(text: str, message: str) -> None:
    found = read_query(text, 7)
    assert isinstance(found, QueryFault)
    assert (found.line, found.message) == (7, message)


@pytest.mark.parametrize(
    "name", ["solved_within", "solved_within_7d", "solved_within_7d_km", "sla_gold_resolution"]
)
def test_a_measure_is_known_by_its_name_or_without_its_numbers(name: str) -> None:
    assert unknown_measure(MeasureQuery(name), KEYS) is None


def test_of_an_unknown_measure_the_nearest_is_proposed() -> None:
    found = unknown_measure(MeasureQuery("arivals", line=3), KEYS)
    assert found == QueryFault(3, "no measure named arivals", "Did you mean arrivals?")


def test_a_short_name_means_the_first_measure_that_begins_so() -> None:
    there = [("solved_within_7d", KEYS[0]), ("solved_within_7d_km", KEYS[1])]
    assert meant_measure("solved_within", there) == "solved_within_7d"
    assert meant_measure("solved_within_7d_km", there) == "solved_within_7d_km"
    assert meant_measure("solved", there) == ""


def test_each_line_of_a_block_is_a_paragraph_of_its_own(base: Base) -> None:
    page = read_page("kb/insight/languages.ja.md", PAGE, base.workspace.settings)
    assert (page.name, page.language, page.title) == ("languages", "ja", "Languages")
    assert [(name, query.line) for name, query in page.queries.items()] == [
        ("kb-figure-1", 7),
        ("kb-figure-2", 9),
    ]
    assert [line for line in page.body.split("\n") if line] == [
        "Prose.",
        "kb-figure-1",
        "kb-figure-2",
        "```sh",
        "measure",
        "```",
    ]


def test_a_page_of_many_lines_is_read_up_to_a_bound(base: Base) -> None:
    text = "```measure\n" + "arrivals\n" * 10_000 + "```\n"
    assert len(read_page("kb/insight/many.md", text, base.workspace.settings).queries) == 100


def test_only_markdown_right_in_the_folder_is_a_page(base: Base) -> None:
    for name in ("a.md", "b.txt", "deep/c.md"):
        base.write(f"insight/{name}", "Text.\n")
    assert measure_paths(base.workspace) == ["kb/insight/a.md"]


def test_in_a_folder_of_articles_they_are_articles(base: Base) -> None:
    base.write("kb.toml", '[content]\narticles = ["kb/insight"]\n')
    base.write("insight/a.md", "Text.\n")
    assert measure_paths(base.workspace) == []


def test_a_file_that_is_no_text_costs_itself_alone(base: Base) -> None:
    (base.root / "kb/insight").mkdir()
    (base.root / "kb/insight/a.md").write_bytes(b"\xff\xfe\xfa")
    base.write("insight/b.md", PAGE)
    one, other = measure_pages(base.workspace, measure_paths(base.workspace))
    assert (len(one.faults), len(other.queries)) == (1, 2)


def test_check_tells_the_line_and_what_to_write(base: Base) -> None:
    base.write(
        "insight/a.md", PAGE.replace("by language", "by langauge").replace("arrivals", "arivals")
    )
    found = check(open_workspace(base.root, to_read=True)).problems
    assert [(item.path, item.line, item.code, item.hint) for item in found] == [
        ("kb/insight/a.md", 7, "measure", "Did you mean language?"),
        ("kb/insight/a.md", 9, "measure", "Did you mean arrivals?"),
    ]


def test_check_tells_of_a_threshold_that_no_measure_has(base: Base) -> None:
    base.write("kb.toml", '[insight.thresholds]\nbacklog = "<= 9"\nsolvd_within = ">= 80 %"\n')
    [found] = check(open_workspace(base.root, to_read=True)).problems
    assert (found.path, found.line, found.hint) == ("kb/kb.toml", 3, "Did you mean solved_within?")
