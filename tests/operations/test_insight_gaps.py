"""What is asked for and not answered, in groups."""

from __future__ import annotations

import json
import time

import pytest
from tests.conftest import Base
from tests.operations.lost import DAY, sought

from cannery.errors import NotFoundError
from cannery.insight.gaps.question import Question
from cannery.model.event import Remark
from cannery.model.feedback import Miss
from cannery.operations import insight_gaps
from cannery.operations.ask_log import keep_asked
from cannery.operations.feedback import keep
from cannery.operations.insight_gaps import Gap, gap, gaps, groups
from cannery.util.tidy import tidy

REFUND = "---\ntitle: Refund\nkeywords: [返金]\n---\nWe pay the money back to the card.\n"
REFUND_JA = "---\ntitle: 返金\n---\nカードに返金します。\n"


def _gaps(base: Base, since: float = 0.0) -> list[Gap]:
    return [*gaps(base.workspace, since).gaps]


def test_searches_in_similar_words_are_one_gap_in_both_languages(base: Base) -> None:
    sought(base.workspace, "dark mode", "ダークモード", "dark theme", "dark mode settings", "scim")
    first, second = _gaps(base)
    assert (first.times, first.title, first.language) == (4, "dark mode", "en")
    assert set(first.samples) == {"ダークモード", "dark theme"}  # the third only adds a word
    assert second.title == "scim"


def test_all_sources_count(base: Base) -> None:
    sought(base.workspace, "dark mode")
    keep(base.workspace, Miss("dark mode", "en"))
    keep_asked(base.workspace, "Is there a dark mode?", "", is_draft=False)
    (only,) = _gaps(base)
    assert only.sources == {"search": 1, "site": 1, "ask": 1}


def test_the_same_search_twice_in_a_row_is_one(base: Base) -> None:
    sought(base.workspace, "dark mode", "Dark Mode", "dark mode")
    sought(base.workspace, "dark mode", days_ago=0.5)
    assert [one.times for one in _gaps(base)] == [2]


def test_an_entry_in_two_languages_joins_what_is_asked_in_each(base: Base) -> None:
    base.write("articles/refund.md", REFUND)
    base.write("articles/refund.ja.md", REFUND_JA)
    sought(base.workspace, "refund", "返金")
    (only,) = _gaps(base)
    assert [fit.entry for fit in only.nearest] == ["articles/refund"]
    assert only.verdict == "not chosen"


def test_what_no_entry_has_is_missing(base: Base) -> None:
    base.write("articles/refund.md", REFUND)
    sought(base.workspace, "dark mode")
    assert [one.verdict for one in _gaps(base)] == ["missing"]


def test_what_an_entry_says_and_is_not_called_is_hard_to_find(base: Base) -> None:
    base.write("articles/refund.md", REFUND)
    sought(base.workspace, "money card back")
    (only,) = _gaps(base)
    assert (only.verdict, only.keywords) == ("hard to find", ("money card back",))


def test_so_is_what_searches_in_other_words_led_to(base: Base) -> None:
    base.write("articles/refund.md", REFUND)
    sought(base.workspace, "chargeback", then="articles/refund")
    sought(base.workspace, "chargeback", days_ago=2, then="articles/refund")
    (only,) = _gaps(base)
    assert (only.verdict, only.nearest[0].led) == ("hard to find", 2)


@pytest.mark.parametrize("then", ["articles/gone", "../../etc/passwd", "articles/retired"])
def test_an_entry_that_is_not_there_any_more_is_not_near(base: Base, then: str) -> None:
    base.write("articles/retired.md", "---\ntitle: R\nstatus: retired\n---\nText\n")
    sought(base.workspace, "chargeback", then=then)
    assert [one.nearest for one in _gaps(base)] == [()]


def test_only_what_was_asked_since_a_day_counts(base: Base) -> None:
    sought(base.workspace, "scim", days_ago=40)
    sought(base.workspace, "dark mode", days_ago=2)
    assert [one.title for one in _gaps(base, time.time() - 7 * DAY)] == ["dark mode"]


def test_a_trend_is_told_once_there_are_eight_weeks(base: Base) -> None:
    sought(base.workspace, "scim", days_ago=70)
    for day in range(12):
        sought(base.workspace, "dark mode", days_ago=day + 1)
    trends = {one.title: one.trend.verdict for one in _gaps(base)}
    assert trends == {"dark mode": "rising", "scim": "too few"}


def test_a_gap_keeps_its_number_when_others_overtake_it(base: Base) -> None:
    sought(base.workspace, "dark mode")
    sought(base.workspace, "dark mode", days_ago=2)
    sought(base.workspace, "scim")
    before = {one.title: one.number for one in _gaps(base)}
    for day in range(3, 9):
        sought(base.workspace, "scim", days_ago=day)
    sought(base.workspace, "ダークモード", "invoice copy", days_ago=3)
    after = [(one.title, one.number) for one in _gaps(base)]
    assert after == [
        ("scim", before["scim"]),
        ("dark mode", before["dark mode"]),
        ("invoice copy", 3),
    ]
    assert gap(base.workspace, before["scim"]).title == "scim"


def test_a_number_that_no_gap_has_is_refused(base: Base) -> None:
    with pytest.raises(NotFoundError, match="no gap has the number 7"):
        gap(base.workspace, 7)


def test_what_is_kept_of_numbers_goes_with_the_rest_and_says_nothing(base: Base) -> None:
    sought(base.workspace, "dark mode")
    _gaps(base)
    path = base.workspace.state / "gaps.jsonl"
    assert "dark" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace('"time":', '"time":1e0,"was":'), "utf-8")
    workspace = base.workspace
    (workspace.state / "tidied").unlink(missing_ok=True)
    tidy(workspace.state, workspace.cache, workspace.content, base.root / "logs", (90, 90))
    assert not path.exists()


def test_broken_numbers_cost_themselves(base: Base) -> None:
    sought(base.workspace, "dark mode")
    rows = ({"time": 1e12, "number": True, "members": []}, {"number": 3}, [1])
    (base.workspace.state / "gaps.jsonl").write_text(
        "".join(f"{json.dumps(row)}\n" for row in rows)
    )
    assert [one.number for one in _gaps(base)] == [1]


def test_of_few_tickets_no_text_is_shown(base: Base) -> None:
    now = time.time()
    asked = [Question(f"dark mode {number}", now, "ticket") for number in range(4)]
    (few,) = groups(base.workspace, asked)
    (more,) = groups(base.workspace, [*asked, Question("dark mode", now, "ticket")])
    (mixed,) = groups(base.workspace, [*asked, Question("dark mode on", now, "search")])
    assert few.samples == ()
    assert len(more.samples) == 5
    assert mixed.samples == ("dark mode on",)


def test_nothing_is_a_list_of_none(base: Base) -> None:
    assert gaps(base.workspace) == ((), 0)


def test_rows_of_an_older_version_are_masked_when_they_are_read(base: Base) -> None:
    keep(base.workspace, Miss("dark mode", "en"))
    path = base.workspace.state / "feedback.jsonl"
    text = path.read_text("utf-8").replace(',"masked":true', "")
    path.write_text(text.replace("dark mode", "dark mode jane@example.com"))
    assert [one.title for one in _gaps(base)] == ["dark mode …"]


@pytest.mark.parametrize(
    "words",
    ["\x1b]0;title\x07", "\u202e\u2066", "<!-- -->", "=cmd|'/C calc'!A0", "]]>", "a" * 200, "の"],
)
def test_hostile_words_are_words(base: Base, words: str) -> None:
    sought(base.workspace, words, "dark mode")
    assert {"dark mode"} <= {one.title for one in _gaps(base)}


def test_of_too_many_questions_the_last_are_compared(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight_gaps, "_MOST", 2)
    sought(base.workspace, "scim", days_ago=3)
    sought(base.workspace, "dark mode", "saml", days_ago=1)
    told: list[object] = []
    found = gaps(base.workspace, listener=told.append)
    assert {one.title for one in found.gaps} == {"dark mode", "saml"}
    assert Remark("Of 3 different questions, the last 2 are compared.") in told


def test_where_no_number_can_be_kept_there_is_a_list_all_the_same(base: Base) -> None:
    sought(base.workspace, "dark mode")
    (base.workspace.state / "gaps.jsonl").mkdir()
    assert [one.number for one in _gaps(base)] == [1]


def test_a_folder_that_others_can_write_is_not_read(base: Base) -> None:
    sought(base.workspace, "dark mode")
    base.workspace.state.chmod(0o777)
    assert gaps(base.workspace) == ((), 0)
