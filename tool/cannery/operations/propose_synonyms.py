"""Groups for kb/synonyms.yml that the team's own translations suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cannery.content.files import scan
from cannery.content.library import load_each
from cannery.content.synonyms import load_synonyms
from cannery.model.entry import Entry, Part
from cannery.model.event import Listener, counting, ignore
from cannery.model.location import Status
from cannery.search.strip_markup import strip_markup
from cannery.search.translations import Translation, is_known, translations
from cannery.util.text import fold
from cannery.workspace import Workspace


def proposed_synonyms(workspace: Workspace, listener: Listener = ignore) -> list[Translation]:
    """Words that stand for each other in entries of two languages, and that no search knows yet."""
    stamps = scan(workspace).stamps
    loaded = counting(load_each(workspace, stamps), len(stamps), "Reading", listener)
    entries = [item.item for item in loaded if item.item and not isinstance(item.item, Part)]
    groups = [{fold(word) for word in group} for group in load_synonyms(workspace)]
    return [
        item
        for item in translations(_pairs(workspace, entries))
        if not is_known(item.word, item.other)
        and not any({fold(item.word), fold(item.other)} <= group for group in groups)
    ]


def _pairs(workspace: Workspace, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The texts of entries in the default language, each with the same in another one."""
    texts: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.header.status != Status.RETIRED:
            header = entry.header
            text = f"{header.title} {header.summary} {strip_markup(entry.body)}"
            texts.setdefault(entry.at.id, {})[entry.at.language] = text
    default = workspace.settings.default_language
    for languages in texts.values():
        if default in languages:
            own = languages.pop(default)
            yield from ((own, other) for other in languages.values())
