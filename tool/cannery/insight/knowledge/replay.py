"""What happened to the files of a knowledge base: replayed in order, and looked at on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.insight.fact import DAY
from cannery.model.file_change import FileChange

PUBLISHED = "published"
ACTIVE = 365 * DAY  # who has changed nothing for so long has left, or moved on


class Place(NamedTuple):
    """The entry that a path is a file of, its section, and the file's language."""

    entry: str
    section: str
    language: str


class Edition(NamedTuple):
    """What a file says, as far as measures ask.

    `reviewed` is a day's ordinal, 0 for none; `review_days` 0 for the usual. `body` is a digest of
    its words, `earlier` the ids that it was called by, `words` its title and keywords.
    """

    status: str = PUBLISHED
    reviewed: int = 0
    review_days: int = 0
    body: str = ""
    earlier: tuple[str, ...] = ()
    words: str = ""


@dataclass(slots=True)
class File:
    """A file as it stands. Times are in seconds.

    `changed` is its own last change, `bodies` are the digests that it had, each since when.
    """

    place: Place
    edition: Edition
    changed: int
    bodies: list[tuple[int, str]] = field(default_factory=list)

    def behind_since(self, time: int) -> int | None:
        """Since when it has said, without a break, something else than it did at a time."""
        then = next((body for since, body in reversed(self.bodies) if since <= time), None)
        if then is None or self.bodies[-1][1] == then:
            return None
        begun = self.bodies[-1][0]
        for since, body in reversed(self.bodies):
            if body == then or since <= time:
                break
            begun = since
        return begun


class Replay:
    """The files at a time that moves on.

    `first` has when each entry was published first, by its id, of those that are gone too;
    `people` who has changed each path, and `active` when each of them last changed anything.
    """

    def __init__(
        self, place_of: Callable[[str], Place | None], edition_of: Callable[[str], Edition]
    ) -> None:
        self._place_of, self._edition_of = place_of, edition_of
        self.files: dict[str, File] = {}
        self.first: dict[str, int] = {}
        self.people: dict[str, set[str]] = {}
        self.active: dict[str, int] = {}

    def change(self, time: int, changes: Iterable[FileChange]) -> None:
        """Files have other content, are gone, or have moved: all at once, as a commit has it."""
        taken = [(item, self.files.pop(item.was or item.path, None)) for item in changes]
        for item, before in taken:
            place = self._place_of(item.path)
            if item.blob and place is not None:
                edition = self._edition_of(item.blob)
                file = File(place, edition, time, before.bodies if before else [])
                self._put(item.path, file, before)

    def _put(self, path: str, file: File, before: File | None) -> None:
        edition, time = file.edition, file.changed
        if not file.bodies or file.bodies[-1][1] != edition.body:
            file.bodies.append((time, edition.body))
        self.files[path] = file
        if edition.status == PUBLISHED:
            known = [self.first[id_] for id_ in _names(file, before) if id_ in self.first]
            self.first[file.place.entry] = min([*known, time])

    def touch(self, time: int, author: str, path: str, was: str = "") -> None:
        """Somebody has changed a path, wherever that was; programs are nobody."""
        if author.endswith("[bot]"):
            return
        self.active[author] = max(self.active.get(author, 0), time)
        if was:
            self.people.setdefault(path, set()).update(self.people.get(was, ()))
        self.people.setdefault(path, set()).add(author)

    def active_people(self, path: str, at: int) -> set[str]:
        """Who has changed a file, and anything lately."""
        return {
            name for name in self.people.get(path, ()) if self.active.get(name, 0) > at - ACTIVE
        }


def _names(file: File, before: File | None) -> Iterator[str]:
    """What the entry of a file is called now, and was called before."""
    yield file.place.entry
    yield from file.edition.earlier
    if before:
        yield before.place.entry
