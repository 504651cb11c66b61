"""What looks like a placeholder goes through a desk as it is."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.unfilled import JOINER, unfilled, unfilled_html


@pytest.mark.parametrize("sign", ["{{", "{%", "#{"])
def test_no_sign_of_a_placeholder_is_left(sign: str) -> None:
    told = unfilled(f"Say {sign} name }}}}.")
    assert sign not in told
    assert told.replace(JOINER, "") == f"Say {sign} name }}}}."


def test_several_braces_in_a_row_leave_none_together() -> None:
    assert "{{" not in unfilled("{{{{x}}}}")


def test_code_is_left_alone_and_what_follows_it_is_not() -> None:
    html = "<p>{{a}} <code>{{b}}</code> {{c}}</p><pre><code>{{d}}</code></pre>{{e}}"
    told = unfilled_html(html)
    assert "<code>{{b}}</code>" in told
    assert "<pre><code>{{d}}</code></pre>" in told
    assert told.count("{{") == 2
    assert told.replace(JOINER, "") == html


def test_code_that_does_not_end_hides_nothing() -> None:
    assert "{{" not in unfilled_html("<code {{a}}")
