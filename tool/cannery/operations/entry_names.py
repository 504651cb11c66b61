"""Which entry is meant by what a help desk's tickets name: an id, an address, a number, a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cannery.content.files import scan
from cannery.content.library import catalogue
from cannery.content.own_addresses import own_page
from cannery.errors import ContentError
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.operations.desk_lock import load_known
from cannery.operations.insight_store import known_key
from cannery.util.text import composed, fold_name
from cannery.workspace import Settings, Workspace


@dataclass(frozen=True)
class EntryNames:
    """The entries by their ids, earlier ids, titles, and numbers at the team's desks.

    What stands for more than one entry stands for none.
    """

    settings: Settings
    ids: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)

    def entry_of(self, name: str) -> str:
        """The entry that a name, a number or an address stands for; empty for none."""
        if found := self.ids.get(composed(name)) or self.others.get(fold_name(name)):
            return found
        if "://" in name and (page := own_page(name, self.settings)):
            return next((self.ids[id_] for id_ in page.ids if id_ in self.ids), "")
        return ""


def entry_names(
    workspace: Workspace, titles: Iterable[tuple[str, str]], earlier: Mapping[str, str]
) -> EntryNames:
    """The names of all entries. `titles` has ids with titles, `earlier` ids by former ones."""
    titled = [*titles]
    ids = {id_: id_ for id_, _ in titled}
    pairs = [(fold_name(title), id_) for id_, title in titled if title]
    pairs += [(fold_name(number), id_) for number, id_ in _numbers(workspace) if id_ in ids]
    return EntryNames(workspace.settings, {**earlier, **ids}, _unambiguous(pairs))


def known_details(workspace: Workspace, names: EntryNames) -> Callable[[str], str]:
    """A function from the detail of an event, as it is kept, to the entry that it stands for.

    What was no entry's when it came in was hashed: it may be one's by now.
    """
    if (key := known_key(workspace)) is None:
        return names.entry_of
    pseudonymizer = Pseudonymizer("", key)
    marks = {pseudonymizer.mark(number): id_ for number, id_ in _numbers(workspace)}

    @lru_cache(65_536)  # the same ones come by the hundred thousand
    def entry_of(detail: str) -> str:
        return names.ids.get(composed(detail)) or marks.get(detail, "")

    return entry_of


def current_names(workspace: Workspace) -> EntryNames:
    """The names of all entries as far as their places tell: no file is read."""
    ids = catalogue(workspace, scan(workspace))
    return entry_names(workspace, ((id_, "") for id_ in ids), {})


def _numbers(workspace: Workspace) -> Iterable[tuple[str, str]]:
    """The numbers of records at the desks, each with our id."""
    for name in workspace.settings.desks:
        try:
            entries = load_known(workspace, name).lock.entries
        except ContentError:  # of which `kb desk status` tells
            continue
        yield from ((agreed.record, id_) for id_, agreed in entries.items())


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, id_ in pairs:
        found.setdefault(name, set()).add(id_)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
