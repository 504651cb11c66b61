from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from cannery.content.markdown import parse, tree
from cannery.content.markup import markup
from cannery.render.html import html as rich
from cannery.render.text import text as plain
from cannery.richtext.to_markdown import as_markdown
from tests.capture.marked import REPLIES, read

GMAIL = """<meta charset="utf-8"><div dir="ltr"><div>Hi Kim,</div><div><br></div>
<div>please do <b>this</b>:</div><ol><li>Open&nbsp;<i>Settings</i></li><li>Run <code>kb doctor</code></li></ol>
<div>See <a href="https://help.example.com/a" style="color:red">the guide</a>.</div>
<img src="https://track.example.com/pixel.gif" width="1" height="1">
<div class="gmail_quote"><blockquote>On Monday Kim wrote: help</blockquote></div></div>"""
ZENDESK = """<div class="zd-comment"><p dir="auto">お世話になっております。<br>以下をご確認ください。</p>
<ul><li><p>ログ</p></li><li><p>設定</p></li></ul><pre><code>kb check\nkb sync</code></pre>
<p><a href="javascript:alert(1)">here</a> <a href="mailto:a@example.com">a@example.com</a></p>
<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></div>"""


def test_mail_becomes_clean_markdown() -> None:
    assert as_markdown(GMAIL) == (
        "Hi Kim,\n\nplease do **this**:\n\n1. Open *Settings*\n2. Run `kb doctor`\n\n"
        "See [the guide](https://help.example.com/a).\n"
    )


def test_a_help_desks_comment_becomes_clean_markdown() -> None:
    assert as_markdown(ZENDESK) == (
        "お世話になっております。\\\n以下をご確認ください。\n\n- ログ\n- 設定\n\n```\nkb check\nkb sync\n```\n\n"
        "here a@example.com\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n"
    )


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_a_reply_is_the_same_by_way_of_html(path: Path) -> None:
    reply = read(path)
    words = " ".join(reply.text.replace("\\", "").split())
    assert " ".join(as_markdown(reply.html).replace("\\", "").split()) == words


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<a href='data:text/html,x'>y</a>", "<svg onload=x>",
        "<p onclick='x'>y</p>", "<iframe src=x></iframe>", "<!-- [hidden] -->",
        "<style>p{}</style>", "<a href=' javascript:x'>y</a>",
    ],
)  # fmt: skip
def test_nothing_that_runs_is_left(html: str) -> None:
    assert as_markdown(html).strip() in {"", "y"}


def test_what_is_nested_too_deep_is_told() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        as_markdown("<div>" * 20_000 + "x")
    with pytest.raises(ValueError, match="characters of HTML"):
        as_markdown("x" * 3_000_000)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!--" * 50_000, ""),
        ("<!-- x -->" * 20_000 + "y", "y"),
        ("<![" * 50_000 + "x>y", "y"),
        ("<?" * 50_000, ""),
        ("a <b", r"a <b"),
        ("a < b > c", "a < b > c"),
        ("<a " * 20_000, "<a " * 19_999 + "<a"),
        ("<p>" * 5_000 + "x", "x"),
        ("<table><tr><th>a|b<th>`|`", "| a\\|b | `\\|` |\n| --- | --- |"),
        ("<table>" + "<tr><td>a" * 3, "|  |\n| --- |\n| a |\n| a |\n| a |"),
        ("<ul>" + "<li>a" * 2, "- a\n- a"),
        ("<ol start=7>" + "<li>a" * 2, "7. a\n8. a"),
        (f"<ol start={'9' * 5_000}><li>a", "1. a"),
        (f"<p>a &#{'9' * 5_000}; b", "a \ufffd b"),
        (f"<div style='{'a' * 1_000_000}'>x</div>", "x"),
        (f"<p>a{' ' * 1_000_000}b", "a b"),
        (f"<pre>a{' ' * 100_000}\n\n</pre>", "```\na\n```"),
        ("&lt;script&gt;", r"\<script>"),
        ("https://a.test/b", "https://a.test/b"),
        ("<script>a<b</script>c", "c"),
        ("<SCRIPT>alert(1)", ""),
        ("<head><title>a</title><p>b", "b"),
        ("<p title='a>b' class=\"it's\">c</p>", "c"),
        ("<b>a<i>b</b>c</i>", "**a*b***c"),
    ],
)
def test_html_that_nobody_writes_is_read_as_browsers_do(html: str, expected: str) -> None:
    assert as_markdown(html).strip() == expected


def test_lines_of_a_mail_are_joined_however_many_there_are() -> None:
    text = as_markdown("<div>a</div>" * 3_000 + "<div><br></div><div>b</div> <div>c</div>")
    assert text == "a\\\n" * 2_999 + "a\n\nb\\\nc\n"


@pytest.mark.parametrize(
    "html",
    [
        "<p>は<strong>「重要」</strong>です。<s>旧（税別）</s>新</p>", "<p><strong>Note:</strong>read a<em>(b)</em>c</p>", "<p>a<strong>“q”</strong>b</p>",
        "<p><em><strong>(x)</strong></em>y <s>(z)</s>z</p>", "<p><strong>Note:</strong><br>Hi</p>", "<p><strong>a<br>b</strong></p>", "<p><strong>a</strong><em>b</em></p>",
    ],
)  # fmt: skip
def test_emphasis_is_the_same_by_way_of_markdown(html: str) -> None:
    assert rich(tree(parse(as_markdown(html)))) == html


def test_emphasis_in_pieces_is_one() -> None:
    assert as_markdown("<p><b>a</b><b>b</b><b>c<br></b>d</p>") == "**abc**\\\nd\n"


def test_raised_digits_stay_raised_and_tags_that_are_text_stay_text() -> None:
    pasted = as_markdown(
        "<p>10<sup>6</sup> H<sub>2</sub>O &lt;kbd&gt;C&lt;/kbd&gt; <code>&lt;br&gt;</code></p>"
    )
    assert pasted == "10<sup>6</sup> H<sub>2</sub>O \\<kbd>C\\</kbd> `<br>`\n"
    assert plain(tree(parse(pasted))) == "10⁶ H₂O <kbd>C</kbd> <br>"


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("<x onclick='y'>", r"\<x onclick='y'>"),
        (r"c:\<div> \\<!-- \&lt;", r"c:\\\<div> \\\\&lt;!-- \\&amp;lt;"),
        ("<!-- seen -->", "&lt;!-- seen -->"),
        ("&lt;b&gt; AT&T", "&amp;lt;b&amp;gt; AT&T"),
        ("<https://x.org/a> <me@x.org>", r"\<https://x.org/a> \<me@x.org>"),
        ("press `<br>` or `&amp;`", "press `<br>` or `&amp;`"),
        ("a < b, <name> I <3 you <- <b", "a < b, <name> I <3 you <- <b"),
        ("{{ a }} {% b %} #{c} <{d}>", "{{ a }} {% b %} #{c} <{d}>"),
    ],
)
def test_text_that_looks_like_a_tag_stays_text(seen: str, written: str) -> None:
    made = as_markdown(f"<p>{escape(seen)}</p>")
    assert made == written + "\n"
    assert plain(tree(parse(made))).strip() == seen.replace("`", "")
    assert not [*markup(made)]


def test_code_keeps_its_tags() -> None:
    html = "<p><code>&lt;b&gt;&amp;amp;</code></p><pre>&lt;script&gt;</pre>"
    assert as_markdown(html) == "`<b>&amp;`\n\n```\n<script>\n```\n"
