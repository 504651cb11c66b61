"""What a reader sees of HTML is equal, whichever tags it is written with."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.seen_lines import seen_lines


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p><p>b</p>", "a<br><br>b"),
        ("<p>a</p><p>b</p>", "<div>a</div><div><br></div><div>b</div>"),
        ("<p>a<br>b</p>", "a<br>b"),
        ("<p><strong>a</strong></p><p><b>b</b></p>", "<strong>a<br><br>b</strong>"),
        ("<strong><em>a</em></strong>", "<i><b>a</b></i>"),
        ("<strong>a</strong><strong>b</strong>", "<strong>ab</strong>"),
        ("<ul><li>a</li></ul><p>b</p>", "<ul>\n<li><p>a</p></li></ul>b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br><br>b</li></ul>"),
        ("<blockquote>a<br><br>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ('<a href="https://x.example">a</a>', '<p><a rel="x" href="https://x.example">a</a></p>'),
        ("<pre>a\n\nb</pre>c", "<pre>a\n\nb\n</pre><p>c</p>"),
        ("a &amp; b&nbsp;c", "<p>a & b c</p>"),
    ],
)
def test_what_looks_the_same_is_equal(one: str, other: str) -> None:
    assert seen_lines(one) == seen_lines(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p><p>b</p>", "a<br>b"),
        ("a b", "ab"),
        ("<p>a</p>", "<p><strong>a</strong></p>"),
        ("<p>a</p>", "<h2>a</h2>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ol><li>a</li></ol>", '<ol start="2"><li>a</li></ol>'),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<blockquote>a</blockquote>", "<p>a</p>"),
        ('<a href="https://x.example">a</a>', '<a href="https://y.example">a</a>'),
        ('<img src="a.png">', '<img src="b.png">'),
        ("a<hr>b", "<p>a</p><p>b</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a b</p>"),
        ("&lt;b&gt;", "<b></b>"),
        ("&lt;strong&gt;a&lt;/strong&gt;", "<strong>a</strong>"),
        ("&lt;hr&gt;", "<hr>"),
    ],
)
def test_what_looks_otherwise_differs(one: str, other: str) -> None:
    assert seen_lines(one) != seen_lines(other)


def test_the_lines_are_for_people() -> None:
    html = (
        '<p>Hi <b>you</b><br>see <a href="https://x.example">x</a></p><ol><li>a</li><li>b</li></ol>'
    )
    assert seen_lines(html) == [
        "Hi <strong>you</strong>",
        'see <a href="https://x.example">x</a>',
        "",
        "1. a",
        "2. b",
    ]


def test_what_nobody_can_have_written_is_compared_as_it_is() -> None:
    deep = "<div>" * 100 + "a"
    assert seen_lines(deep) == [deep]
