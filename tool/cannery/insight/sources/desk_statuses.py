"""What a desk's statuses mean: desks and teams have their own, in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.insight.sources.moment import GONE, OPEN, SOLVED
from cannery.insight.sources.source import Reading
from cannery.insight.sources.values import name

_WORDS = {
    OPEN: "new open opened reopened active assigned unassigned started triage in_progress"
    " work_in_progress acknowledged customer_responded 新規 オープン 対応中 受付",
    SOLVED: "solved resolved closed done completed fixed archived 解決済み 解決 完了 クローズ",
    GONE: "deleted merged rejected spam trashed trash removed 削除",
    "pending": "pending pending_close awaiting_reply 返信待ち",
    "hold": "hold on_hold onhold 保留",
    "scheduled": "scheduled snoozed pending_reminder",
    "waiting": "waiting stalled waiting_on_customer waiting_for_customer waiting_on_third_party"
    " waiting_for_reply 確認待ち",
    "blocked": "blocked",
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}


def status_of(value: object, own: Mapping[str, str], reading: Reading) -> str:
    """A status in the terms of a moment, by the team's own words first; empty for what is none.

    One that nobody knows counts as open: a clock that stands still wrongly would flatter.
    """
    found = name(value)
    if not found:
        return ""
    plain = "_".join(found.casefold().replace("-", " ").split())
    folded = {key.casefold(): meaning for key, meaning in own.items()}
    meaning = folded.get(found.casefold()) or _MEANINGS.get(plain)
    if meaning is None:
        reading.note(f"the status {found} is taken for open: [insight.statuses] can say otherwise")
    return meaning or OPEN
