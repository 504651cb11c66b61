"""Wide blanks, which a paragraph or a heading begins or ends with."""

from __future__ import annotations

import pytest

from cannery.content.markdown import parse, tree


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (" \u3000a\u3000 ", "\u3000a\u3000"),
        ("# \u3000a\u3000 ##", "\u3000a\u3000"),
        ("## \u3000", "\u3000"),
        ("\u3000a\u3000\n===", "\u3000a\u3000"),
        ("# a \u3000##", "a \u3000##"),
        ("# # a #b#", "# a #b#"),
    ],
)
def test_they_are_kept_and_others_are_not(text: str, inside: str) -> None:
    (node,) = tree(parse(text))
    assert "".join(child.content for child in node.children) == inside
