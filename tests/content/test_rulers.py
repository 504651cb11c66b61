"""Asking the rules that begin with a letter finds what asking all of them finds."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from tests.test_own_content import ROOT

from cannery.content import emphasis, markdown
from cannery.content.emphasis import InlineParser
from cannery.content.markdown import _block_parser, _parser
from cannery.content.rulers import _OF_BLOCKS, _OF_SPANS
from cannery.content.split import split

BEGINNINGS = (
    "> q", "!!! note\n    a", '??? tip "T"\n    a', '=== "T"\n    a', "<details>\n<summary>a</summary>\nb\n</details>",
    "```\na\n```", "~~~\na\n~~~", "[^1]: a\n\nb[^1]", "# a", "***", "---", "___", "<div>\na\n</div>", "* a", "+ a", "- a",
    "0. a", "7) a", "[a]: https://a.test\n\n[a]", "|a|\n|-|\n|b|", "a|b\n-|-\nc|d", "    a", "a\n===", "a\n---",
    "<https://a.test>", "`a`", "*a*", "_a_", "&amp;", "\\*", "![a](b.png)", "[a](b.md)", "<kbd>a</kbd>", "a<br>b",
    "https://a.test", "a\nb", "a  \nb", "~~a~~", "a", "", "あ", "\u3000a", "\t- a", "!", "[", "<", "&", ":", "\\",
)  # fmt: skip
AROUND = (
    "{}",
    "a\n{}",
    "- {}",
    "> {}",
    "a {} b",
    "- a\n  {}",
    "{}\n\n{}",
    "あ{}い",
    "1. a\n\n   {}",
    "   {}",
    "     {}",
)


def _tokens(text: str) -> list[object]:
    return [
        token.as_dict()
        for parsed in (
            markdown.parse(text),
            markdown.parse(text, bare_links=False),
            _block_parser().parse(text, {}),
        )
        for token in parsed
    ]


@pytest.fixture(autouse=True)
def _new_parsers() -> Iterator[None]:
    _forget_parsers()
    yield
    _forget_parsers()


def _forget_parsers() -> None:
    _parser.cache_clear()
    _block_parser.cache_clear()


def _asking_all(monkeypatch: pytest.MonkeyPatch) -> None:
    _forget_parsers()
    monkeypatch.setattr(markdown, "BlockRuler", lambda known: known)
    monkeypatch.setattr(emphasis, "InlineRuler", lambda known, _: known)


@pytest.mark.parametrize("around", AROUND)
def test_a_text_has_the_same_tokens(around: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [around.replace("{}", text) for text in (*BEGINNINGS, *string.printable)]
    found = [_tokens(text) for text in texts]
    _asking_all(monkeypatch)
    assert found == [_tokens(text) for text in texts]


def test_our_own_content_has_the_same_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((ROOT / "kb").rglob("*.md"))[::4]
    texts = [split(path.read_text("utf-8")).body for path in files]
    found = [_tokens(text) for text in texts]
    _asking_all(monkeypatch)
    assert found == [_tokens(text) for text in texts]


def test_the_letters_of_all_rules_that_are_no_text_are_known() -> None:
    parser = _parser(bare_links=True)
    asked_always = {"code", "lheading", "paragraph", "table"}
    assert {*parser.block.ruler.get_all_rules()} == {*_OF_BLOCKS} | asked_always
    assert {*parser.inline.ruler.get_all_rules()} == {*_OF_SPANS, "text"}


def test_a_rule_whose_letters_are_not_known_is_asked_always() -> None:
    parser = InlineParser(ParserInline())
    asked: list[str] = []

    def unknown(state: StateInline, silent: bool) -> bool:
        asked.append(state.src[state.pos])
        return silent

    parser.ruler.push("unknown", unknown)
    parser.parse("a*b$c", _parser(bare_links=False), {}, [])
    assert asked == ["$"]
