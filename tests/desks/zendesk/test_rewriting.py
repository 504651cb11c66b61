from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.rewriting import rewritten


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>It&#39;s &quot;x&quot;</p>", "<p>It's \"x\"</p>"),
        ("<div>One</div>\n<div>Two</div>", "<p>One</p><p>Two</p>"),
        ("a\N{NO-BREAK SPACE}b", "a&nbsp;b"),
        ("<br>", "<br />"),
        ("<b>x</b>", "<strong>x</strong>"),
        ('<img src="x" alt="y">', '<img alt="y" src="x" />'),
        ('<a href="https://a.example">x</a>', '<a href="https://a.example" rel="noopener noreferrer">x</a>'),
        ("<script>x</script>", ""),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("{{ ticket.title }} &amp; &lt;x&gt;", "{{ ticket.title }} &amp; &lt;x&gt;"),
    ],
)  # fmt: skip
def test_html_is_kept_in_another_form(sent: str, kept: str) -> None:
    assert rewritten(sent) == kept


@given(st.text("<>/pdiv bré&;=\"'\n", max_size=60))
def test_what_was_kept_once_stays_as_it_is(html: str) -> None:
    assert rewritten(rewritten(html)) == rewritten(html)


def test_a_macro_comes_back_otherwise_than_it_was_sent(asking: Asking) -> None:
    made = asking.macro(actions=[{"field": "comment_value_html", "value": "<div>It&#39;s</div>"}])
    assert made["actions"][0]["value"] == "<p>It's</p>"
