"""Replies, searches, votes and publications as samples."""

from __future__ import annotations

import time

from tests.conftest import Base

from cannery.insight.knowledge.snapshot import EntryAt
from cannery.model.feedback import Comment, Vote
from cannery.operations import feedback
from cannery.operations.insight_samples import macros_kept, searches, votes
from cannery.operations.search_log import PICKER, LostSearch, keep
from cannery.reply.sent_log import COPY, SentReply, log

DAY = 86_400
START = int(time.time()) - 30 * DAY  # what is older than the memory is gone


def _reply(base: Base, kept: float, *entries: str) -> None:
    log(base.workspace, SentReply(START, "", "", COPY, "en", entries, (), kept))


def _entry(id_: str, first: int, words: str = "") -> EntryAt:
    return EntryAt(id_, "請求", 0, 1, first, words)


def test_each_reply_tells_how_much_of_its_macros_is_left(base: Base) -> None:
    _reply(base, 0.8, "macros/請求/a", "macros/請求/b")
    _reply(base, 1.0, "macros/請求/a", "macros/auth/c")
    assert [*macros_kept(base.workspace)] == [(START, "請求", 0.8), (START, "", 1.0)]


def test_a_search_that_led_to_an_entry_in_other_words_is_none_in_vain(base: Base) -> None:
    _reply(base, 1.0, "macros/a")
    rows = [
        LostSearch(START + 5, PICKER, "返金 方法", 3),
        LostSearch(START + 6, PICKER, "refund", 0, "macros/a"),
    ]
    keep(base.workspace, rows)
    assert [(sample.at, sample.value) for sample in searches(base.workspace)] == [
        (START, 1),
        (START + 5, 0),
    ]


def test_votes_count_and_comments_do_not(base: Base) -> None:
    feedback.keep(base.workspace, Vote("articles/請求/返金", "ja", is_helpful=True))
    feedback.keep(base.workspace, Vote("index", "ja", is_helpful=False))
    feedback.keep(base.workspace, Comment("articles/請求/返金", "ja", "Thanks"))
    told = [(sample.section, sample.value) for sample in votes(base.workspace)]
    assert told == [("請求", 1.0), ("", 0.0)]
