"""What can be wrong with the content: one function a rule, gathered in `RULES`."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from cannery.content import frontmatter
from cannery.content.files import Scan, read_bytes
from cannery.content.library import parts_for
from cannery.content.links import links_in
from cannery.content.placement import Url
from cannery.content.synonyms import PATH, read_synonyms
from cannery.content.template import Source, Surroundings, variables
from cannery.errors import ContentError, TemplateError
from cannery.model import Article, Macro, Shelf
from cannery.place import Problem, Severity
from cannery.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules look at."""

    workspace: Workspace
    found: Scan
    shelf: Shelf
    article_url: Callable[[str], Url]
    _lines: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def line(self, path: str, key: str) -> int:
        """The line of a front matter key: of the top-level one that it belongs to."""
        if path not in self._lines:
            text = read_bytes(self.workspace, path).decode("utf-8", "replace")
            self._lines[path] = frontmatter.key_lines(text)
        return self._lines[path].get(key.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0], 1)

    @property
    def macros(self) -> Iterator[Macro]:
        return (entry for entry in self.shelf.entries if isinstance(entry, Macro))

    def around(self, language: str) -> Surroundings:
        parts = parts_for(self.shelf.parts, language, self.workspace.settings)
        return Surroundings(language, parts, article_url=self.article_url)


def unreadable(checked: Checked) -> Iterator[Problem]:
    """Files and front matter that can't be read."""
    yield from checked.shelf.problems


def headers(checked: Checked) -> Iterator[Problem]:
    """Front matter values that aren't what the format asks for."""
    for entry in checked.shelf.entries:
        for fault in entry.faults:
            line = checked.line(entry.at.path, fault.key)
            yield Problem(entry.at.path, line, "header", fault.message, fault.hint, fault.severity)


def titles(checked: Checked) -> Iterator[Problem]:
    """Entries without a title of their own."""
    for entry in checked.shelf.entries:
        if checked.line(entry.at.path, "title") == 1:
            yield Problem(
                entry.at.path, 1, "title", "no title", "Write `title: ...`.", Severity.WARNING
            )


def twins(checked: Checked) -> Iterator[Problem]:
    """Two files for the same entry in the same language."""
    seen: dict[tuple[str, str], str] = {}
    for entry in checked.shelf.entries:
        key = (entry.at.id, entry.at.language)
        if key in seen:
            message = f"the same entry and language as {seen[key]}"
            yield Problem(entry.at.path, 0, "twin", message, "Rename or remove one of them.")
        seen.setdefault(key, entry.at.path)


def shortcuts(checked: Checked) -> Iterator[Problem]:
    """A shortcut that two macros answer to."""
    owners: dict[str, set[str]] = defaultdict(set)
    for macro in checked.macros:
        owners[macro.shortcut].add(macro.at.id)
    for macro in checked.macros:
        others = sorted(owners[macro.shortcut] - {macro.at.id})
        if macro.shortcut and others:
            line = checked.line(macro.at.path, "shortcut")
            message = f"the shortcut {macro.shortcut} is also that of {others[0]}"
            yield Problem(macro.at.path, line, "shortcut", message, "Choose another.")


def templates(checked: Checked) -> Iterator[Problem]:
    """Templates that can't be filled in, and fields that none of them uses."""
    for macro in checked.macros:
        used: set[str] = set()
        try:
            for source in _sources(macro, checked):
                used.update(variables(source, checked.around(macro.at.language)))
        except TemplateError as error:
            yield Problem(error.path, error.line, "template", error.reason, error.hint)
            continue
        names = {name.split(".")[0] for name in used}
        for item in macro.fields:
            if item.name not in names:
                line = checked.line(macro.at.path, "fields")
                message = f"the field {item.name} is never used"
                yield Problem(macro.at.path, line, "unused-field", message, "Use or remove it.")


def _sources(macro: Macro, checked: Checked) -> Iterator[Source]:
    path = macro.at.path
    yield Source(macro.body, path, macro.body_line)
    yield Source(macro.subject, path, checked.line(path, "subject"))
    for item in macro.fields:
        yield Source(item.default or "", path, checked.line(path, "fields"))


def references(checked: Checked) -> Iterator[Problem]:
    """Ids under `related` that name nothing."""
    ids = {entry.at.id for entry in checked.shelf.entries}
    for entry in checked.shelf.entries:
        for id_ in entry.header.related:
            if id_ not in ids:
                line = checked.line(entry.at.path, "related")
                message = f"related names {id_:.100}, which is not there"
                yield Problem(entry.at.path, line, "related", message, "Correct the id.")


def links(checked: Checked) -> Iterator[Problem]:
    """Relative links between articles that lead nowhere."""
    files = set(checked.found.stamps)
    for entry in checked.shelf.entries:
        if not isinstance(entry, Article):
            continue
        for target, line in links_in(entry.body):
            path = unquote(target.split("#")[0].split("?")[0])
            if not path.endswith(".md") or ":" in path or path.startswith("/"):
                continue
            folder = posixpath.dirname(entry.at.path)
            if posixpath.normpath(posixpath.join(folder, path)) not in files:
                message = f"the link to {target:.100} leads nowhere"
                where = entry.body_line + line - 1
                yield Problem(entry.at.path, where, "link", message, "Correct or remove it.")


def synonyms(checked: Checked) -> Iterator[Problem]:
    """A synonyms.yml that can't be read; without one there is nothing wrong."""
    if not (checked.workspace.root / PATH).exists():
        return
    try:
        read_synonyms(checked.workspace)
    except ContentError as error:
        yield Problem(PATH, 0, "synonyms", error.message, error.hint)
    except ValueError as error:
        where, _, reason = str(error).partition(": ")
        line = int(where.removeprefix("line "))
        yield Problem(PATH, line, "synonyms", reason, "As in `- [refund, money back, 返金]`.")


Rule = Callable[[Checked], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    unreadable,
    headers,
    titles,
    twins,
    shortcuts,
    templates,
    references,
    links,
    synonyms,
)


def run(checked: Checked) -> tuple[Problem, ...]:
    """Every problem, sorted by file and line."""
    found = {problem for rule in RULES for problem in rule(checked)}
    return tuple(sorted(found, key=lambda item: (item.path, item.line, item.code, item.message)))
