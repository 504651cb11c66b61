from __future__ import annotations

import pytest

from cannery.content.line_ends import kept
from cannery.content.markdown import parse, tree
from cannery.exchange.body import Code, Text, from_html, from_plain, markdown_of
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render
from cannery.render.text import text as shown


def test_liquid_passes_a_conversion_unseen() -> None:
    pieces = (
        Text("<p>Hi <b>"), Code('{{ ticket.requester.name | default: "*" }}'),
        Text('</b>, <a href="https://example.com/'), Code("{{ order_id }}"), Text('">see</a></p>'),
    )  # fmt: skip
    assert markdown_of(pieces, from_html) == (
        'Hi **{{ ticket.requester.name | default: "*" }}**, [see](https://example.com/{{ order_id }})\n'
    )


def test_what_was_written_does_not_become_liquid() -> None:
    body = markdown_of([Text("Type {{ x }} or {% y %} or {"), Code("{{ z }}")], from_plain)
    assert body == "Type {{ '{{' }} x }} or {{ '{' }}% y %} or {{ '{' }}{{ z }}\n"
    assert render(Source(body, ""), {"z": "Z"}, RenderContext("en")).plain == (
        "Type {{ x }} or {% y %} or {Z\n"
    )


def test_markers_of_the_author_are_none() -> None:
    assert markdown_of([Text("\ue0000\ue001"), Code("{{ a }}")], from_plain) == "0{{ a }}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Best regards,\nKim\n--\nExample Ltd",
        "Total\n===\n10",
        r"Open \\server\share and C:\temp\*.log",
        "Write &nbsp; and &#65; by hand",
        "5 * 3 * 2, snake_case_name",
        "ends with a backslash \\\nnext",
    ],
)
def test_plain_text_is_seen_as_it_was(text: str) -> None:
    markdown = markdown_of([Text(text)], from_plain)
    assert shown(tree(parse(kept(markdown)))).strip() == text
