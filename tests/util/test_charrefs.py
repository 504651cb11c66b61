from __future__ import annotations

import pytest

from cannery.util.charrefs import bounded, unescape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lt;b&gt; &#65;&#x42;", "<b> AB"),
        (f"a&#{'9' * 5000};b", "a\ufffdb"),
        (f"a&#x{'f' * 9000} b", "a\ufffd b"),
        (f"&#{'0' * 5000}106;avascript:", "javascript:"),
        (f"&#X{'0' * 5000}6A;avascript:", "javascript:"),
        (f"&#{'0' * 5000};", "\ufffd"),
    ],
)
def test_a_reference_is_read_as_a_browser_does_however_long(text: str, shown: str) -> None:
    assert unescape(text) == shown
    assert len(bounded(text)) < 100
