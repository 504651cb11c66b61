"""One Markdown on both sides: markdown.json has the cases, and what each is as HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cannery.content import bare_links, emphasis
from cannery.content.line_ends import kept
from cannery.content.markdown import parse, tree
from cannery.reply.render.html import html
from cannery.reply.render.text import text

CASES: dict[str, list[tuple[str, str]]] = json.loads(
    Path(__file__).with_name("markdown.json").read_text("utf-8")
)
_FORM = {"addresses as text": ("text", text), "line ends": ("text", text)}  # all others: HTML
_READ = """([texts, form, keeps]) => texts.map((text) => {
  const nodes = kbMarkdown.tree(kbMarkdown.parse(keeps ? kbLineEnds.kept(text) : text));
  return form === "html" ? kbRenderHtml.html(nodes) : kbRenderText.text(nodes);
})"""


@pytest.mark.parametrize("name", CASES)
def test_both_read_what_the_case_says(engine: Page, name: str) -> None:
    form, render = _FORM.get(name, ("html", html))
    keeps = name == "line ends"
    texts = [source for source, _ in CASES[name]]
    wanted = [value for _, value in CASES[name]]
    here = map(kept, texts) if keeps else texts
    assert [render(tree(parse(source))) for source in here] == wanted
    assert engine.evaluate(_READ, [texts, form, keeps]) == wanted


def _of_javascript(letters: str) -> str:
    return re.sub(r"\\U000([0-9a-f]{5})", r"\\u{\1}", letters)


def test_the_same_letters_are_wide_or_end_an_address(engine: Page) -> None:
    there = engine.evaluate(
        "[kbEmphasis.WIDE, kbBareLinks.SIGNS + kbEmphasis.WIDE, kbBareLinks.LETTERS]"
    )
    here = [emphasis.WIDE, bare_links.ENDS, bare_links.LETTERS]
    assert there == [_of_javascript(letters) for letters in here]
