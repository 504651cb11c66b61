"""Macros that are rewritten before they are sent."""

from __future__ import annotations

import time

import pytest
from tests.conftest import Base, Run

from cannery.operations.rewritten_macros import rewritten_macros
from cannery.reply.sent_log import COPY, SentReply, log


@pytest.fixture
def macro(base: Base) -> Base:
    base.write("macros/refund.md", "---\ntitle: Refund\n---\nHello\n")
    return base


def _sent(base: Base, *shares: float, entries: tuple[str, ...] = ("macros/refund",)) -> None:
    for share in shares:
        log(base.workspace, SentReply(int(time.time()), "", "", COPY, "en", entries, (), share))


def test_a_macro_of_which_little_is_left_is_told(macro: Base, kb: Run) -> None:
    _sent(macro, 0.3, 0.5, 0.4, 0.2, 0.4, 0.3)
    (found,) = rewritten_macros(macro.workspace)
    assert (found.entry, found.title, found.replies) == ("macros/refund", "Refund", 6)
    assert found.kept == pytest.approx(0.35)
    assert "35% of its words kept in 6 replies. kb edit macros/refund" in kb("insight", "gaps").out


@pytest.mark.parametrize(
    "shares",
    [
        (0.1, 0.1, 0.1, 0.1),  # too few
        (1.0, 1.0, 1.0, 1.0, 0.1, 0.1),  # may be chance
        (0.9, 0.8, 0.9, 1.0, 0.9),
    ],
)
def test_others_are_not(macro: Base, shares: tuple[float, ...]) -> None:
    _sent(macro, *shares)
    assert rewritten_macros(macro.workspace) == []


def test_of_several_macros_in_one_reply_none_is_to_blame(macro: Base) -> None:
    _sent(macro, *[0.1] * 9, entries=("macros/refund", "macros/other"))
    assert rewritten_macros(macro.workspace) == []


def test_one_that_is_gone_needs_no_edit(macro: Base) -> None:
    _sent(macro, *[0.1] * 9, entries=("macros/gone",))
    assert rewritten_macros(macro.workspace) == []


def test_only_what_was_sent_since_counts(macro: Base) -> None:
    _sent(macro, *[0.1] * 9)
    assert rewritten_macros(macro.workspace, time.time() + 60) == []
