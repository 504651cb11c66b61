"""All rules, and what they find."""

from __future__ import annotations

from cannery.check import names, pages, reading, secrets, templates
from cannery.check.rule import Checked, Rule
from cannery.place import Problem

RULES: tuple[Rule, ...] = (
    *reading.RULES,
    *names.RULES,
    *templates.RULES,
    *pages.RULES,
    *secrets.RULES,
)


def run(checked: Checked) -> tuple[Problem, ...]:
    """Every problem, sorted by file and line."""
    finds = dict.fromkeys(rule.find for rule in RULES)
    found = {problem for find in finds for problem in find(checked)}
    return tuple(sorted(found, key=lambda item: (item.path, item.line, item.code, item.message)))
