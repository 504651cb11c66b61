from __future__ import annotations

import pytest

from cannery.content.markdown import parse, tree
from cannery.render import slack
from cannery.render.formats import Body
from cannery.render.html import html
from cannery.render.slack_api import mrkdwn
from cannery.render.slack_html import slack_html
from cannery.render.text import text

CASES = {
    "paragraphs": ("a\nb\n\nc\\\nd", "<p>a b</p>\n<p>c<br>d</p>", "a b\n\nc\nd", "a b\n\nc\nd"),
    "japanese lines": ("改行の\n次\n\na\n次", "<p>改行の次</p>\n<p>a 次</p>", "改行の次\n\na 次", "改行の次\n\na 次"),
    "japanese lines with marks": ("改行の\n**次**\nの*a*\n**b**", None, "改行の次のa b", None),
    "marks": (
        "**b** *i* ~~s~~ `c`",
        "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>",
        "b i ~s~ c",
        "*b* _i_ ~s~ `c`",
    ),
    "marks between japanese": (
        "この**太字**です",
        "<p>この<strong>太字</strong>です</p>",
        "この太字です",
        "この\u200b*太字*\u200bです",
    ),
    "links": (
        "[t](https://e.com/?a=1&b=2) <https://e.com> [m](mailto:a@e.com)",
        '<p><a href="https://e.com/?a=1&amp;b=2">t</a> <a href="https://e.com">https://e.com</a> <a href="mailto:a@e.com">m</a></p>',
        "t (https://e.com/?a=1&b=2) https://e.com m (a@e.com)",
        "<https://e.com/?a=1&amp;b=2|t> <https://e.com> <mailto:a@e.com|m>",
    ),
    "link before japanese": (
        "[頁](https://e.com/a)を",
        '<p><a href="https://e.com/a">頁</a>を</p>',
        "頁 (https://e.com/a) を",
        "<https://e.com/a|頁>を",
    ),
    "raw html": (
        "<b onclick=x>a</b>\n\n<script>y</script>",
        "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n<p>&lt;script&gt;y&lt;/script&gt;</p>",
        "<b onclick=x>a</b>\n\n<script>y</script>",
        "&lt;b onclick=x&gt;a&lt;/b&gt;\n\n&lt;script&gt;y&lt;/script&gt;",
    ),
    "lists": (
        "- a\n- b\n  1. c\n  2. d\n\nend",
        "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>\n<p>end</p>",
        "- a\n- b\n  1. c\n  2. d\n\nend",
        "• a\n• b\n  1. c\n  2. d\n\nend",
    ),
    "numbers": ("9. a\n10. b\n\n    more", None, "9. a\n\n10. b\n\n    more", None),
    "quote": ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b", "> a\n>\n> b"),
    "heading": ("## A **b**", "<h2>A <strong>b</strong></h2>", "A b", "*A b*"),
    "code": (
        "```sh\nls <x>\n```",
        "<pre><code>ls &lt;x&gt;\n</code></pre>",
        "ls <x>",
        "```\nls &lt;x&gt;\n```",
    ),
    "image": ("![alt](https://e.com/p.png)", '<p><a href="https://e.com/p.png">alt</a></p>', None, None),
    "rule": ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>", "a\n\n" + "-" * 20 + "\n\nb", None),
    "slack signs": ("a & b *c", None, "a & b *c", "a &amp; b \u2060*c"),
    "unsafe link": ("[a](javascript:b)", "<p>[a](javascript:b)</p>", "[a](javascript:b)", None),
    "a file name is no link": ("see order.ts", "<p>see order.ts</p>", None, None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_markdown_reads_well_in_every_form(
    case: tuple[str, str | None, str | None, str | None],
) -> None:
    source, *expected = case
    for form, wanted in zip((html, text, mrkdwn), expected, strict=True):
        if wanted is not None:
            assert form(tree(parse(source))) == wanted


def test_a_table_is_aligned_by_the_columns_on_a_screen() -> None:
    nodes = tree(parse("| 名前 | n |\n|---|--:|\n| 東京都 | 1 |\n| a | 100 |"))
    assert text(nodes).split("\n") == [
        "名前      n",
        "------  ---",
        "東京都    1",
        "a       100",
    ]
    assert mrkdwn(nodes).startswith("```\n名前")
    assert "<td" in html(nodes)
    assert "class" not in html(nodes)


FOR_SLACK = """# Next *steps*

A & B <x> cost_1 *

- one
  - `two`

| a | b |
|---|---|
| 1 | & |

---

> ## Sub
"""


def test_text_for_slacks_composer_is_what_a_reader_sees() -> None:
    assert slack.render(Body("", tree(parse(FOR_SLACK)))) == (
        "Next steps\n\nA & B <x> cost_1 *\n\n• one\n  • two\n\na  b\n-  -\n1  &\n\n"
        + "-" * 20
        + "\n\n> Sub\n"
    )


def test_html_for_slacks_composer_has_only_what_it_shows() -> None:
    lines = (
        "<p><strong>Next <em>steps</em></strong></p>",
        "<p>A &amp; B &lt;x&gt; cost_1 *</p>",
        "<ul><li>one<ul><li><code>two</code></li></ul></li></ul>",
        "<pre><code>a  b\n-  -\n1  &amp;\n</code></pre>",
        f"<p>{'-' * 20}</p>",
        "<blockquote><p><strong>Sub</strong></p></blockquote>",
    )
    assert slack_html(tree(parse(FOR_SLACK))) == "\n".join(lines)
