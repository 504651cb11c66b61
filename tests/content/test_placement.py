from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.markdown import parse, tree
from cannery.content.placement import Url, mark, place, place_in_source
from cannery.errors import ValueRefusedError
from cannery.reply.plaintext import slack, text
from cannery.reply.richtext import html


def _placed(source: str, value: str) -> tuple[str, str, str]:
    """HTML, text and Markdown of a source whose § stands for the value."""
    values: list[str] = []
    marked = "".join(mark(value, values) if char == "§" else char for char in source)
    tokens = parse(marked)
    nodes = tree(place(tokens, values))
    return html(nodes), text(nodes), place_in_source(marked, tokens, values)


NASTY = [
    "*a*", "_a_", "**a", "`a`", "```", "[x](http://e.com)", "![x](y)", "<b>", "&amp;", "{{ x }}", "{% if %}",
    "# a", "- a", "1. a", "> a", "a|b", "~~a~~", "http://e.com", "\\", "a\\*b", "    a", "---", "===", "x\ny",
    "x\n\ny", "x\n- y", "x\n# y", "<script>alert(1)</script>", "a  \nb", "田中*太郎*", "|--|--|", "[a]: /b", "&#42;",
]  # fmt: skip


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    "source", ["§", "Hi §!", "- § x", "> §", "**§**", "# §", "| a |\n|--|\n| § |"]
)
def test_a_value_comes_out_as_itself_and_as_nothing_else(source: str, value: str) -> None:
    one_line = "#" in source or "|" in source
    rich, plain, markdown = _placed(source, value)
    again = tree(parse(markdown))
    expected = value.replace("\n", " ") if one_line else value
    for part in expected.split("\n"):
        assert part.strip() in plain
        assert part.strip() in text(again)
    assert _tags(rich) == _tags(_placed(source, "x")[0]) + ["br"] * (expected.count("\n"))
    assert [tag for tag in _tags(html(again)) if tag != "br"] == _tags(_placed(source, "x")[0])


def _tags(rich: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            assert not [name for name, _ in attrs if name.startswith("on") or name == "class"]

    Reader().feed(rich)
    return sorted(found, key=lambda tag: tag == "br")


@pytest.mark.parametrize("value", ["a`b", "``", "`", "x``y`z"])
def test_code_holds_any_backtick(value: str) -> None:
    rich, plain, markdown = _placed("run `§` now", value)
    assert f"<code>{value}</code>" in rich
    assert text(tree(parse(markdown))) == plain == f"run {value} now"


def test_a_block_of_code_holds_any_fence() -> None:
    rich, _, markdown = _placed("- x\n\n  ```sh\n  §\n  ```\n\nend", "a\n```\n<b>")
    assert "<pre><code>a\n```\n&lt;b&gt;\n</code></pre>" in rich
    assert html(tree(parse(markdown))) == rich


def test_an_address_is_a_link_where_it_stands_as_text() -> None:
    rich, plain, markdown = _placed("See § now", Url("https://e.com/a_b_(c)?d=1&e=2"))
    assert '<a href="https://e.com/a_b_(c)?d=1&amp;e=2">' in rich
    assert plain == "See https://e.com/a_b_(c)?d=1&e=2 now"
    assert 'href="https://e.com/a_b_%28c%29?d=1&amp;e=2"' in html(tree(parse(markdown)))


def test_a_value_inside_an_address_cannot_leave_it() -> None:
    rich, _, markdown = _placed("[t](https://e.com/?q=§)", 'a b&c=1") <x>')
    assert 'href="https://e.com/?q=a%20b%26c%3D1%22%29%20%3Cx%3E"' in rich
    assert html(tree(parse(markdown))) == rich


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "vbscript:x"]
)
def test_an_address_that_runs_something_is_refused(value: str) -> None:
    with pytest.raises(ValueRefusedError):
        _placed("[t](§)", value)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1, max_size=40))
def test_any_value_is_data_in_every_form(value: str) -> None:
    rich, plain, markdown = _placed("Hello §,\n\n- §", value)
    assert _tags(rich) == ["p", "ul", "li"]
    squeezed = "".join(value.split())
    assert "".join(plain.split()).count(squeezed) >= 2
    assert "".join(text(tree(parse(markdown))).split()) == "".join(plain.split())
    values: list[str] = []
    nodes = tree(place(parse(f"Hello {mark(value, values)}"), values))
    shown = slack(nodes).replace("\u2060", "")
    assert "<" not in shown
    assert ">" not in shown


def test_a_value_may_be_the_host_or_the_mailbox_of_an_address() -> None:
    rich, _, markdown = _placed("[§](mailto:§) https://§/x <https://§>", "a.example.com")
    assert '<a href="mailto:a.example.com">a.example.com</a>' in rich
    assert '<a href="https://a.example.com/x">https://a.example.com/x</a>' in rich
    assert html(tree(parse(markdown))) == rich
