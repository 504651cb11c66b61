"""What people write is what customers read: line by line, in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cannery.content.library import read
from cannery.content.markdown import parse, tree
from cannery.content.marks import Url
from cannery.model.entry import Macro, Reply
from cannery.render.html import html
from cannery.render.slack_api import mrkdwn
from cannery.render.slack_html import slack_html
from cannery.render.text import text
from cannery.reply.compose import compose, editable, from_markdown
from cannery.reply.resolve import Request, resolve
from cannery.workspace import Settings

# Lines with what could begin something, in ASCII and wide, and with blanks at either end.
_LINE = st.text(
    st.sampled_from("・１．＃＊－＿＞#>-*_~`1.)\\|[]!?=^{}:&aKx 漢か（）。、：@\t\u3000"),
    max_size=9,
)
# An editor keeps no blanks at the end of a line, where nobody sees them.
_LINES = st.lists(_LINE.map(lambda line: line.rstrip(" \t")), min_size=1, max_size=5)
_WORDS = st.text(
    st.sampled_from("・１．＃＊－＿＞※→漢か（）。、：～！ab1. %@\t\u3000"), min_size=1, max_size=8
).map(lambda line: line.strip(" \t"))
# What a value may stand in.
_AROUND = (
    "{{ v }}\n", "a {{ v }}b\nc\n", "- {{ v }}\n- a\n", "1. a\n\n   {{ v }}\n", "> {{ v }}\n", "> - {{ v }}b\n", "!!! note\n    {{ v }}\n", '=== "a"\n    - {{ v }}\n',
    "> [!TIP]\n> {{ v }}\n", "a[^1]\n\n[^1]: {{ v }}\n", "- [x] {{ v }}\n", "**{{ v }}**\n", "# {{ v }}\n", "| a |\n|---|\n| {{ v }} |\n", '!!! tip "{{ v }}"\n    a\n', "[{{ v }}](https://e.com)\n",
    "`{{ v }}`\n", "```\n{{ v }}\n```\n", "<kbd>{{ v }}</kbd>\n",
)  # fmt: skip


def _reply(body: str, value: str = "x") -> Reply:
    head = "---\ntitle: T\nfields:\n- {name: v, type: multiline}\n---\n"
    macro = read("kb/macros/a.md", (head + body).encode(), Settings()).item
    assert isinstance(macro, Macro)
    request = Request(
        macros=(macro,),
        parts={},
        language="ja",
        article_url=Url,
        now=datetime(2026, 11, 25, tzinfo=UTC),
        given={"v": value},
        keeps_lines=True,
    )
    return compose(request, resolve(request, accept=True).values)


def _of_html(reply: Reply) -> str:
    assert reply.html.startswith("<p>")
    return unescape(
        reply.html.strip().removeprefix("<p>").removesuffix("</p>").replace("<br>", "\n")
    )


def _of_slack(reply: Reply) -> str:
    return unescape(reply.formats["slack-api"].replace("\u2060", "")).removesuffix("\n")


def _read_again(markdown: str, form: str) -> str:
    nodes = tree(parse(markdown, language="ja"))
    return {"html": html, "text": text, "slack-api": mrkdwn, "slack-html": slack_html}[form](nodes)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_LINES)
def test_a_value_comes_out_as_it_went_in(lines: list[str]) -> None:
    value = "\n".join(["あ", *lines, "い"])
    reply = _reply("始め{{ v }}終わり\n次の行 {{ v }}\n", value)
    shown = f"始め{value}終わり\n次の行 {value}"
    assert reply.text == shown + "\n"
    assert _of_html(reply) == shown
    assert _of_slack(reply) == shown
    assert reply.formats["slack"] == shown + "\n"
    assert _read_again(reply.formats["markdown"], "text") == shown
    for edited in (editable(reply), reply.source):
        assert from_markdown(f"{edited}\nx", reply).text == f"{shown}\n\nx\n"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(_AROUND), _LINES)
def test_a_value_is_read_again_as_it_stood_wherever_that_is(body: str, lines: list[str]) -> None:
    value = "\n".join(lines).strip()
    assume(value)
    reply = _reply(body, value)
    for form in ("html", "text", "slack-api", "slack-html"):
        assert _read_again(reply.source, form) == reply.formats[form].removesuffix("\n")
    if not any(mark in body for mark in ("!!!", "===")):
        assert _read_again(reply.formats["markdown"], "html") + "\n" == reply.html
    for line in value.split("\n"):
        assert line.lstrip(" \t").rstrip() in reply.text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(_WORDS.filter(bool), min_size=1, max_size=5))
def test_an_authors_text_without_marks_comes_out_as_it_is(lines: list[str]) -> None:
    written = "\n".join(f"か{line}" for line in lines)
    reply = _reply(f"{written}\n\n{{{{ v }}}}\n")
    assert reply.text == f"{written}\n\nx\n"
    assert _of_html(replace(reply)).split("</p>")[0] == written
    assert _of_slack(reply) == f"{written}\n\nx"
    assert _read_again(reply.formats["markdown"], "text") == f"{written}\n\nx"
    assert editable(reply).startswith(f"{written}\n\n")
    assert from_markdown(editable(reply), reply) == reply
