"""What a team says of the rules, for all files and for some."""

from __future__ import annotations

import pytest

from cannery.content.suppressions import Suppressed, Suppression, weigh
from cannery.model.location import Problem, Severity
from cannery.model.path_rules import PathRules
from cannery.settings import Settings

OLD, NEW = "kb/articles/old/a.md", "kb/articles/new.md"
WARNING, ERROR = "warning", "error"


def _weighed(settings: Settings, path: str = OLD, code: str = "link") -> str:
    """What becomes of an error: its severity, or the reason why it is allowed."""
    told, allowed = weigh([Problem(path, 3, code, "gone")], {}, settings)
    return told[0].severity.value if told else allowed[0].reason


@pytest.mark.parametrize(
    "pattern", ["old", "kb/articles/old", "kb/articles/old/**", "**/a.md", "a.*"]
)
def test_a_pattern_is_for_the_files_that_it_matches(pattern: str) -> None:
    for rules in (
        PathRules(pattern, {"link": WARNING}),
        PathRules(pattern, allow={"link": "kept"}),
    ):
        settings = Settings(by_path=(rules,))
        assert _weighed(settings) == (WARNING if rules.severity else "kept")
        assert _weighed(settings, NEW) == ERROR
        assert _weighed(settings, code="image") == ERROR


def test_the_last_pattern_counts_and_each_more_than_what_holds_for_all() -> None:
    every = PathRules("kb/**", {"link": ERROR})
    old = PathRules("old", {"link": WARNING})
    assert _weighed(Settings(severity={"link": ERROR}, by_path=(every, old))) == WARNING
    assert _weighed(Settings(severity={"link": WARNING}, by_path=(old, every))) == ERROR
    assert _weighed(Settings(severity={"link": WARNING}, by_path=(old,)), NEW) == WARNING


def test_what_is_allowed_has_no_severity() -> None:
    rules = (PathRules("old", allow={"link": "kept"}), PathRules("old", {"link": ERROR}))
    assert _weighed(Settings(by_path=rules)) == "kept"
    assert _weighed(Settings(allow={"link": "all"}, by_path=rules)) == "kept"
    assert _weighed(Settings(allow={"link": "all"}, by_path=rules), NEW) == "all"


def test_a_file_allows_its_own_findings() -> None:
    found = [Problem(OLD, line, "link", "gone") for line in (3, 4, 5)]
    told, allowed = weigh(found, {OLD: [Suppression("link", 3, "kept")]}, Settings())
    assert told == (found[2],)
    assert allowed == (Suppressed(OLD, "link", "kept"),) * 2
    assert told[0].severity is Severity.ERROR
