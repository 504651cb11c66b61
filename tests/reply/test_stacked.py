"""A reply of several macros, and of one with boxes that a person edits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cannery.content.library import read
from cannery.content.marks import Url
from cannery.model.entry import Macro, Reply
from cannery.reply.compose import compose, editable, from_markdown
from cannery.reply.resolve import Request, resolve
from cannery.reply.stacked import one_source
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


NAMED = "[doc] [^1]\n\n[doc]: https://a.test\n\n[^1]: A\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("`cat x[doc]` and `[^1]`", "`cat x[doc]` and `[^1]`"),
        ("`` ` [doc] `` [doc]", "`` ` [doc] `` [doc][doc-2]"),
        ("`a\nb[doc]` [doc]", "`a\nb[doc]` [doc][doc-2]"),
        ("\\` [doc] \\`", "\\` [doc][doc-2] \\`"),
        ("`a\\` [doc] `b`", "`a\\` [doc][doc-2] `b`"),
        ("a ` b\n\nc [doc] ` d", "a ` b\n\nc [doc][doc-2] ` d"),
        ("[x](https://a.test/b[doc][^1])", "[x](https://a.test/b[doc][^1])"),
        ("[x](<b [doc]> '[doc]')", "[x](<b [doc]> '[doc]')"),
        ("<https://a.test/[doc]> [doc]", "<https://a.test/[doc]> [doc][doc-2]"),
        ("https://a.test/q[doc]&[^1]", "https://a.test/q[doc]&[^1-2]"),
        ("\\[doc] \\[^1] \\\\[doc]", "\\[doc] \\[^1] \\\\[doc][doc-2]"),
        ("[more\nwords][doc]", "[more\nwords][doc-2]"),
        ("[`a[0]`][doc]", "[`a[0]`][doc-2]"),
        ("[![i](https://a.test/i.png)][doc]", "[![i](https://a.test/i.png)][doc-2]"),
        ("[x]: https://a.test/[doc]", "[x]: https://a.test/[doc]"),
    ],
)
def test_names_are_changed_where_they_are_names(written: str, read: str) -> None:
    again = f"{written}\n\n[doc]: https://b.test\n\n[^1]: B\n"
    changed = f"{read}\n\n[doc-2]: https://b.test\n\n[^1-2]: B\n"
    assert one_source([NAMED, again]) == f"{NAMED}\n\n{changed}\n"


def test_names_in_code_are_taken_by_nobody() -> None:
    code = "a[^1]\n\n```\n[^1]: B\n```\n"
    assert one_source([NAMED, code]) == f"{NAMED}\n\n{code}\n"


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("[^1]\n\n[^1]: A", "[^1] [^1-2]\n\n[^1]: B\n[^1-2]: C", "[^1-3] [^1-2]\n\n[^1-3]: B\n[^1-2]: C"),
        ("[^1] [^1-2]\n\n[^1]: A\n[^1-2]: B", "[^1]\n\n[^1]: C", "[^1-3]\n\n[^1-3]: C"),
        ("[a]\n\n[a]: x", "[a] [A-2]\n\n[a]: y\n[A-2]: z", "[a][a-3] [A-2]\n\n[a-3]: y\n[A-2]: z"),
        ("[a] [a-2]\n\n[a]: x\n[a-2]: y", "[a] [a-2]\n\n[a]: z\n[a-2]: w", "[a][a-3] [a-2][a-2-2]\n\n[a-3]: z\n[a-2-2]: w"),
    ],
)  # fmt: skip
def test_a_new_name_is_one_that_is_free(first: str, second: str, read: str) -> None:
    assert one_source([first, second]) == f"{first}\n\n{read}\n"


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
