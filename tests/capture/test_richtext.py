from __future__ import annotations

from pathlib import Path

import pytest

from cannery.capture.richtext import as_markdown
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
    with pytest.raises(ValueError, match="nested too deep"):
        as_markdown("<div>" * 20_000 + "x")
    with pytest.raises(ValueError, match="characters of HTML"):
        as_markdown("x" * 3_000_000)
