"""Each measure of the knowledge base has its title and its page, in both languages."""

from __future__ import annotations

import pytest

from cannery.insight.knowledge import samples
from cannery.insight.knowledge.census import CENSUSES
from cannery.insight.knowledge.uses import REUSE, USED_ENTRIES
from cannery.insight.words import words
from cannery.operations.manual import open_manual

MEASURES = (
    *CENSUSES,
    USED_ENTRIES,
    REUSE,
    samples.QUESTION_TO_ARTICLE,
    samples.MACRO_KEPT,
    samples.SEARCH_COVERAGE,
    samples.HELPFUL_VOTES,
)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_it_has_a_title_and_a_page_that_names_it(measure: samples.Sampled) -> None:
    folder = open_manual().root / "kb/articles"
    for language, ending in (("en", ".md"), ("ja", ".ja.md")):
        page = (folder / f"{measure.page}{ending}").read_text("utf-8")
        assert f"title: {words(language)['measures'][measure.name]}\n" in page
        assert measure.name in page
