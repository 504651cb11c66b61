"""Real pages as the site makes them, held against markdown-it in node: lists, code, tables, boxes.

    CANNERY_CORPUS=FOLDER python tests/benchmarks/pages.py [--pages 2000] [--show 10]

FOLDER holds Markdown files. All pages are held against markdown-it with the rules that a macro's
form has in a browser; and those without boxes, tabs, footnotes and `<details>` against the bare one.
Needs node.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown

from cannery.content.comments import strip_comments
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.site import web
from cannery.site.macropages import shared_script
from cannery.workspace import Settings

EXTENSIONS = ["cannery.site.safe_markdown", "toc", "pymdownx.highlight"]
_MORE = re.compile(
    r"^[ \t]*(?:!!! |\?\?\?\+? |===[!+]? |\[\^[^\]\n]{1,200}\]:|<details)", re.MULTILINE
)
_SHAPES = frozenset(
    [
        "ol",
        "ul",
        "li",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_BOXES = {"admonition", "tabbed-block"}
BARE = """
const markdownit = require(process.argv[1]);
const md = markdownit("commonmark", { html: false }).enable(["table", "strikethrough"]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => md.render(text))));
"""
# The scripts of a form as a browser has them, and the outline of their tokens.
OURS = """
const vm = require("vm");
const context = vm.createContext({ TextEncoder, URL });
const { scripts, texts, shapes } = JSON.parse(require("fs").readFileSync(0, "utf8"));
vm.runInContext(scripts, context);
const parse = vm.runInContext("kbMarkdown.parse", context);
const TAGS = { blockquote: "blockquote", box: "blockquote", alert: "blockquote", tab: "blockquote" };
const shapeOf = ({ tag, type }) => TAGS[type.replace(/_(open|close)$/, "")] ?? tag;
function* outline(tokens) {
  for (const token of tokens) {
    if (token.type === "fence" || token.type === "code_block") yield* ["<pre >", "</pre>"];
    if (token.type.startsWith("footnote_block")) yield token.nesting > 0 ? "<ol >" : "</ol>";
    else if (/^footnote_(open|close)$/.test(token.type)) yield token.nesting > 0 ? "<li >" : "</li>";
    const shape = shapeOf(token);
    if (!shapes.includes(shape) || !token.nesting) continue;
    const start = token.attrs?.find(([name]) => name === "start")?.[1] ?? "";
    yield token.nesting > 0 ? `<${shape} ${start}>` : `</${shape}>`;
  }
}
process.stdout.write(JSON.stringify(texts.map((text) => [...outline(parse(text))])));
"""


class Outline(HTMLParser):
    """The nesting of what has a shape on a page, and the first number of each list."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shapes: list[str] = []
        self._divs: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "div":
            self._divs.append(bool(_BOXES & {*(named.get("class") or "").split()}))
            tag = "blockquote" if self._divs[-1] else tag
        tag = "blockquote" if tag == "details" else tag
        if tag in _SHAPES:
            self.shapes.append(f"<{tag} {named.get('start') or ''}>")

    def handle_endtag(self, tag: str) -> None:
        if (tag == "div" and self._divs.pop()) or tag == "details":
            tag = "blockquote"
        if tag in _SHAPES:
            self.shapes.append(f"</{tag}>")


def node(program: str, data: object, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    """What the program says of the data."""
    ended = subprocess.run(
        ["node", "-e", program, *arguments],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout)


def scripts() -> str:
    files = [(web.FOLDER / name).read_text("utf-8") for name in (*web.VENDOR, *web.TEXT)]
    shared = shared_script(Settings(name="", site_url="", languages=("en", "ja")))
    return "\n".join([*files, shared, web.joined(web.FORM).decode()])


def chosen(folder: Path, size: int) -> list[tuple[Path, str]]:
    """So many pages of the folder, without their front matter and their comments."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".mdx"})
    sample = random.Random(7).sample(paths, min(size, len(paths)))  # noqa: S311
    return [(path, strip_comments(body_of(path))) for path in sample]


def body_of(path: Path) -> str:
    return split(path.read_text("utf-8", "replace")).body


def made(text: str) -> list[str] | None:
    """The outline of the page that the site makes of a text; None where it makes none."""
    try:
        return Outline(markdown.Markdown(extensions=EXTENSIONS).convert(text)).shapes
    except ContentError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    corpus = os.environ.get("CANNERY_CORPUS", "")
    if not Path(corpus or "/nowhere").is_dir():
        sys.exit("Set CANNERY_CORPUS to a folder of Markdown files.")
    pages = chosen(Path(corpus), options.pages)
    ours = {path: made(text) for path, text in pages}
    texts = [text for _, text in pages]
    theirs = node(OURS, {"scripts": scripts(), "texts": texts, "shapes": sorted(_SHAPES)})
    told(
        "with our rules",
        ours,
        {path: shapes for (path, _), shapes in zip(pages, theirs, strict=True)},
        options.show,
    )
    plain = [(path, text) for path, text in pages if not _MORE.search(text)]
    theirs = node(BARE, [text for _, text in plain], str(web.FOLDER / "vendor/markdown-it.min.js"))
    bare = {path: Outline(html).shapes for (path, _), html in zip(plain, theirs, strict=True)}
    told("bare", ours, bare, options.show)


def told(
    what: str, ours: Mapping[Path, list[str] | None], theirs: Mapping[Path, list[str]], show: int
) -> None:
    built = [path for path in theirs if ours[path] is not None]
    different = [path for path in built if ours[path] != theirs[path]]
    sys.stdout.write(
        f"markdown-it {what}: {len(built)} pages compared, {len(theirs) - len(built)} refused, "
        f"{len(different)} of another shape\n"
    )
    sys.stdout.writelines(f"  {path}\n" for path in different[:show])


if __name__ == "__main__":
    main()
