"""A Python-Markdown extension: raw HTML is text, and no address runs anything.

Articles come from pull requests by strangers, and what they write runs in a reader's browser.
MkDocs loads this by the name that its `markdown_extensions` has: `cannery.site.plain`.
"""

from __future__ import annotations

import html
import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from cannery.content.markdown import safe_address

_LAST = -100  # of the postprocessors: after all that was put aside has come back
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ADDRESS = re.compile(r'(\s(?:href|src))="([^"]*)"')


class _SafeAddresses(Postprocessor):
    """Looks at what a browser will read: entities and what was put aside are resolved by then."""

    def run(self, text: str) -> str:
        return _TAG.sub(lambda tag: _ADDRESS.sub(_safe, tag[0]), text)


def _safe(found: re.Match[str]) -> str:
    # Browsers skip blanks and control characters in a scheme.
    address = "".join(char for char in html.unescape(found[2]) if char > " ")
    return found[0] if safe_address(address) else f'{found[1]}="#"'


class PlainExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.postprocessors.register(_SafeAddresses(md), "safe_addresses", _LAST)


def makeExtension(**options: object) -> PlainExtension:  # noqa: N802 - likewise
    return PlainExtension(**options)
