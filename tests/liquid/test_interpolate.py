from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cannery.content.markdown import Node, parse, tree
from cannery.content.marks import Url, mark
from cannery.errors import ValueRefusedError
from cannery.liquid.interpolate import interpolate
from cannery.liquid.interpolate_source import interpolate_source
from cannery.render.html import html
from cannery.render.slack_api import mrkdwn
from cannery.render.text import text


def _placed(source: str, value: str) -> tuple[str, str, str]:
    """HTML, text and Markdown of a source whose § stands for the value."""
    values: list[str] = []
    marked = "".join(mark(value, values) if char == "§" else char for char in source)
    tokens = parse(marked)
    nodes = tree(interpolate(tokens, values))
    return html(nodes), text(nodes), interpolate_source(marked, tokens, values)


NASTY = [
    "*a*", "_a_", "**a", "`a`", "```", "[x](http://e.com)", "![x](y)", "<b>", "&amp;", "{{ x }}", "{% if %}",
    "# a", "- a", "1. a", "> a", "a|b", "~~a~~", "http://e.com", "\\", "a\\*b", "    a", "---", "===", "x\ny",
    "x\n\ny", "x\n- y", "x\n# y", "<script>alert(1)</script>", "a  \nb", "田中*太郎*", "|--|--|", "[a]: /b", "&#42;",
    "49.00", "-5", "+3.5", "1.", "1)", "-", "--5", "#5", "1)5", "-5\n- 5",
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


@pytest.mark.parametrize("value", ["49.00", "-5", "+3.5", "0.10"])
@pytest.mark.parametrize("source", ["§ EUR", "- § EUR", "> §", "a\n§"])
def test_a_number_at_the_beginning_of_a_line_needs_no_escape(source: str, value: str) -> None:
    assert _placed(source, value)[2] == source.replace("§", value)


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
    assert html(tree(parse(markdown))) == rich


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


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp"]), min_size=1, max_size=40
    )
)
def test_any_value_is_data_in_every_form(value: str) -> None:
    rich, plain, markdown = _placed("Hello §,\n\n- §", value)
    assert _tags(rich) == ["p", "ul", "li"]
    squeezed = "".join(value.split())
    assert "".join(plain.split()).count(squeezed) >= 2
    assert "".join(text(tree(parse(markdown))).split()) == "".join(plain.split())
    values: list[str] = []
    nodes = tree(interpolate(parse(f"Hello {mark(value, values)}"), values))
    shown = mrkdwn(nodes).replace("\u2060", "")
    assert "<" not in shown
    assert ">" not in shown


def test_a_value_may_be_the_host_or_the_mailbox_of_an_address() -> None:
    rich, _, markdown = _placed("[§](mailto:§) https://§/x <https://§>", "a.example.com")
    assert '<a href="mailto:a.example.com">a.example.com</a>' in rich
    assert '<a href="https://a.example.com/x">https://a.example.com/x</a>' in rich
    assert html(tree(parse(markdown))) == rich


# What customers type that looks like an address, or ends one.
LIKE_ADDRESSES = (
    "//evil.test", "//evil.test/a", "www.evil.test", "evil.test", "mailto:x@y", "MailTo:x@y.test", "x@y.test", "javascript:alert(1)",
    "<https://evil.test>", "<x@evil.test>", "[x](http://evil.test)", "![x](http://evil.test/p.png)", "http://evil.test", "HTTPS://evil.test/a_b*c*",
    "http:evil.test", "https:", "mailto", "mailto:", "tel:123", "ftp://e.test", "://evil.test", ":", "/", "//", "https&#58;//e.test", "&#47;/evil.test",
    "(http://evil.test)", "//localhost", "http:////evil.test", "see //evil.test and mailto:x@y.test", "one\n//evil.test", "[x]: //evil.test", "wow!",
)  # fmt: skip
PARTS = (
    "a_b", "a*b", "_a_", "*a*", "日本", "a b", "a)b", "a(b", "a&b", "&copy;", "%2F", "%41", "100%", "%zz", "#", "#x", '"q"', "'q'", "a`b", "a\\b", "a\\",
    "\\!", "\\\\!", "\\/", "\\#",
    "a+b=c", "a?b", "a/b", "a|b", "~a~~", "!", "a]b", "a>b", "a.", "../..", "é e\u0301", "ｅ。ｔ", "a\nb", "\u202ea", "👍🏽", "a\u3000b", "x" * 90,
)  # fmt: skip
PLACES = (
    "§", "Hi §!", "§x", "x§", "§§", "§:§", "http:§", "https:§ x", "mailto:§", "mailto:a@§", "//§", "/§", "§/", "§//x", "§[t](https://x.test)", "§@x.test",
    "tel:§", "www.§", "<§>", "<a§>", "[§]", "&§;", "**§**", "# §", "| a |\n|--|\n| § |", "> - §", "[§](https://x.test)", "[t](https://x.test '§')",
    "`§`", "a**§**b", "は**§**で", "x~~§~~y", "は~~§~~で", "***§***a", "a*§ x*b", "§**§**§", "x**y §**z", "a**[§](https://x.test)**b",
)  # fmt: skip
ADDRESSES = (
    "https://x.test/§", "https://x.test/§ end", "(https://x.test/§).", "**https://x.test/§**", "https://x.test/§/§?q=§&r=§#§", "<https://x.test/§>",
    "[t](https://x.test/§)", "[t](<https://x.test/§>)", '[t](https://x.test/§ "§")', "[§](https://x.test/§)", "![§](https://x.test/§)", "[r]\n\n[r]: https://x.test/§",
    "| a |\n|--|\n| https://x.test/§ |", "# https://x.test/§", "- https://x.test/a_§_b, c", "§https://x.test/", "https://x.test/§日本", "https://§/x", "http://§.x.test",
    "<mailto:§@x.test>", "mailto:a@§", "[t](mailto:§)", "ftp://x.test/§ https://x.test/§",
    "はhttps://x.test/§を", "https://x.test/aを§", "https://x.test/a。`https://x.test/a`を§", "https://x.test/a。 https://x.test/ab、§", "http://例え.jp/§、",
)  # fmt: skip

# Boxes and their like, and what customers type that looks like one.
BLOCKS = (
    '!!! note "§"\n    §', "!!! tip\n    - §\n\n    § x\nend", '=== "a §"\n    §\n\n=== "§"\n    x', '??? "§§"\n    1. §', "> [!NOTE]\n> §\n> §", "- [ ] §\n- [x] a§",
    "- [§] x", "- §[ ] x", "> [§]\n> x", "> §[!NOTE]\n> x", "a[^1] §\n\n[^1]: §\n\n    §", "[§] [^§] a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]:\n    - §", "# § {#b}", "# a §", "§ {#b}\n---",
    "# § <!-- a -->", "<kbd>§</kbd> x<sup>§</sup> H<sub>§</sub>", "a<br>§", "<§>x</kbd>", "<§", "<details>\n<summary>§</summary>\n§\n\n§\n</details>", "!§", "!!! §\n    x", "a\n§\n    b",
    "> § a\n> > §", "1. !!! note\n       §", "{#§}", "# {§", "§\n\n§",
)  # fmt: skip
LIKE_BLOCKS = (
    "[x] a", "[ ] a", "x", "!!! note", "!!! note\n    a", '!!! tip "a"', '=== "a"', "=== a", "??? a", "???+ a\n    b", "!!", "[!NOTE]", "!NOTE", "^1", "[^1]", "[^1]: c", "{#c}", "{: #c }",
    "#c}", "#c", "kbd>", "kbd", "<kbd>a</kbd>", "</kbd>", "<br>", "br>", "<details>\n<summary>a</summary>\nb\n</details>", "</details>", "> [!NOTE]\n> a", "・a\n・b", "１．a", "a\n\n\nb",
    "a\tb", ":::", "<!-- a -->", "-->", "a\n=== ", "a\n---", "| a |\n|---|", 'a "b" c', 'a"', "a\\", "**", "「a」", "+", "- [x] a", "```", "# a {#b}",
)  # fmt: skip


def forms(nodes: Sequence[Node]) -> tuple[str, str, str]:
    return html(nodes), text(nodes), mrkdwn(nodes)


def filled(source: str, value: str) -> tuple[tuple[str, str, str], tuple[str, str, str], str]:
    """Every form of a source whose § stands for the value; the same after an editor; its Markdown."""
    values: list[str] = []
    marked = "".join(mark(value, values) if char == "§" else char for char in source)
    tokens = parse(marked)
    markdown = interpolate_source(marked, tokens, values)
    return forms(tree(interpolate(tokens, values))), forms(tree(parse(markdown))), markdown


def _leads_to(rich: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', rich)


@pytest.mark.parametrize("source", PLACES)
def test_a_value_is_no_link_before_and_after_an_editor(source: str) -> None:
    own = _leads_to(filled(source, "xyz")[0][0])
    for value in (*LIKE_ADDRESSES, *PARTS):
        before, after, markdown = filled(source, value)
        assert before == after, (value, markdown)
        links = [link.replace("xyz", "") for link in own]
        found = _leads_to(before[0])
        assert len(found) == len(own), (value, before)
        assert all(link.startswith(start) for link, start in zip(found, links, strict=True))


@pytest.mark.parametrize("source", BLOCKS)
def test_a_value_makes_no_block_before_and_after_an_editor(source: str) -> None:
    own = _tags(filled(source, "zyz")[0][0])
    for value in LIKE_BLOCKS:
        before, after, markdown = filled(source, value)
        assert before == after, (value, markdown)
        tags = _tags(before[0])
        assert [tag for tag in tags if tag != "br"] == [tag for tag in own if tag != "br"], value
        for line in filter(None, value.split("\n")):
            assert line.strip() in before[1], (value, before[1])


@pytest.mark.parametrize("source", ADDRESSES)
def test_an_address_holds_a_value_before_and_after_an_editor(source: str) -> None:
    own = _leads_to(filled(source, "xyz")[0][0])
    for value in (*PARTS, *LIKE_ADDRESSES):
        try:
            before, after, markdown = filled(source, value)
        except ValueRefusedError:
            continue
        assert before == after, (value, markdown)
        assert len(_leads_to(before[0])) == len(own), (value, before)


@pytest.mark.parametrize(
    ("value", "path", "read"),
    [
        ("a_b", "a_b", "a_b"), ("a*b", "a*b", "a*b"), ("日本", "%E6%97%A5%E6%9C%AC", "日本"), ("a b", "a%20b", "a%20b"), ("a)b", "a%29b", "a%29b"),
        ("a&b", "a%26b", "a%26b"), ("%2F", "%2F", "%2F"), ("#", "%23", "%23"), ('"', "%22", "%22"), ("'", "'", "'"), ("//e.test", "//e.test", "//e.test"),
    ],
)  # fmt: skip
def test_a_bare_address_leads_where_its_author_meant(value: str, path: str, read: str) -> None:
    for source in ("https://x.test/§", "<https://x.test/§>"):
        (rich, plain, sent), after, _ = filled(source, value)
        assert unescape(_leads_to(rich)[0]) == f"https://x.test/{path}"
        assert plain == f"https://x.test/{read}"
        assert sent.replace("&amp;", "&").startswith(f"<https://x.test/{path}")
        assert after == (rich, plain, sent)


def test_an_address_of_another_script_is_the_same_before_and_after_an_editor() -> None:
    (rich, plain, _), after, markdown = filled("§", Url("http://例え.jp/あ b?c=d#e"))
    assert _leads_to(rich) == ["http://xn--r8jz45g.jp/%E3%81%82%20b?c=d#e"]
    assert (after[0], after[1]) == (rich, plain)
    assert markdown == "<http://例え.jp/あ%20b?c=d#e>"


@given(
    st.sampled_from([*PLACES, *ADDRESSES]),
    st.text(st.sampled_from("ab/:@.<>()[]!&#;%\\*_~`|-=+1日 mailtohttps"), min_size=1, max_size=14),
)
def test_an_editor_changes_nothing(source: str, value: str) -> None:
    assume(value.strip() == value)
    try:
        before, after, markdown = filled(source, value)
    except ValueRefusedError:
        return
    assert before == after, markdown


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        ("は**§**で", "標準（年額）", "は**標準（年額）**で"),
        ("は**§**で", "Pro (yearly)", "は**Pro (yearly)**で"),
        ("my**§**plan", "Pro (yearly)", "my**Pro (yearly)**&#112;lan"),
        ("my~~§~~plan", "(old)", "m&#121;~~(old)~~&#112;lan"),
        ("my **§** plan", "(old)", "my **(old)** plan"),
        ("a_§_", "(b)", "a_(b)_"),
    ],
)
def test_marks_hold_a_value_that_punctuation_begins_or_ends(
    source: str, value: str, written: str
) -> None:
    before, after, markdown = filled(source, value)
    assert markdown == written
    assert before == after


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("はhttps://e.com/aを。", "は<https://e.com/a>を。"),
        ("https://e.com/a to https://e.com/b.", "https://e.com/a to https://e.com/b."),
        ("「https://e.com/a」", "「<https://e.com/a>」"),
        ("https://e.com/a\\\nb", "<https://e.com/a>\\\nb"),
        ("`https://e.com/aを` https://e.com/aを", "`https://e.com/aを` https://e.com/aを"),
        ("[a](https://e.com/a)を", "[a](https://e.com/a)を"),
    ],
)
def test_other_programs_are_told_where_an_address_ends(source: str, written: str) -> None:
    before, after, markdown = filled(source, "x")
    assert markdown == written
    assert before == after
