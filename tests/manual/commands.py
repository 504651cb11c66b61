"""The commands that the documentation has, as they stand on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from cannery.manual import ARTICLES

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ARTICLES / "guides").glob("*.md")))
ENGLISH = tuple(page for page in PAGES[1:] if not page.name.endswith(".ja.md"))
# All that is said of the program, to whomever: what it names must be there.
DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    ROOT / ".github" / "SECURITY.md",
    *sorted(ARTICLES.rglob("*.md")),
)
_LANGUAGES = ("sh", "console")
_NO_TEST = re.compile(r"(?:sh|console) no-test: (\S.*)")
_CONTINUED = re.compile(r"\\\n *")
_PARSER = MarkdownIt("commonmark").enable("table")


class Block(NamedTuple):
    """A fenced block: what stands after its fence, and its text. `line` is the page's."""

    page: str
    line: int
    info: str
    text: str

    @property
    def language(self) -> str:
        return self.info.partition(" ")[0]

    @property
    def reason(self) -> str:
        """Why none of its commands is run; empty for a block whose commands are."""
        found = _NO_TEST.fullmatch(self.info)
        return found[1] if found else ""

    @property
    def commands(self) -> list[str]:
        """What a reader types; a console's output is left out."""
        if self.language not in _LANGUAGES:
            return []
        lines = _CONTINUED.sub("", self.text).splitlines()
        if self.language == "console":
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return [line for line in lines if line.strip() and not line.startswith("#")]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, with those in lists."""
    for token in _PARSER.parse(without_header(page.read_text("utf-8"))):
        if token.type == "fence":
            assert token.map
            yield Block(page.name, token.map[0] + 1, token.info.strip(), token.content)


def spans(page: Path) -> Iterator[str]:
    """What stands in code within a line of a page."""
    for token in _PARSER.parse(without_header(page.read_text("utf-8"))):
        for child in token.children or ():
            if child.type == "code_inline":
                yield child.content


def without_header(text: str) -> str:
    """The text, with an empty line for each of the front matter."""
    if not text.startswith("---\n"):
        return text
    end = text.index("\n---\n") + len("\n---\n")
    return "\n" * text[:end].count("\n") + text[end:]


def commands() -> tuple[str, ...]:
    """Each command that is to be run, once."""
    tried = (block for page in PAGES for block in blocks(page) if not block.reason)
    return tuple(dict.fromkeys(command for block in tried for command in uncommented(block)))


def uncommented(block: Block) -> list[str]:
    """Each command without the comment beside it."""
    return [re.sub(r"\s+#\s.*", "", text).strip() for text in block.commands]
