"""A reply of several macros, and of one with boxes that a person edits."""

from __future__ import annotations

from datetime import UTC, datetime

from cannery.content.library import read
from cannery.content.marks import Url
from cannery.model.entry import Macro, Reply
from cannery.reply.compose import compose, editable, from_markdown
from cannery.reply.resolve import Request, resolve
from cannery.workspace import Settings


def _reply(*bodies: str, language: str = "en") -> Reply:
    macros = []
    for body in bodies:
        macro = read("kb/macros/a.md", f"---\ntitle: T\n---\n{body}".encode(), Settings()).item
        assert isinstance(macro, Macro)
        macros.append(macro)
    now = datetime(2026, 11, 25, tzinfo=UTC)
    request = Request(tuple(macros), {}, language, Url, now, {}, keeps_lines=True)
    return compose(request, resolve(request, accept=True).values)


def test_footnotes_of_all_macros_are_numbered_at_the_end() -> None:
    reply = _reply("a[^1] b[^x]\n\n[^1]: A\n[^x]: X\n", "c[^1]\n\n[^1]: C\n", "d\n")
    assert reply.text == (
        "a[1] b[2]\n\nc[3]\n\nd\n\n--------------------\n\n[1] A\n\n[2] X\n\n[3] C\n"
    )


def test_footnotes_of_the_same_name_stay_two_in_the_source() -> None:
    reply = _reply("a[^1]\n\n[^1]: A\n", "c[^1]\n\n```\n[^1]: code\n```\n\n[^1]: C\n")
    assert reply.formats["markdown"] == (
        "a[^1]\n\n[^1]: A\n\nc[^1-2]\n\n```\n[^1]: code\n```\n\n[^1-2]: C\n"
    )
    assert from_markdown(f"{editable(reply)}x", reply).text.endswith("[1] A\n\n[2] C\nx\n")


def test_references_of_the_same_name_lead_where_each_macro_says() -> None:
    reply = _reply(
        "See [the Doc] and [more][doc].\n\n[the doc]: https://a.test\n[doc]: https://b.test\n",
        "See [The doc], [doc][], ![p][doc] and [x](y).\n\n> [doc]: z\n\n- [doc]\n\n[The Doc]: https://c.test 'T'\n[doc]: https://d.test\n",
    )
    assert reply.formats["markdown"].endswith(
        "See [The doc][the doc-2], [doc][doc-2], ![p][doc-2] and [x](y).\n\n> [doc-2]: z\n\n- [doc][doc-2]\n\n"
        "[the doc-2]: https://c.test 'T'\n[doc-2]: https://d.test\n"
    )
    again = from_markdown(f"{editable(reply)}\nx\n", reply)
    assert again.html == reply.html + "<p>x</p>\n"


def test_a_box_is_called_in_the_language_of_the_reply() -> None:
    assert _reply("!!! note\n    a\n", language="ja").text == "補足\na\n"
    assert _reply("> [!TIP]\n> a\n", language="ja").text == "ヒント\na\n"


def test_markdown_has_a_quote_for_a_box_and_an_editor_the_box() -> None:
    reply = _reply("!!! note\n    One,\n    two.\n\nEnd\n")
    assert reply.formats["markdown"] == "> **Note**\n>\n> One,\\\n> two.\n\nEnd\n"
    assert editable(reply) == "!!! note\n    One,\n    two.\n\nEnd\n"
    edited = from_markdown(editable(reply).replace("End", "Bye"), reply)
    assert edited.text == "Note\nOne,\ntwo.\n\nBye\n"
    assert editable(edited) == "!!! note\n    One,\n    two.\n\nBye\n"
