"""How long articles were asked for before they were there."""

from __future__ import annotations

import time

from tests.conftest import Base

from cannery.insight.knowledge.snapshot import EntryAt
from cannery.model.feedback import Miss
from cannery.operations import feedback
from cannery.operations.ask_log import keep_asked
from cannery.operations.first_questions import publications
from cannery.operations.search_log import PICKER, LostSearch, keep

DAY = 86_400
START = int(time.time()) - 30 * DAY  # what is older than the memory is gone


def _entry(id_: str, first: int, words: str = "") -> EntryAt:
    return EntryAt(id_, "請求", 0, 1, first, words)


def test_a_publication_waited_since_the_first_ticket_that_it_answers(base: Base) -> None:
    entries = [
        _entry("articles/請求/a", 10 * DAY),
        _entry("articles/請求/before", 3 * DAY),
        _entry("macros/請求/m", 10 * DAY),
        _entry("articles/請求/unasked", 10 * DAY),
    ]
    asked = {"articles/請求/a": 4 * DAY, "articles/請求/before": 5 * DAY, "macros/請求/m": 4 * DAY}
    found = [*publications(base.workspace, entries, asked, 20 * DAY)]
    assert found == [(10 * DAY, "請求", 6 * DAY)]


def test_a_search_in_vain_asks_for_the_article_that_has_all_its_words(base: Base) -> None:
    keep(base.workspace, [LostSearch(START + 2 * DAY, PICKER, "返金 いつ")])
    entries = [
        _entry("articles/請求/a", START + 10 * DAY, "返金はいつ届くか"),
        _entry("articles/請求/b", START + 10 * DAY, "返金の方法"),
    ]
    found = [*publications(base.workspace, entries, {}, START + 20 * DAY)]
    assert [sample.value for sample in found] == [8 * DAY]


def test_a_search_of_the_sites_readers_asks_likewise(base: Base) -> None:
    feedback.keep(base.workspace, Miss("Refund arrives", "en"))
    [said] = feedback.kept(base.workspace)
    first = int(said.time) + 5 * DAY
    entry = _entry("articles/請求/a", first, "When a refund arrives")
    [sample] = publications(base.workspace, [entry], {}, first + DAY)
    assert 5 * DAY <= sample.value <= 5 * DAY + 1


def test_old_publications_are_left_out(base: Base) -> None:
    entry = _entry("articles/請求/a", 10 * DAY)
    assert not [*publications(base.workspace, [entry], {entry.id: 0}, 400 * DAY)]


def test_a_question_that_was_passed_on_as_a_draft_is_as_old_as_its_asking(base: Base) -> None:
    keep_asked(base.workspace, "いつ返金?", "kb/articles/questions/返金.md", is_draft=True)
    keep_asked(base.workspace, "Other", "kb/articles/questions/other.md", is_draft=True)
    first = int(time.time()) + 2 * DAY
    entries = [_entry("articles/questions/返金", first), _entry("articles/a", first)]
    [sample] = publications(base.workspace, entries, {}, first + DAY)
    assert 2 * DAY - 60 <= sample.value <= 2 * DAY


def test_a_question_that_became_an_issue_is_answered_by_who_names_it(base: Base) -> None:
    issue = "https://github.com/team/kb/issues/7"
    base.write("articles/a/named.md", f"---\ntitle: A\n---\nSource: {issue}\n")
    base.write("articles/a/other.md", "---\ntitle: B\n---\nText.\n")
    keep_asked(base.workspace, "How?", issue, is_draft=False)
    first = int(time.time()) + 2 * DAY
    entries = [_entry("articles/a/named", first), _entry("articles/a/other", first)]
    assert len([*publications(base.workspace, entries, {}, first + DAY)]) == 1
