"""Which findings are asked for, by rules and files."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cannery.check.runner import RULES
from cannery.check.scope import Scope, chosen_rules
from cannery.errors import UsageError
from cannery.model.location import Problem

ALL = frozenset(rule.code for rule in RULES)


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ((), (), ALL),
        (("link",), (), {"link"}),
        (("link,image", " title ,"), (), {"link", "image", "title"}),
        ((), ("link,image",), ALL - {"link", "image"}),
        (("link,image",), ("image",), {"link"}),
        (("link",), ("link",), frozenset()),
    ],
)
def test_rules_are_selected_then_ignored(
    select: Sequence[str], ignore: Sequence[str], chosen: frozenset[str]
) -> None:
    has_code = chosen_rules(select, ignore)
    assert {code for code in ALL if has_code(code)} == chosen


@pytest.mark.parametrize(
    ("text", "message"),
    [("link,lnik", "unknown rule: lnik"), ("", "no rule is named"), (" , ", "no rule is named")],
)
def test_a_rule_that_there_is_not_is_told(text: str, message: str) -> None:
    for named in ((text,), ()), ((), (text,)):
        with pytest.raises(UsageError, match=message):
            chosen_rules(*named)


def test_a_finding_is_asked_for_by_its_file_and_its_rule() -> None:
    scope = Scope(lambda path: path == "kb/a.md", lambda code: code == "link")
    places = [("kb/a.md", "link"), ("kb/a.md", "image"), ("kb/b.md", "link")]
    held = [scope.holds(Problem(path, 1, code, "gone")) for path, code in places]
    assert held == [True, False, False]
