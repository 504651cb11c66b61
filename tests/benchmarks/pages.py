"""Real pages as the site makes them, held against markdown-it in node: lists, code, tables.

    python tests/benchmarks/pages.py FOLDER [--pages 2000] [--show 10]

FOLDER holds Markdown files. Boxes, tabs, footnotes and `<details>` are no part of markdown-it: pages
with them are left out, and counted. Needs node.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import markdown

from cannery.content.split import split
from cannery.errors import ContentError
from cannery.site.comments import strip_comments
from cannery.site.web import FOLDER as WEB

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
_ALERT = "admonition"
PROGRAM = """
const markdownit = require(process.argv[1]);
const md = markdownit("commonmark", { html: false }).enable(["table", "strikethrough"]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => md.render(text))));
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
            self._divs.append(_ALERT in (named.get("class") or ""))
            tag = "blockquote" if self._divs[-1] else tag
        if tag in _SHAPES:
            self.shapes.append(f"<{tag} {named.get('start') or ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._divs.pop():
            tag = "blockquote"
        if tag in _SHAPES:
            self.shapes.append(f"</{tag}>")


def chosen(folder: Path, size: int) -> list[tuple[Path, str]]:
    """So many pages of the folder, without their front matter and their comments."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".mdx"})
    sample = random.Random(7).sample(paths, min(size, len(paths)))  # noqa: S311
    return [(path, strip_comments(body_of(path))) for path in sample]


def body_of(path: Path) -> str:
    return split(path.read_text("utf-8", "replace")).body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    pages = chosen(options.folder, options.pages)
    plain = [(path, text) for path, text in pages if not _MORE.search(text)]
    theirs = json.loads(
        subprocess.run(
            ["node", "-e", PROGRAM, str(WEB / "vendor/markdown-it.min.js")],
            input=json.dumps([text for _, text in plain]),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    refused, different = 0, []
    for (path, text), html in zip(plain, theirs, strict=True):
        try:
            made = markdown.Markdown(extensions=EXTENSIONS).convert(text)
        except ContentError:
            refused += 1
            continue
        if Outline(made).shapes != Outline(html).shapes:
            different.append(path)
    sys.stdout.write(
        f"{len(plain)} pages compared, {len(pages) - len(plain)} with more than markdown-it reads, "
        f"{refused} refused\n{len(different)} of another shape\n"
    )
    sys.stdout.writelines(f"  {path}\n" for path in different[: options.show])


if __name__ == "__main__":
    main()
