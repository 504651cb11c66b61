"""CommonMark's examples, by the parser of articles and macros: on both sides the same HTML.

The examples are those of the npm package `commonmark-spec`. Where ours is other HTML than the
specification's, `beyond_commonmark.json` says why.
"""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from cannery.content.markdown import parse, tree
from cannery.render.html import html
from cannery.site import web

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT / "node_modules/commonmark-spec/spec.txt"
BEYOND = json.loads(Path(__file__).with_name("beyond_commonmark.json").read_text("utf-8"))
_FENCE = "`" * 32
_EXAMPLE = re.compile(rf"^{_FENCE} example\n([\s\S]*?)^\.\n([\s\S]*?)^{_FENCE}$", re.MULTILINE)
_LEAST = 650
_READ = """(texts) => {
  const md = markdownit("commonmark");
  return texts.map((text) => md.renderer.render(kbMarkdown.parse(text), md.options, {}));
}"""


class Example(NamedTuple):
    number: int
    text: str
    html: str


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    if not SPECIFICATION.exists():
        if os.environ.get("CI"):
            pytest.fail("CI lacks commonmark-spec: run npm ci")
        pytest.skip("npm ci installs commonmark-spec")
    text = SPECIFICATION.read_text("utf-8").replace("\u2192", "\t")
    found = [Example(number, *pair) for number, pair in enumerate(_EXAMPLE.findall(text), start=1)]
    assert len(found) >= _LEAST
    return found


def _ours(text: str) -> str:
    md = MarkdownIt("commonmark")
    return str(md.renderer.render(parse(text), md.options, {}))


def test_the_examples_are_read_as_specified_but_where_a_reason_is_given(
    examples: list[Example],
) -> None:
    other = {example.number for example in examples if _ours(example.text) != example.html}
    assert other == {number for row in BEYOND["examples"] for number in row["numbers"]}


def test_a_browser_reads_the_examples_alike(engine: Page, examples: list[Example]) -> None:
    there = engine.evaluate(_READ, [example.text for example in examples])
    wrong = [
        (example.number, example.text, here, other)
        for example, other in zip(examples, there, strict=True)
        if (here := _ours(example.text)) != other
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"), [case for row in BEYOND["gfm"] for case in row["cases"]]
)
def test_where_we_are_not_gfm_both_sides_are_alike(engine: Page, text: str, expected: str) -> None:
    assert html(tree(parse(text))) == expected
    read = "(text) => kbRenderHtml.html(kbMarkdown.tree(kbMarkdown.parse(text)))"
    assert engine.evaluate(read, text) == expected


def test_the_browsers_parser_is_the_one_that_pythons_was_made_from_or_it_is_said_why() -> None:
    ports = [
        *yaml.safe_load(files("markdown_it").joinpath("port.yaml").read_text("utf-8")),
        *yaml.safe_load(files("mdit_py_plugins.footnote").joinpath("port.yaml").read_text("utf-8")),
    ]
    named = {row["package"].rpartition("/")[2]: row["version"] for row in ports}
    licences = (web.FOLDER / "vendor/LICENSES.txt").read_text("utf-8")
    vendored = dict(re.findall(r"^== (markdown-it[\w-]*) ([\d.]+)", licences, re.MULTILINE))
    other = {name: vendored[name] for name in named if vendored[name] != named[name]}
    assert other == {row["package"]: row["vendored"] for row in BEYOND["port"]}
