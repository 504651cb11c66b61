"""A page's use of another engine's syntax is one decision, and one finding."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.operations.check import check


def _found(base: Base, body: str) -> list[tuple[int, str, str]]:
    base.write("articles/a.md", f"---\ntitle: A\n---\n{body}\n")
    return [(item.line, item.code, item.message.split(" is ")[0]) for item in check(base.workspace).problems]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<b>x</b> and <b>y</b>", [(4, "unsupported", "<b>")]),
        ("x\n\n{{% tab %}}\n\ny\n\n{{% /tab %}}\n\n{{% tab %}}", [(6, "unsupported", "the shortcode {{% tab")]),
        (":::note\n\nx\n\n:::\n\n:::note\n\ny\n\n:::", [(4, "unsupported", "the container :::note")]),
        (":::\n\nx", [(4, "unsupported", "the container :::")]),
        ("<b>x</b> <i>y</i>", [(4, "unsupported", "<b>"), (4, "unsupported", "<i>")]),
    ],
)  # fmt: skip
def test_each_syntax_is_told_once(base: Base, body: str, found: list[tuple[int, str, str]]) -> None:
    assert _found(base, body) == found


def test_all_that_would_run_is_told(base: Base) -> None:
    body = "<script>a</script>\n\n<script>b</script>"
    assert [line for line, code, _ in _found(base, body) if code == "active"] == [4, 6]
