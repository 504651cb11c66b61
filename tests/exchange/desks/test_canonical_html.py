from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.exchange.desks.canonical_html import canonical_html
from tests.desks.zendesk.rewriting import rewritten


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "a"),
        ("<p>a</p>", "<div>a</div>\n"),
        ("<p>a</p>", "<div><div>a<br/></div></div>"),
        ("<p>a</p>", "<p>a&nbsp;<br></p>\n<p>&nbsp;</p>"),
        ("<p>a b</p>", "<p>\n  a&nbsp; b </p>"),
        ("<p>a &amp; b</p>", "<p>a & b</p>"),
        ('<p>it\'s "so"</p>', "<p>it&#39;s &quot;so&quot;</p>"),
        ("<p>a<br>b</p>", "<p>a <br />\nb</p>"),
        ("<p><strong>a</strong></p>", "<p><b>a</b></p>"),
        ("<p><em>a</em></p>", '<p><i class="x">a</i></p>'),
        ("<p>a</p>", '<p dir="auto" style="color:red"><span>a</span></p>'),
        (
            '<p><a href="https://x.example/">a</a></p>',
            '<p><a target="_blank" rel="noopener" href="https://x.example/">a</a></p>',
        ),
        (
            '<p><a href="{{ticket.link}}">a</a></p>',
            '<p><a href="%7B%7Bticket.link%7D%7D">a</a></p>',
        ),
        ("<ul>\n<li>a</li>\n</ul>", "<ul><li><p>a</p></li> </ul>"),
        ("<ol><li>a</li></ol>", '<ol start="1"><li>a</ol>'),
        ("<pre>a\n  b</pre>", "<pre><code>a\n  b\n</code></pre>"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</tbody></table>"),
        (
            '<table><tr><th align="right">a</th></tr></table>',
            '<table><tr><th style="border: 1px; text-align: right">a</th></tr></table>',
        ),
        ("<p>a</p>", "<p>a</p><script>p()</script><!-- x --><style>p{}</style>"),
        ("<p>{{ x | default: 'y' }}</p>", "<p>{{ x | default: &#39;y&#39; }}</p>"),
    ],
)
def test_what_reads_the_same_is_equal(one: str, other: str) -> None:
    assert canonical_html(one) == canonical_html(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a</p><p>b</p>", "<p>a<br>b</p>"),
        ("<p>a<br><br>b</p>", "<p>a<br>b</p>"),
        ("<p><strong>a</strong></p>", "<p>a</p>"),
        ('<p><a href="https://x.example/">a</a></p>', '<p><a href="https://y.example/">a</a></p>'),
        ("<ol><li>a</li></ol>", "<ul><li>a</li></ul>"),
        ('<ol start="3"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
        ("<p>全角\u3000空白</p>", "<p>全角 空白</p>"),
    ],
)
def test_what_reads_otherwise_is_not(one: str, other: str) -> None:
    assert canonical_html(one) != canonical_html(other)


_TEXTS = st.text(st.sampled_from("ab &<>'\"\n\u00a0{}語"), max_size=8)
_LEAVES = _TEXTS.map(escape) | st.sampled_from(
    ["<br>", "<hr>", "<img src='x'>", "</p>", "<!-- -->"]
)


def _around(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(
        [
            "p",
            "div",
            "ul",
            "ol",
            "li",
            "b",
            "em",
            "a",
            "pre",
            "table",
            "tr",
            "td",
            "th",
            "blockquote",
            "span",
            "h2",
        ]
    )
    return st.builds(lambda name, inside: f"<{name}>{''.join(inside)}</{name}>", names, st.lists(children, max_size=4))  # fmt: skip


_HTML = st.recursive(_LEAVES, _around, max_leaves=12)


@settings(max_examples=150, deadline=None)
@given(_HTML)
def test_the_canonical_form_is_its_own(html: str) -> None:
    once = canonical_html(html)
    assert canonical_html(once) == once


@settings(max_examples=150, deadline=None)
@given(_HTML)
def test_what_zendesk_rewrites_is_equal(html: str) -> None:
    ours = canonical_html(html)
    assert canonical_html(rewritten(ours)) == ours


@pytest.mark.parametrize(
    "html",
    ["<div>" * 5_000, "<p" * 100_000, "<!--" * 50_000, "<a href='" * 50_000, "x" * 1_100_000,
     "<li>" * 30_000, "</p>" * 50_000, "<script>" * 30_000, "&#" + "1" * 90_000, "<td><p>" * 9_000],
)  # fmt: skip
def test_hostile_html_is_answered(html: str) -> None:
    assert isinstance(canonical_html(html), str)
