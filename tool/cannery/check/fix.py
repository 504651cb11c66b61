"""Fix in a file what a machine can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

from cannery.check.page import Page, page
from cannery.check.rule import Fix
from cannery.check.runner import RULES, examine
from cannery.check.whole import Whole
from cannery.errors import ContentError

_ROUNDS = 5  # one fix may make room for another


def apply_fixes(before: Page, whole: Whole, codes: AbstractSet[str]) -> str:
    """Apply the fixes of the rules with these codes; the rest of the text is unchanged.

    A fix that leaves its problem or causes another one is discarded.
    """
    if any(problem.code == "unreadable" for problem in before.loaded.problems):
        return before.source
    now = before
    for _ in range(_ROUNDS):
        start = now
        for rule in RULES:
            if rule.fix and rule.code in codes:
                now = _apply_fix(rule.fix, now, whole)
        if now is start:
            break
    return now.source


def _apply_fix(fix: Fix, before: Page, whole: Whole) -> Page:
    try:
        text = fix(before, whole)
    except ContentError:
        return before  # front matter that can't be rewritten without a change to what is beside it
    if text == before.source:
        return before
    after = page(before.path, text.encode(), before.settings, before.parts)
    worse = Counter(item.code for item in examine(after).problems)
    worse.subtract(item.code for item in examine(before).problems)
    if worse["template"] < 0:  # what a template's fault hid is no harm of its fix
        return after
    return before if any(count > 0 for count in worse.values()) else after
