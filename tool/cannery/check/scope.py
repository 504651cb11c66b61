"""Which findings are asked for: those of some files, and of some rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cannery.check.runner import RULES, rule_of
from cannery.errors import UsageError
from cannery.model.location import Problem


def _any(_: str) -> bool:
    return True


class Scope(NamedTuple):
    """Whether a path is asked for, and whether a rule is, by its code."""

    has_path: Callable[[str], bool] = _any
    has_code: Callable[[str], bool] = _any

    def holds(self, problem: Problem) -> bool:
        return self.has_code(problem.code) and self.has_path(problem.path)


def chosen_rules(select: Iterable[str], ignore: Iterable[str]) -> Callable[[str], bool]:
    """A predicate on codes: the selected ones, all if none is, without the ignored ones.

    Each text may name several, with commas between. Raises UsageError for a rule that there is not.
    """
    selected, ignored = {*_codes(select)}, {*_codes(ignore)}
    if not selected and not ignored:
        return _any
    chosen = (selected or {rule.code for rule in RULES}) - ignored
    return chosen.__contains__


def finds_without_links(rules: Callable[[str], bool]) -> bool:
    """Whether any of these rules looks at files alone, and not at what other hosts answer."""
    return any(rules(rule.code) for rule in RULES if rule.page or rule.whole)


def _codes(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        names = [name for piece in text.split(",") if (name := piece.strip())]
        if not names:
            raise UsageError("no rule is named", "Example: link,image")
        yield from (rule_of(name).code for name in names)
