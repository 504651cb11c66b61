from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.profile import browser_pattern, unportable


@pytest.mark.parametrize(
    ("pattern", "browser"),
    [
        ("", ""),
        (r"INV-\d+", r"INV-\p{Nd}+".replace(r"\p{Nd}", r"[\p{Nd}]")),
        (r"[\w\-@.]+", r"[\p{L}\p{M}\p{N}\p{Pc}\-@.]+"),
        (r"(?P<a>x)\@\ ", r"(?<a>x)@ "),
        (r"\D\W", r"\P{Nd}[^\p{L}\p{M}\p{N}\p{Pc}]"),
        (r"a\/b", r"a\/b"),
        (r"(a+)+", None),
        (r"(?i)x", None),
        (r"a++", None),
        (r"\Ax\Z", None),
        (r"[\W]", None),
        (r"(?>x)", None),
    ],
)
def test_a_pattern_as_a_browser_reads_it(pattern: str, browser: str | None) -> None:
    assert browser_pattern(pattern) == browser


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ a | upcase }}", []),
        ("{{ a | url_encode }}", [(7, "the filter url_encode")]),
        ("x\n{{ a | times: 2.0 }}", [(8, "a whole number with a point, such as 2.0")]),
        ("{{ a | append: '2.0' }} 2.0", []),
        ("{{ now | date: '%H %Z' }}{{ a }}", [(7, "the name of a time zone (%Z)")]),
        ("{% if a and a or a %}x{% endif %}", [(7, "`and` with `or` in one condition")]),
        ("{% if a == 'and or' or a %}x{% endif %}", []),
    ],
)
def test_what_is_outside_the_profile_is_told_with_its_line(
    base: Base, body: str, said: list[tuple[int, str]]
) -> None:
    base.write("macros/m.md", f"---\ntitle: M\nsubject: s\nfields:\n- name: a\n---\n{body}\n")
    assert [(line, what) for _, line, what in unportable(base.macro("m.md"), {})] == said
