"""What a rule is, and what rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cannery.content import frontmatter
from cannery.content.files import Scan, read_bytes
from cannery.content.library import parts_for
from cannery.content.markdown import Token, parse
from cannery.content.placement import Url
from cannery.content.template import Source, Surroundings
from cannery.model import Article, Entry, Macro, Shelf
from cannery.place import Problem
from cannery.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """What the rules look at."""

    workspace: Workspace
    found: Scan
    shelf: Shelf
    article_url: Callable[[str], Url]
    _lines: dict[str, Mapping[str, int]] = field(default_factory=dict)
    _tokens: dict[str, list[Token]] = field(default_factory=dict)

    def line(self, path: str, key: str) -> int:
        """The line of a front matter key: of the top-level one that it belongs to."""
        if path not in self._lines:
            text = read_bytes(self.workspace, path).decode("utf-8", "replace")
            self._lines[path] = frontmatter.key_lines(text)
        return self._lines[path].get(key.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0], 1)

    def tokens(self, entry: Entry) -> list[Token]:
        """The Markdown tokens of an entry's body, parsed once for all rules."""
        if entry.at.path not in self._tokens:
            self._tokens[entry.at.path] = parse(entry.body)
        return self._tokens[entry.at.path]

    @property
    def articles(self) -> Iterator[Article]:
        return (entry for entry in self.shelf.entries if isinstance(entry, Article))

    @property
    def macros(self) -> Iterator[Macro]:
        return (entry for entry in self.shelf.entries if isinstance(entry, Macro))

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        return {entry.at.path: entry for entry in self.shelf.entries}

    def around(self, language: str) -> Surroundings:
        parts = parts_for(self.shelf.parts, language, self.workspace.settings)
        return Surroundings(language, parts, article_url=self.article_url)

    def sources(self, macro: Macro) -> Iterator[Source]:
        """Every template of a macro."""
        path = macro.at.path
        yield Source(macro.body, path, macro.body_line)
        yield Source(macro.subject, path, self.line(path, "subject"))
        for item in macro.fields:
            yield Source(item.default or "", path, self.line(path, "fields"))


Find = Callable[[Checked], Iterator[Problem]]
Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of fault.

    `code` is what reports and settings call it; `find` yields it, maybe among others. `wrong` and
    `right` are small knowledge bases, by path below kb/, with the fault and without.
    """

    code: str
    find: Find
    why: str
    wrong: Files
    right: Files
