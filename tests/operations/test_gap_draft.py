"""A draft that begins with what was asked for."""

from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.operations.lost import sought

from cannery.errors import NotFoundError
from cannery.model.location import Kind
from cannery.operations.check import check
from cannery.operations.draft import Draft, write_draft
from cannery.operations.gap_draft import draft_from_gap
from cannery.operations.insight_gaps import gaps

NEW = Draft(Kind.ARTICLE, "")


@pytest.fixture
def asked(base: Base) -> Base:
    base.write("articles/display.md", "---\ntitle: Display mode\n---\nColours of the screen.\n")
    sought(base.workspace, "dark mode", "ダークモード", "dark theme")
    return base


def test_it_has_what_was_asked_as_title_keywords_and_comment(asked: Base) -> None:
    draft = draft_from_gap(asked.workspace, 1, NEW)
    assert draft.title == "Dark mode"
    assert set(draft.header["keywords"]) == {"ダークモード", "dark theme"}  # type: ignore[call-overload]
    assert draft.header["related"] == ["articles/display"]
    assert "Asked for 3 times (search 3)" in draft.body
    assert "- ダークモード" in draft.body


def test_what_is_written_has_no_fault_but_to_be_a_draft(asked: Base) -> None:
    path = write_draft(asked.workspace, draft_from_gap(asked.workspace, 1, NEW))
    assert path == "kb/articles/dark-mode.md"
    problems = [item for item in check(asked.workspace).problems if item.path == path]
    assert [item for item in problems if item.severity == "error"] == []


def test_ones_own_title_section_and_language_stay(asked: Base) -> None:
    mine = NEW._replace(title="Dark screens", section="display", language="ja")
    draft = draft_from_gap(asked.workspace, 1, mine)
    assert (draft.title, draft.section, draft.language) == ("Dark screens", "display", "ja")


def test_the_language_is_that_of_the_questions(base: Base) -> None:
    sought(base.workspace, "監査ログ", "監査ログ 出力")
    draft = draft_from_gap(base.workspace, 1, NEW)
    assert (draft.title, draft.language) == ("監査ログ", "ja")


def test_a_comment_can_not_be_left(base: Base) -> None:
    sought(base.workspace, "dark mode --> <script>x</script>", "dark mode {% raw %}", "dark mode")
    body = draft_from_gap(base.workspace, 1, NEW).body
    assert body.count("-->") == 1
    assert not {"<script", "{%"} & {
        body[at : at + size] for at in range(len(body)) for size in (2, 7)
    }


def test_a_number_that_no_gap_has_is_refused(asked: Base) -> None:
    with pytest.raises(NotFoundError):
        draft_from_gap(asked.workspace, 99, NEW)


def test_the_number_of_the_listing_is_that_of_the_draft(asked: Base) -> None:
    sought(asked.workspace, "scim", "scim", days_ago=4)
    listed = {gap.number: gap.title for gap in gaps(asked.workspace).gaps}
    for number, title in listed.items():
        assert draft_from_gap(asked.workspace, number, NEW).title.lower() == title
