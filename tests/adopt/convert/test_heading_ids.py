"""A place that a text names before a heading is that heading's id."""

from __future__ import annotations

import pytest

from cannery.adopt.convert.heading_ids import with_heading_ids


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<a id="x"></a>\n\n## A `b`\n', "## A `b` {#x}\n"),
        ('<a name="x"></a>\n## A\n', "## A {#x}\n"),
        ('## <a id="x"></a>A\n', "## A {#x}\n"),
        ('<a id="a-b"></a>\n## A `b`\n', "## A `b`\n"),
        ('<a id="x"></a>\n## A {#y}\n', '<a id="x"></a>\n## A {#y}\n'),
        ('[a](#a)\n\n<a id="x"></a>\n## A\n', '[a](#a)\n\n<a id="x"></a>\n## A\n'),
        ('<a id="x"></a>\n\ntext\n', '<a id="x"></a>\n\ntext\n'),
        ('```\n<a id="x"></a>\n## A\n```\n', '```\n<a id="x"></a>\n## A\n```\n'),
    ],
)
def test_a_place(text: str, wanted: str) -> None:
    assert with_heading_ids(text) == wanted
