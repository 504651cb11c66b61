from __future__ import annotations

import pytest

from cannery.exchange.json_text import read_json
from cannery.exchange.source import UnreadableError


def test_comments_and_last_commas_are_allowed() -> None:
    text = '// a\n{"a": "b // c, }", /* d\n */ "e": [1, 2, /* f */ ], "g": "\\"/*",\n}\n// h'
    assert read_json(text) == {"a": "b // c, }", "e": [1, 2], "g": '"/*'}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("{\n// a\n/* b\n*/ x", "Expecting property name", 4),
        ('{\n"a', "a text that nothing ends", 2),
        ("[NaN]", "NaN is not JSON", 0),
        ("[" * 100_000, "nested too deeply", 0),
        ("", "Expecting value", 1),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text: str, reason: str, line: int) -> None:
    with pytest.raises(UnreadableError, match=reason) as raised:
        read_json(text)
    assert raised.value.line == line
