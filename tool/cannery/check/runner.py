"""All rules, and what they find."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from cannery.check.facts import Facts, Whole, facts
from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.check.rules import (
    duplicates,
    front_matter,
    headings,
    links,
    markup,
    references,
    secrets,
    templates,
    variants,
    wording,
)
from cannery.errors import UsageError
from cannery.model.location import Problem

RULES: tuple[Rule, ...] = (
    *front_matter.RULES,
    *references.RULES,
    *templates.RULES,
    *variants.RULES,
    *links.RULES,
    *headings.RULES,
    *markup.RULES,
    *wording.RULES,
    *duplicates.RULES,
    *secrets.RULES,
)
_IN_PAGES = tuple(dict.fromkeys(rule.page for rule in RULES if rule.page))
_IN_WHOLE = tuple(dict.fromkeys(rule.whole for rule in RULES if rule.whole))


def rule_of(code: str) -> Rule:
    """The rule of a code. Raises UsageError, with a code that looks alike if there is one."""
    rules = {rule.code: rule for rule in RULES}
    if code not in rules:
        near = get_close_matches(code, rules, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There is {', '.join(sorted(rules))}."
        raise UsageError(f"there is no rule {code}", hint)
    return rules[code]


def examine(page: Page) -> Facts:
    """What one file says, and what is wrong with it by itself."""
    return facts(page, _sorted(problem for find in _IN_PAGES for problem in find(page)))


def run(whole: Whole) -> tuple[Problem, ...]:
    """Every problem of every file, sorted by file and line."""
    alone = (problem for item in whole.facts.values() for problem in item.problems)
    between = (problem for find in _IN_WHOLE for problem in find(whole))
    return _sorted((*alone, *between))


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(set(problems), key=lambda item: (item.path, item.line, item.code, item.message))
    )
