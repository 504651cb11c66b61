"""One Markdown on both sides: markdown.json has the cases, and what each is as HTML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cannery.content import emphasis
from cannery.content.markdown import parse, tree
from cannery.reply.render.html import html

CASES: dict[str, list[tuple[str, str]]] = json.loads(
    Path(__file__).with_name("markdown.json").read_text("utf-8")
)
_HTML = "(texts) => texts.map((text) => kbRenderHtml.html(kbMarkdown.tree(kbMarkdown.parse(text))))"


@pytest.mark.parametrize("name", CASES)
def test_both_read_what_the_case_says(engine: Page, name: str) -> None:
    texts = [text for text, _ in CASES[name]]
    wanted = [value for _, value in CASES[name]]
    assert [html(tree(parse(text))) for text in texts] == wanted
    assert engine.evaluate(_HTML, texts) == wanted


def test_the_same_letters_are_wide(engine: Page) -> None:
    there = engine.evaluate("kbEmphasis.WIDE.replace(/[{}]/g, '')")
    assert there == emphasis.WIDE.replace("U000", "u").replace("u0", "u")
