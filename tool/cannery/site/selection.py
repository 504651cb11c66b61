"""What an audience may see, and what of it. Who may see an entry is decided in content/visibility.

A public site has the published articles that say `audience: public`, and the team's front pages
that say nothing else. Of each it has what a reader is shown; who wrote it and whose it is, only
where kb.toml says so. An internal site has all that is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from cannery.content.comments import strip_line
from cannery.content.files import read_bytes
from cannery.content.layout import FRONT, is_front
from cannery.content.library import read
from cannery.content.visibility import (
    Files,
    Visibility,
    leaves_audience_open,
    visibility_of,
    why_hidden,
)
from cannery.model.entry import Article, Audience, Entry, FileHistory, Header, Shelf
from cannery.model.location import Location
from cannery.util.encoding import decoded
from cannery.workspace import Settings, Workspace

_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True)
class Selection:
    """What an audience sees, and what it must not see (for the search for leaks alone).

    `hidden` are the entries and front pages that are not shown, `whole` the others as they were
    written.
    """

    entries: tuple[Entry, ...]
    fronts: tuple[Article, ...]
    hidden: tuple[Entry, ...] = ()
    whole: tuple[Entry, ...] = ()


def select(workspace: Workspace, shelf: Shelf, audience: Audience) -> Selection:
    """What of a knowledge base an audience sees."""
    settings = workspace.settings
    fronts = [*_front_pages(workspace, audience)]
    may_see = [item for item in shelf.entries if is_for(item, audience)]
    shown = [item for item, may in fronts if may]
    selection = Selection(
        tuple(_redacted(item, audience, settings) for item in may_see),
        tuple(_redacted(item, audience, settings) for item in shown),
    )
    if audience is Audience.INTERNAL:
        return selection
    there = {item.at.path for item in may_see}
    hidden = [item for item in shelf.entries if item.at.path not in there]
    hidden += [item for item, may in fronts if not may]
    return replace(selection, hidden=tuple(hidden), whole=(*may_see, *shown))


def is_for(entry: Entry, audience: Audience) -> bool:
    """Whether an entry is for an audience; macros are on internal sites only."""
    return why_hidden(entry.at, visibility_of(entry), audience) is None


def shows_people(audience: Audience, settings: Settings) -> bool:
    """Whether pages name their authors and owners."""
    return audience is Audience.INTERNAL or settings.site.public_authors


def visible_histories(
    histories: Mapping[str, FileHistory],
    paths: Iterable[str],
    audience: Audience,
    settings: Settings,
) -> dict[str, FileHistory]:
    """What Git knows of the files at these paths, as far as the audience may know it."""
    shown = {path: histories[path] for path in paths if path in histories}
    if shows_people(audience, settings):
        return shown
    return {path: replace(history, people=()) for path, history in shown.items()}


def _redacted(entry: _E, audience: Audience, settings: Settings) -> _E:
    """An entry whose front matter has only what the audience may see, without comments."""
    header = entry.header
    bare = replace(
        header,
        title=strip_line(header.title) or entry.at.id.rpartition("/")[2],
        summary=strip_line(header.summary),
        tags=_without_comments(header.tags),
        keywords=_without_comments(header.keywords),
        owner=header.owner if shows_people(audience, settings) else "",
    )
    return entry if bare == header else replace(entry, header=bare)


def _without_comments(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for item in texts if (text := strip_line(item)))


def _front_pages(workspace: Workspace, audience: Audience) -> Iterator[tuple[Article, bool]]:
    """The team's own front pages, and whether each is for the audience."""
    for path in sorted(workspace.content.glob("index*")):
        name = path.relative_to(workspace.root).as_posix()
        if not is_front(name):
            continue
        raw = read_bytes(workspace, name)
        loaded = read(name, raw, workspace.settings)
        if isinstance(loaded.item, Article) and loaded.item.at.id == FRONT:
            item, is_whole = loaded.item, not loaded.problems
            keys = workspace.settings.front_matter
            is_open = is_whole and leaves_audience_open(item, decoded(raw), keys)
            header = replace(item.header, audience=Audience.PUBLIC)
            yield item, is_for(replace(item, header=header) if is_open else item, audience)


def header_texts(header: Header) -> Iterator[str]:
    """All texts of a header."""
    yield from (header.title, header.summary, header.owner)
    yield from (*header.tags, *header.keywords, *header.redirect_from, *header.related)


def files_by_id(entries: Iterable[Entry]) -> dict[str, Files]:
    """The files of each entry, shown or not, by id."""
    visibilities: dict[str, Visibility] = {}
    by_id: dict[str, list[Location]] = {}
    for entry in entries:
        visibilities[entry.at.path] = visibility_of(entry)
        by_id.setdefault(entry.at.id, []).append(entry.at)

    def visibility(at: Location) -> Visibility | None:
        return visibilities.get(at.path)

    return {id_: Files(files, visibility) for id_, files in by_id.items()}
