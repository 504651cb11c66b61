"""One Markdown on both sides: markdown.json has the cases, and what each is as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cannery.content import bare_links, emphasis
from cannery.content.line_ends import kept
from cannery.content.markdown import parse, tree
from cannery.render.html import html
from cannery.render.markdown import as_all_read
from cannery.render.slack_api import mrkdwn
from cannery.render.slack_html import slack_html
from cannery.render.text import text

CASES: dict[str, list[tuple[str, str]]] = json.loads(
    Path(__file__).with_name("markdown.json").read_text("utf-8")
)
_FORMS: dict[str, Callable[[str], str]] = {
    "html": lambda source: html(tree(parse(source))),
    "text": lambda source: text(tree(parse(source))),
    "line ends": lambda source: text(tree(parse(kept(source)))),
    "slack-api": lambda source: mrkdwn(tree(parse(source))),
    "slack-html": lambda source: slack_html(tree(parse(source))),
    "markdown": lambda source: as_all_read(source, "en"),
    "html in Japanese": lambda source: html(tree(parse(source, language="ja"))),
    "markdown in Japanese": lambda source: as_all_read(source, "ja-JP"),
}
# What a group of cases is rendered as, which is HTML for all others.
_FORM = {
    "addresses as text": "text",
    "line ends": "line ends",
    "blocks as text": "text",
    "blocks for Slack's API": "slack-api",
    "blocks for Slack": "slack-html",
    "blocks as Markdown": "markdown",
    "blocks in Japanese": "html in Japanese",
    "blocks as Markdown in Japanese": "markdown in Japanese",
}
_READ = """([texts, form]) => {
  const read = (text, language) => kbMarkdown.tree(kbMarkdown.parse(text, language));
  const forms = {
    "html": (text) => kbRenderHtml.html(read(text)),
    "text": (text) => kbRenderText.text(read(text)),
    "line ends": (text) => kbRenderText.text(read(kbLineEnds.kept(text))),
    "slack-api": (text) => kbRenderSlack.mrkdwn(read(text)),
    "slack-html": (text) => kbRenderSlack.slackHtml(read(text)),
    "markdown": (text) => kbRenderMarkdown.asAllRead(text, "en"),
    "html in Japanese": (text) => kbRenderHtml.html(read(text, "ja")),
    "markdown in Japanese": (text) => kbRenderMarkdown.asAllRead(text, "ja-JP"),
  };
  return texts.map(forms[form]);
}"""


@pytest.mark.parametrize("name", CASES)
def test_both_read_what_the_case_says(engine: Page, name: str) -> None:
    form = _FORM.get(name, "html")
    texts = [source for source, _ in CASES[name]]
    wanted = [value for _, value in CASES[name]]
    assert [_FORMS[form](source) for source in texts] == wanted
    assert engine.evaluate(_READ, [texts, form]) == wanted


def _of_javascript(letters: str) -> str:
    return re.sub(r"\\U000([0-9a-f]{5})", r"\\u{\1}", letters)


def test_the_same_letters_are_wide_or_end_an_address(engine: Page) -> None:
    there = engine.evaluate(
        "[kbEmphasis.WIDE, kbBareLinks.SIGNS + kbEmphasis.WIDE, kbBareLinks.LETTERS]"
    )
    here = [emphasis.WIDE, bare_links.ENDS, bare_links.LETTERS]
    assert there == [_of_javascript(letters) for letters in here]
