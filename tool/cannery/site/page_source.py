"""The text of a page, kept for our own parser, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from cannery.site.glossary import NO_TERMS, TermIndex
from cannery.site.media import Sizes
from cannery.util.charrefs import bounded

_OURS = str.maketrans("", "", STX + ETX)
_KANA = re.compile(r"[\u3041-\u30ff]")


class Source(Preprocessor):
    """Keeps the text of a page for our parser, and leaves other extensions nothing to rewrite."""

    def __init__(
        self,
        md: Markdown,
        language: str,
        links: Mapping[str, str],
        sizes: Sizes,
        terms: TermIndex | None,
    ) -> None:
        super().__init__(md)
        self.text, self._language = "", language
        self.links, self.sizes, self.terms = links, sizes, terms or NO_TERMS

    def run(self, lines: list[str]) -> list[str]:
        self.text = bounded("\n".join(lines).translate(_OURS))
        return []

    @property
    def language(self) -> str:
        """The text's language; of Japanese, its letters tell where an engine does not."""
        return self._language or ("ja" if _KANA.search(self.text) else "")
