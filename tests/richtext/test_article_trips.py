"""Articles that go to a help centre as HTML and come back say what they said."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannery.content.markdown import parse, tree
from cannery.content.markup import markup
from cannery.render.article import Addresses, article_html
from cannery.render.article_markdown import article_markdown
from cannery.render.comparable import comparable
from cannery.richtext.article import article_nodes
from tests.own_articles import OWN_ARTICLES, body_of

_SAME = Addresses(str, str)
_WORDS = [
    "word", "and", "*", "**", "_", "~~", "`", "``", "[", "]", "(", ")", "!", "<", ">", "&", "#",
    "|", "\\", "&amp;", "&#42;", "{#a}", ":", "https://a.example/b_c?d=1", "<https://a.example>",
    "![p](x.png)", "[l](y.md 'T')", "**b**", "*e*", "~~s~~", "`c|d`", "<kbd>K</kbd>", "H<sub>2</sub>O",
    "<br>", "[^1]", "「重要」", "です", "**「強調」**", "é", "\u00a0", "\u3000", "1.", "-", "+", "=", "1)",
    "[x]", "[ ]", "[!NOTE]", "!!!", "???", "</details>", "<details>", "<!--", "-->",
]  # fmt: skip
_STARTS = [
    "", "", "", "# ", "## ", "> ", "> > ", "- ", "  - ", "* ", "1. ", "3. ", "   ", "    ", "\t",
    "```\n", "```sh\n", "~~~\n", "| ", "---\n", "===\n", "!!! note\n    ", '??? tip "T"\n    ',
    '=== "Tab"\n    ', "> [!WARNING]\n> ", "- [ ] ", "- [x] ", "[^1]: ", "[r]: ",
    "<details>\n<summary>S</summary>\n\n", "</details>\n", "| a | b |\n| --- | :-: |\n| c | ",
]  # fmt: skip
_line = st.tuples(
    st.sampled_from(_STARTS), st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join)
).map("".join)
_texts = st.lists(st.tuples(_line, st.sampled_from(["\n", "\n\n", "\\\n"])).map("".join)).map(
    "".join
)
_TAGS = [
    "p", "b", "i", "strong", "em", "del", "a", "code", "pre", "ul", "ol", "li", "table", "tr", "td",
    "th", "blockquote", "h2", "br", "div", "span", "sup", "img", "hr", "dl", "dt", "script",
]  # fmt: skip
_ATTRIBUTES = [
    "", "", ' class="admonition note"', ' class="admonition-title"', ' id="fn-1"', ' href="#fn-1"',
    ' href="https://a.example"', ' src="p.png" alt="p"', ' class="footnotes"', ' start="4"',
    ' class="admonition kb-tab"', ' class="admonition tip kb-closed"', ' style="text-align: right"',
    ' class="language-sh"', ' id="h_01ABCDEFGHJKMNPQRSTVWXYZ23"',
]  # fmt: skip
_pieces = st.one_of(
    st.sampled_from(_WORDS),
    st.tuples(st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)).map("<{0[0]}{0[1]}>".format),
    st.sampled_from(_TAGS).map("</{}>".format),
    st.sampled_from([" ", "\n", "&nbsp;", "&lt;br&gt;"]),
)
_MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def _html(text: str) -> str:
    return article_html(parse(text, language="en"), _SAME)


def _trip(html: str) -> str:
    return _html(article_markdown(article_nodes(html), "en").text)


def _words(html: str) -> str:
    """What a reader sees, without blanks, and without what numbers a footnote."""
    plain = unescape(re.sub(r"<[^<>]*>", "", html))
    return "".join(re.sub(r"\[\^?1\]|\u21a9", "", plain).split())


@_MANY
@given(_texts)
def test_a_text_says_the_same_when_it_comes_back(text: str) -> None:
    html = _html(text)
    back = article_markdown(article_nodes(html), "en")
    assert back.inexact or _words(_html(back.text)) == _words(html)


@_MANY
@given(_texts)
def test_a_text_that_came_back_once_stays_as_it_is(text: str) -> None:
    back = article_markdown(article_nodes(_html(text)), "en")
    assert back.inexact or _trip(_html(back.text)) == _html(back.text)


@_MANY
@given(st.lists(_pieces, max_size=25).map("".join))
def test_what_anyone_writes_there_is_read_the_same_way_each_time(html: str) -> None:
    nodes = article_nodes(html)
    text = article_markdown(nodes, "en")
    assert text.inexact or comparable(tree(parse(text.text, language="en"))) == comparable(nodes)


@pytest.mark.parametrize("address", ["../支払い/a.md", "https://例え.jp/返金", "%E8%BF%94.md"])
def test_a_japanese_address_leaves_its_paragraph_as_it_is(address: str) -> None:
    back = article_markdown(article_nodes(f'<p>See, <a href="{address}">it</a>.</p>'), "en")
    assert back == (f"See, [it]({address}).\n", ())


@pytest.mark.parametrize("path", OWN_ARTICLES, ids=lambda path: path.name)
def test_our_own_articles_come_back_as_they_went(path: Path) -> None:
    body, language = body_of(path)
    html = article_html(parse(body, language=language), _SAME)
    back = article_markdown(article_nodes(html), language)
    assert not back.inexact
    assert article_html(parse(back.text, language=language), _SAME) == html


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        (r"c:\<div>", r"c:\\\<div>"),
        ("a < b, <name> I <3 you <- <b", "a < b, <name> I <3 you <- <b"),
    ],
)
def test_text_that_looks_like_a_tag_stays_text(seen: str, written: str) -> None:
    html = f"<p>{escape(seen)}</p>"
    made = article_markdown(article_nodes(html), "en")
    assert made.text == written + "\n"
    assert article_html(parse(made.text), Addresses(str, str)).strip() == html
    assert not [*markup(made.text)]
