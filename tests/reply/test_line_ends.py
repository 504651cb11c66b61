"""What people write is what customers read: line by line, in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.content.library import read
from cannery.content.marks import Url
from cannery.model.entry import Macro, Reply
from cannery.reply.compose import compose, editable, from_markdown
from cannery.reply.resolve import Request, resolve
from cannery.workspace import Settings

_LINE = st.text(st.sampled_from("・１．#>-*_~`1.)\\|[]!&aK 漢か（）。、：@\t"), max_size=8)
_LINES = st.lists(_LINE.map(str.strip), min_size=1, max_size=5)
_WORDS = st.text(st.sampled_from("・１．漢か（）。、：ab %"), min_size=1, max_size=8).map(str.strip)


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
    return unescape(reply.formats["slack"].replace("\u2060", "")).strip()


@settings(max_examples=60)
@given(_LINES)
def test_a_value_comes_out_as_it_went_in(lines: list[str]) -> None:
    value = "\n".join(["あ", *lines, "い"])
    reply = _reply("始め{{ v }}終わり\n次の行 {{ v }}\n", value)
    shown = f"始め{value}終わり\n次の行 {value}"
    assert reply.text == shown + "\n"
    assert _of_html(reply) == shown
    assert _of_slack(reply) == shown
    for edited in (editable(reply), reply.markdown):
        again = from_markdown(edited + "\nx", reply)
        assert again.text.rstrip("x\n") == shown.rstrip("x\n")


@settings(max_examples=60)
@given(st.lists(_WORDS.filter(bool), min_size=1, max_size=5))
def test_an_authors_text_without_marks_comes_out_as_it_is(lines: list[str]) -> None:
    written = "\n".join(f"か{line}" for line in lines)
    reply = _reply(f"{written}\n\n{{{{ v }}}}\n")
    assert reply.text == f"{written}\n\nx\n"
    assert _of_html(replace(reply)).split("</p>")[0] == written
    assert editable(reply).startswith(f"{written}\n\n")
    assert from_markdown(editable(reply), reply) == reply
