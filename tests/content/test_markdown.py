from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.field_types import _URL
from cannery.content.key_lines import key_lines
from cannery.content.markdown import parse, safe_address, tree
from cannery.render.text import text
from cannery.search.strip_markup import strip_markup

# Each takes minutes, where a pattern or a loop looks at the same letters again and again.
LONG = 20_000
TRAPS = [
    "a\n" * LONG, "{%" * LONG, "<!--" * LONG, "# a" + " " * LONG + "b", " " * LONG + "x", "[" * LONG,
    "*a_ " * LONG, "a" + " " * LONG + "b", "{{a " * LONG, "<a " * LONG, "- - " * 2000, "![" * LONG,
]  # fmt: skip


@pytest.mark.parametrize("body", TRAPS, ids=range(len(TRAPS)))
def test_a_page_made_to_be_slow_is_read_soon(base: Base, body: str) -> None:
    assert isinstance(text(tree(parse(body))), str)
    assert isinstance(strip_markup(body), str)
    base.write("articles/a.md", body)
    assert base.article("a.md").header.title


def test_a_header_made_to_be_slow_is_read_soon() -> None:
    assert key_lines("---\na" + " " * 60_000 + "b\n---\n") == {}
    assert not _URL.fullmatch("https://" + "a" * 100_000 + " ")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://e.com", True),
        ("mailto:a@e.com", True),
        ("/path:x", True),
        ("?q=a:b", True),
        ("#a:b", True),
        ("javascript:x", False),
        (" JAVASCRIPT:x", False),
        ("data:text/html,x", False),
    ],
)
def test_an_address_that_runs_something_is_not_safe(address: str, safe: bool) -> None:
    assert safe_address(address) is safe
