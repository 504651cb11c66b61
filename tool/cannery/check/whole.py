"""All files together, as the rules that compare files see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cannery.check.facts import Facts, Target
from cannery.check.trees import Trees
from cannery.content.files import read_bytes
from cannery.content.layout import is_front, part_name, stand_ins
from cannery.content.link_faults import SPOILING
from cannery.content.named_pages import named_page
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.content.visibility import Files, Lead, Reference, Visibility, follow
from cannery.model.entry import Audience
from cannery.model.location import Kind, Location, Status
from cannery.util.text import composed
from cannery.workspace import Workspace


@dataclass(frozen=True)
class Whole:
    """The whole knowledge base, as the rules that compare files see it.

    `facts` by path. `outdated`: the variants whose original has changed since, by Git, each with
    the day when it did; `is_outdated_told` unless Git could not tell. `files`: the paths of all
    files in kb/ and in the folders of the content. `measures` are the keys of all measures.
    """

    workspace: Workspace
    facts: Mapping[str, Facts]
    outdated: Mapping[str, date] = field(default_factory=dict)
    files: Sequence[str] = ()
    is_outdated_told: bool = True
    measures: Sequence[str] = ()

    @property
    def paths(self) -> frozenset[str]:
        return frozenset((*self.facts, *self.files))

    @cached_property
    def others(self) -> Sequence[str]:
        """The files that are neither articles, macros nor front pages, wherever they lie."""
        return [path for path in self.files if path not in self.facts]

    @cached_property
    def synonyms(self) -> bytes:
        """The bytes of synonyms.yml, which more than one rule looks at. Raises ContentError."""
        return read_bytes(self.workspace, SYNONYMS)

    @cached_property
    def entries(self) -> Sequence[Facts]:
        return [item for item in self.facts.values() if item.at.kind is not Kind.PART]

    @cached_property
    def ids(self) -> Mapping[str, Sequence[Facts]]:
        """The language variants of each id."""
        by_id: dict[str, list[Facts]] = {}
        for item in self.entries:
            by_id.setdefault(item.at.id, []).append(item)
        return by_id

    @cached_property
    def trees(self) -> Trees:
        """The folders of entries, as far as they are others once more."""
        return Trees(item.at.path for item in self.entries)

    @cached_property
    def has_public_articles(self) -> bool:
        return any(
            item.audience == Audience.PUBLIC
            and item.status == Status.PUBLISHED
            and item.at.kind is Kind.ARTICLE
            and not is_front(item.at.path)
            for item in self.entries
        )

    @cached_property
    def spoilt(self) -> frozenset[str]:
        """The files whose front matter can't be read."""
        return frozenset(
            path
            for path, item in self.facts.items()
            if any(problem.code in SPOILING for problem in item.problems)
        )

    @cached_property
    def _tails(self) -> Mapping[str, Sequence[str]]:
        by_tail: dict[str, list[str]] = {}
        for id_ in self.ids:
            pieces = id_.split("/")
            for at in range(len(pieces)):
                by_tail.setdefault("/".join(pieces[at:]), []).append(id_)
        return by_tail

    def named(self, name: str) -> Sequence[str]:
        """The ids that a name resolves to: the id itself, or all that end with it."""
        return self._tails.get(composed(name), ())

    @cached_property
    def _by_name(self) -> Mapping[str, Facts]:
        return {composed(path): item for path, item in self.facts.items()}

    def file(self, path: str) -> Facts | None:
        """The file that a link's path means, however its letters are composed."""
        for name in (path, *stand_ins(path, self.workspace.settings)):
            if file := self.facts.get(name) or self._by_name.get(composed(name)):
                return file
        return None

    def meant(self, target: Target, here: str) -> Target:
        """A link, with the path of the page that it means, in the file `here`."""
        return named_page(target, here, self.workspace.settings, self.ids.__contains__)

    def lead(self, reference: Reference, id_: str, reader: Audience) -> Lead:
        """Where a reference to an entry leads for a reader."""
        files = Files([item.at for item in self.ids.get(id_, ())], self._visibility)
        return follow(reference, files, reader, self.workspace.settings.default_language)

    def _visibility(self, at: Location) -> Visibility | None:
        item = self.facts[at.path]
        return Visibility(Status(item.status), Audience(item.audience)) if item.status else None

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The current id by former id, if exactly one entry had that and none has it now."""
        ids_by_old: dict[str, set[str]] = {}
        for item in self.entries:
            for old in item.redirect_from:
                ids_by_old.setdefault(old, set()).add(item.at.id)
        return {
            old: next(iter(new))
            for old, new in ids_by_old.items()
            if len(new) == 1 and old not in self.ids
        }

    @cached_property
    def _parts(self) -> Mapping[tuple[str, str], Facts]:
        parts = (item for item in self.facts.values() if item.at.kind is Kind.PART)
        return {(part_name(item.at), item.at.language): item for item in parts}

    def parts_of(self, macro: Facts) -> Iterable[Facts]:
        """The parts that a macro renders in its language, directly or through other parts."""
        default = self.workspace.settings.default_language
        used: dict[str, Facts] = {}
        names = [*macro.renders]
        while names:
            name = names.pop()
            part = self._parts.get((name, macro.at.language)) or self._parts.get((name, default))
            if part and name not in used:
                used[name] = part
                names += part.renders
        return used.values()

    def original(self, item: Facts) -> Facts | None:
        """The variant in the default language; None if there is none, or this is it."""
        language = self.workspace.settings.default_language
        if item.at.language == language:
            return None
        variants = self.ids.get(item.at.id, ())
        return next((other for other in variants if other.at.language == language), None)
