"""The table of all rules, and the functions that run them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module

from cannery.check.facts import Facts, facts
from cannery.check.foreign_keys import without_foreign_keys
from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.ignored import is_ignored
from cannery.errors import UsageError
from cannery.model.location import Problem, Severity
from cannery.model.path_rules import PathRules
from cannery.util.toml_lines import find_key
from cannery.workspace import MARKER

# A file of rules in `rules/`, and what the list of all rules says that they are about.
RULE_FILES: Mapping[str, str] = {
    "front_matter": "Files and front matter",
    "settings": "Settings",
    "site": "The site's look",
    "references": "Names and review dates",
    "titles": "Titles",
    "file_names": "File and folder names",
    "templates": "Templates",
    "placeholders": "Placeholders in macros",
    "line_ends": "Line breaks in macros",
    "variants": "Translations",
    "links": "Links and images",
    "web_links": "Links to other sites (with `--links`)",
    "publishing": "Pages of the site",
    "figures": "Pages of figures",
    "idle": "Values without effect",
    "headings": "Headings",
    "markup": "HTML",
    "wording": "Wording of replies (words to avoid: also of articles)",
    "phrasing": "Phrases of a reply",
    "duplicates": "Duplicates",
    "secrets": "Secrets and personal data (in every file below kb/)",
}


def rules_in(file: str) -> tuple[Rule, ...]:
    """The rules of one file of RULE_FILES."""
    rules: tuple[Rule, ...] = import_module(f"cannery.check.rules.{file}").RULES
    return rules


RULES = tuple(rule for file in RULE_FILES for rule in rules_in(file))
_IN_PAGES = tuple(dict.fromkeys(rule.page for rule in RULES if rule.page))
_IN_WHOLE = tuple(dict.fromkeys(rule.whole for rule in RULES if rule.whole))


def rule_of(code: str) -> Rule:
    """The rule of a code. Raises UsageError, with a code that looks alike if there is one."""
    rules = {rule.code: rule for rule in RULES}
    if code not in rules:
        near = get_close_matches(code, rules, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Rules: {', '.join(sorted(rules))}."
        raise UsageError(f"unknown rule: {code}", hint)
    return rules[code]


def examine(page: Page) -> Facts:
    """Run the page rules on one file; its facts, with the problems."""
    return facts(page, _sorted(problem for find in _IN_PAGES for problem in find(page)))


def run(whole: Whole) -> tuple[Problem, ...]:
    """Run the rules that compare files; all problems of all files, sorted by path and line."""
    found = (problem for item in whole.facts.values() for problem in item.problems)
    alone = without_foreign_keys(found, whole.workspace.settings.front_matter)
    between = (problem for find in _IN_WHOLE for problem in find(whole))
    return _sorted((*alone, *between, *_without_effect(whole)))


def _without_effect(whole: Whole) -> Iterator[Problem]:
    """Settings of kb.toml for rules that there are not, or for no file: they change nothing."""
    settings, path = whole.workspace.settings, MARKER.as_posix()
    known = {rule.code for rule in RULES}
    for item in (PathRules("", settings.severity, settings.allow), *settings.by_path):
        for name, codes in (("severity", item.severity), ("allow", item.allow)):
            table = f"check.{name}.{item.pattern}".rstrip(".")
            for code in sorted({*codes} - known):
                line = _line_of(whole, f"{table}.{code}")
                message = f"{table:.100}: no rule named {code:.60}"
                yield Problem(path, line, "setting", message, _meant(code), Severity.WARNING)
            if codes and item.pattern and not _matches_any(item.pattern, whole):
                hint = "Patterns are as in .gitignore, from the folder that holds kb/."
                message = f"{table:.100}: no file matches"
                line = _line_of(whole, table)
                yield Problem(path, line, "setting", message, hint, Severity.WARNING)


def _line_of(whole: Whole, name: str) -> int:
    written = find_key(whole.workspace.root / MARKER, name)
    return written.line if written else 0


def _meant(code: str) -> str:
    near = get_close_matches(code, [rule.code for rule in RULES], n=1)
    return f"Did you mean {near[0]}?" if near else "`kb check --explain RULE` knows them all."


def _matches_any(pattern: str, whole: Whole) -> bool:
    return any(is_ignored(path, (pattern,)) for path in whole.paths)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(set(problems), key=lambda item: (item.path, item.line, item.code, item.message))
    )
