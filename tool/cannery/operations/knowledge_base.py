"""A knowledge base open for searching: what the command line uses, and whoever builds on it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, Unpack

from cannery.content.files import scan
from cannery.content.watch import Watch, begin_watch
from cannery.errors import IndexFaultError
from cannery.model.event import Listener, counting, ignore
from cannery.model.hit import Answer, Filters, Hit, Query
from cannery.model.location import Changes, Stamp
from cannery.search import find
from cannery.search.freshness import diff
from cannery.search.index import open_index, temporary_index
from cannery.search.scan_child import Report
from cannery.search.spoilt import SpoiltIndexError
from cannery.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from cannery.search.meaning import Reading
    from cannery.search.similar import Similar

_T = TypeVar("_T")
_TRIES = 20


class KnowledgeBase:
    """Search a knowledge base. Holds an index open: close it, or use it in a `with`.

    From the second search on the kernel tells of changed files, where it can, and a search without
    any news looks at none. It belongs to one thread.

    with cannery.open("support-kb") as kb:
        for hit in kb.search("返金", kind="macro"):
            print(hit.at.id, hit.title)
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._index = open_index(workspace.cache)
        self._stamps: Mapping[str, Stamp] = {}
        self._looked = False
        self._watch: Watch | None = None
        self.rebuilt = False  # whether the index was corrupt, and was made anew
        self._settled = -1  # the generation of the index that had all there was

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._index.close()
        if self._watch:
            self._watch.close()

    @property
    def temporary(self) -> bool:
        """Whether the index lasts no longer than this, since the cache can't be written."""
        return self._index.temporary

    @property
    def state(self) -> tuple[int, ...]:
        """Which index this is, and how often it was changed: another one may know more."""
        return self._retry(lambda: (*self._index.identity, self._index.generation()))

    def behind(self, report: Report | None = None) -> Changes:
        """What has changed on disk since the index last looked. A `report` saves another look."""
        return self._retry(lambda: self._behind(report))

    def _behind(self, report: Report | None) -> Changes:
        generation = self._index.generation()
        if report and report.source == (*self._index.identity, generation):
            self._stamps = report.stamps
            return report.changes
        if self._settled == generation and self._watch and self._watch.is_quiet():
            return Changes()
        self._watch_anew()
        self._stamps = scan(self.workspace).searched
        changes = diff(self._index.stamps(self.workspace.settings.reading), self._stamps)
        self._settled = -1 if changes else generation
        return changes

    def _watch_anew(self) -> None:
        """Watch from before the look at the files. One search alone is not worth a watch."""
        if not (self._watch and self._watch.is_quiet()):
            if self._watch:
                self._watch.close()
            self._watch = begin_watch(self.workspace) if self._looked else None
        self._looked = True

    def catch_up(self, todo: Changes) -> Iterator[str]:
        """Bring the index up to date with `behind()`; yields each path done."""
        for _ in range(_TRIES):
            if not todo:
                return
            if (yield from self._apply(todo)):
                self._tell_shells()
                return
            todo = self.behind()
        raise IndexFaultError("the index keeps changing", "Try again in a moment.")

    def update(self, listener: Listener = ignore, report: Report | None = None) -> bool:
        """Bring the index up to date with the files; whether anything had changed."""
        changes = self.behind(report)
        if not changes:
            return False
        total = len(changes.added) + len(changes.changed)
        for _ in counting(self.catch_up(changes), total, "Indexing", listener):
            pass
        return True

    def read_meaning(self, listener: Listener = ignore) -> bool:
        """Let the user's model read what it has not read of the entries; whether there was any."""
        unread = self.unread()
        if unread is None:
            return False
        for _ in counting(unread.run(), len(unread.todo), "Reading", listener):
            pass
        return True

    def unread(self) -> Reading | None:
        """What the user's model for meaning has not read of the entries; None for nothing.

        Raises CanneryError where there is no such model.
        """
        if not self.workspace.user.meaning.model or self.temporary:
            return None
        from cannery.search.meaning import Reading

        paths = self._retry(lambda: self._index.stamps(self.workspace.settings.reading))
        reading = Reading(self.workspace, self.state, paths)
        return reading if reading.todo else None

    def _tell_shells(self) -> None:
        """Keep the values that a shell completes, which has no time to ask the index."""
        from cannery.search.completions import COMPLETED, store_completions

        reader = self._index.reader()
        store_completions(self._index.folder, {name: reader.values(name) for name in COMPLETED})

    def _apply(self, todo: Changes) -> Generator[str, None, bool]:
        """Whether it was done; if not, the index is another one now."""
        from cannery.search.refresh import refresh

        try:
            return (yield from refresh(self._index, self.workspace, self._stamps, todo))
        except SpoiltIndexError:
            self._rebuild()
        except OSError as error:  # a full disk, as a rule
            self._make_do(error)
        return False

    def _make_do(self, error: OSError) -> None:
        if self._index.temporary:
            raise IndexFaultError(
                f"the index can't be written: {error.strerror}",
                "Free up space in your cache or temporary folder.",
            ) from error
        self._index.close()
        self._index = temporary_index()

    def _rebuild(self) -> None:
        """Throw a corrupt index away, unless another process has done so, and open a new one."""
        self.rebuilt = True
        self._index.close()
        self._index = open_index(self.workspace.cache, spoilt=self._index.identity)

    def search(self, words: str, *, fresh: bool = True, **filters: Unpack[Filters]) -> list[Hit]:
        """The best hits, best first, each entry once.

        `words` is what `kb find` takes: words, `"a phrase"`, `-not`, `tag:x`. `filters` are the
        other members of `Query`, where they are described: kind, language, tags, status, limit,
        prefer, typing, usage, snippets. With `fresh`, the index first catches up with the files;
        without, it answers from what it knows. Raises IndexFaultError where no index can be made.
        """
        query = Query(words, **filters)
        if fresh:
            self.update()
        if fresh and not query.typing:
            self.read_meaning()
        return self.find(query)

    def find(self, asked: Query) -> list[Hit]:
        """What the index knows of an answer, without a look at the files first."""
        return list(self.answer(asked).hits)

    def answer(self, asked: Query) -> Answer:
        """As `find`, with what the query was taken for."""
        return self._retry(lambda: find.search(self._index, self.workspace, asked))

    def similar(self, text: str, *, itself: str = "", limit: int = 5) -> tuple[Similar, ...]:
        """The entries most like a Markdown text; `itself` is the id of the one it is from."""
        from cannery.search.similar import similar  # a search has no use for it

        return self._retry(lambda: similar(self._index, self.workspace, text, itself, limit))

    def tags(self) -> tuple[str, ...]:
        """The tags that the index knows, in small letters."""
        return self._retry(lambda: self._index.reader().values("tag"))

    def suggest(self, words: str) -> tuple[str, ...]:
        """Words of titles that look like those that found nothing."""
        return self._retry(lambda: find.suggest(self._index, words))

    def _retry(self, act: Callable[[], _T]) -> _T:
        """Run `act`; if the index is corrupt, rebuild it and retry."""
        for _ in range(_TRIES):
            try:
                return act()
            except SpoiltIndexError:
                self._rebuild()
                self.update()
        return act()


def open_knowledge_base(path: str | Path) -> KnowledgeBase:
    """The knowledge base at or above a folder. Raises NoWorkspaceError."""
    return KnowledgeBase(open_workspace(Path(path), to_read=True))
