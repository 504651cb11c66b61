"""One file, as the rules that look at single files see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cannery.content.key_lines import InnerLines, key_lines
from cannery.content.layout import locate
from cannery.content.library import Loaded, parts_for, read
from cannery.content.markdown import Token, parse
from cannery.content.split import split
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import variables
from cannery.model.entry import Article, Entry, Field, Macro, Part
from cannery.model.location import Location
from cannery.util.encoding import UTF_8, decoded, encoding_of
from cannery.workspace import Settings

# Characters of a body that are parsed: three times the longest of 9,684 real pages.
MAX_PARSED = 500_000


@dataclass(frozen=True)
class Page:
    """One file: its text, the entry loaded from it, and what rules derive from both."""

    path: str
    source: str
    loaded: Loaded
    settings: Settings
    parts: tuple[Part, ...] = ()
    encoding: str = UTF_8

    @cached_property
    def text(self) -> str:
        """The text with all line endings as line feeds."""
        return self.source.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def at(self) -> Location:
        return locate(self.path, self.settings)

    @property
    def entry(self) -> Entry | None:
        item = self.loaded.item
        return None if isinstance(item, Part) else item

    @property
    def article(self) -> Article | None:
        return self.loaded.item if isinstance(self.loaded.item, Article) else None

    @property
    def macro(self) -> Macro | None:
        return self.loaded.item if isinstance(self.loaded.item, Macro) else None

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The 1-based line of each top-level key of the front matter, and of those read as ours."""
        lines = key_lines(self.text)
        tops = {key: name.split(".")[0] for key, name in self.loaded.written.items()}
        return {**{key: lines.get(top, 1) for key, top in tops.items()}, **lines}

    def line(self, key: str) -> int:
        """The 1-based line of a front matter key; a dotted one lies within others."""
        top = key.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
        is_within = top != key and key not in self.lines
        inner = self._inner_lines.line(key) if is_within else None
        return inner or self.lines.get(key) or self.lines.get(top, 1)

    @cached_property
    def _inner_lines(self) -> InnerLines:
        parts = split(self.text)
        return InnerLines(parts.header, parts.header_line)

    @cached_property
    def tokens(self) -> list[Token]:
        """The Markdown tokens of the body, parsed once for all rules."""
        item = self.loaded.item
        return parse(item.body[:MAX_PARSED], bare_links=False) if item else []

    @property
    def body_line(self) -> int:
        return self.loaded.item.body_line if self.loaded.item else 1

    def line_of(self, token: Token) -> int:
        """The 1-based line in the file where a token begins."""
        return self.body_line + (token.map[0] if token.map else 0)

    @cached_property
    def render_context(self) -> RenderContext:
        """The render context of this file's templates, by its language."""
        language = self.at.language
        return RenderContext(language, parts_for(self.parts, language, self.settings))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """A part's body; every template of a macro: body, subject and the defaults of fields."""
        macro = self.macro
        if isinstance(self.loaded.item, Part):
            return (Source(self.loaded.item.body, self.path, self.body_line),)
        if macro is None:
            return ()
        return (
            Source(macro.body, self.path, macro.body_line),
            Source(macro.subject, self.path, self.line("subject")),
            *map(self._default_source, macro.fields),
        )

    def _default_source(self, item: Field) -> Source:
        """A field's default. Its line costs another look at the YAML: only a template may fail."""
        text = item.default or ""
        line = self.line(f"fields.{item.name}.default" if "{" in text else "fields")
        return Source(text, self.path, line)

    @cached_property
    def variables(self) -> Mapping[str, int]:
        """Every name from outside that a macro's templates mention, with the line of its first use.

        Raises TemplateError.
        """
        names: dict[str, int] = {}
        for source in self.sources:
            names = {**variables(source, self.render_context), **names}
        return names


def page(path: str, raw: bytes, settings: Settings, parts: tuple[Part, ...] = ()) -> Page:
    """Make a page of a file's bytes."""
    source = decoded(raw, "replace")
    return Page(path, source, read(path, raw, settings), settings, parts, encoding_of(raw))


@lru_cache(maxsize=2)
def _pieces(source: str) -> tuple[str, ...]:
    """Lines and line endings, alternating; cached since fixes ask for several lines of a text."""
    return tuple(re.split(r"(\r\n|\n|\r)", source))


def with_lines(source: str, changed: Mapping[int, str]) -> str:
    """Replace lines by their 1-based numbers; line endings are kept."""
    pieces = [*_pieces(source)]
    for number, line in changed.items():
        pieces[2 * (number - 1)] = line
    return "".join(pieces)


def line_at(source: str, number: int) -> str:
    return _pieces(source)[2 * (number - 1)]
