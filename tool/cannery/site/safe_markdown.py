"""A Python-Markdown extension: pages are read by our own parser, and nothing of them runs.

Every engine that knows Python-Markdown loads this by its name in `markdown_extensions`. Articles
come from pull requests by strangers, and what they write runs in a reader's browser: raw HTML is
text, and whatever other extensions make is sanitized at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from cannery.errors import ContentError
from cannery.site.document import DocumentParser
from cannery.site.page_source import Source
from cannery.site.permalinks import Permalinks
from cannery.site.sanitizer import active_tags, safe_id, sanitize, strip_tags
from cannery.site.videos import Videos
from cannery.util.charrefs import unescape

_LAST = -1_000_000  # of all processors: after whatever another extension does
_AFTER_CONTENTS = 4  # `toc` has 5
_AFTER_LINKS = -1  # MkDocs moves them at 0
# What would read a text once more that our parser has read: its links, its lists of attributes.
_READERS = ("inline", "attr_list")

# What mkdocs.yml may call it: the second is what it was called first.
EXTENSION_NAMES = ("cannery.site.safe_markdown", "cannery.site.plain")


class _Sanitizer(Postprocessor):
    """Looks at what a browser will read: entities and what was put aside are resolved by then.

    Of headings as well, whose HTML and ids the theme prints in its table of contents. `name` is
    what errors call the page's file, `path` where it is; both are empty if nobody said.
    """

    def __init__(self, md: Markdown, name: str, path: str) -> None:
        super().__init__(md)
        self._name, self._path = name, path

    def run(self, text: str) -> str:
        if "<" not in text:  # most headings: nothing in it is an element
            return text
        if found := active_tags(text):
            raise _refusal(found, self._name, self._path)
        _clean_contents(getattr(self.md, "toc_tokens", ()))
        return sanitize(text)


def _clean_contents(tokens: Iterable[dict[str, Any]]) -> None:
    for token in tokens:
        token["id"] = safe_id(token["id"])
        for name in ("name", "data-toc-label"):
            token[name] = strip_tags(token.get(name, ""))
        token["html"] = sanitize(token.get("html", ""))
        _clean_contents(token["children"])


def _refusal(tags: tuple[str, ...], name: str, path: str) -> ContentError:
    what = ", ".join(f"{tag:.80}" for tag in tags[:3])
    before = f"{name}{_line(Path(path), tags[0])}: " if name else ""
    hint = "Remove it. To show it as text, use a code block or backticks."
    return ContentError(f"{before}this would run in a reader's browser: {what}", hint)


_PIECE = re.compile(r'(?<![^\s<>="])[^\s<>="]++(?==")|(?<=")[^"]{3,}(?=")|<[a-z]+')


def _line(file: Path, tag: str) -> str:
    """The line that a tag most likely comes from, as `:7`; empty if none looks like it."""
    lines = file.read_text("utf-8", "replace").split("\n") if file.is_file() else []
    name, *said = _PIECE.findall(unescape(tag))
    wanted = [*sorted(said, key=lambda item: not item.startswith("on")), name]
    for piece in wanted:
        for number, line in enumerate(lines, 1):
            if piece.lower() in unescape(line).lower():
                return f":{number}"
    return ""


class SafeMarkdown(Extension):
    """Its options tell of a file: `name` and `path` for errors, and what its text has."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "name": ["", "The name of the file in errors"],
            "path": ["", "The path of the file"],
            "language": ["", "That of the page's text"],
            "links": [{}, "Addresses of the text, and what they are on the site"],
            "terms": [{}, "What finds the terms of the glossary in its text"],
            "sizes": [{}, "Width and height of the page's images, by address"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        told = (self.getConfig(name) for name in ("language", "links", "sizes", "terms"))
        self._md, source = md, Source(md, *told)
        md.preprocessors.register(source, "kb_source", -_LAST)
        md.parser = DocumentParser(md, source)
        md.treeprocessors.register(Permalinks(md), "kb_permalinks", _AFTER_CONTENTS)
        md.treeprocessors.register(Videos(md), "kb_videos", _AFTER_LINKS)
        md.postprocessors.register(
            _Sanitizer(md, self.getConfig("name"), self.getConfig("path")), "kb_sanitizer", _LAST
        )
        md.registerExtension(self)

    def reset(self) -> None:
        """All extensions are there now, in whatever order they are named."""
        for name in _READERS:
            self._md.treeprocessors.deregister(name, strict=False)


def makeExtension(**options: object) -> SafeMarkdown:  # noqa: N802 - likewise
    return SafeMarkdown(**options)
