from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.liquid.portability import unportable


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ a | upcase }}", []),
        ("{{ a | url_encode }}", [(7, "the filter url_encode")]),
        ("x\n{{ a | times: 2.0 }}", [(8, "a whole number with a decimal point, such as 2.0")]),
        ("{{ a | append: '2.0' }} 2.0", []),
        ("{{ now | date: '%H %Z' }}{{ a }}", [(7, "a time zone name (%Z)")]),
        ("{% if a and a or a %}x{% endif %}", [(7, "`and` with `or` in one condition")]),
        ("{% if a == 'and or' or a %}x{% endif %}", []),
        ("{% doc %}x{% enddoc %}{{ a }}", [(7, "the tag doc")]),
    ],
)
def test_what_is_outside_the_profile_is_told_with_its_line(
    base: Base, body: str, said: list[tuple[int, str]]
) -> None:
    base.write("macros/m.md", f"---\ntitle: M\nsubject: s\nfields:\n- name: a\n---\n{body}\n")
    assert [(line, what) for _, line, what in unportable(base.macro("m.md"), {})] == said
