"""A knowledge base open for searching: what the command line uses, and whoever builds on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from cannery.content.files import Scan, scan
from cannery.errors import CanneryError
from cannery.model import Changes, Hit, Query
from cannery.search import find
from cannery.search.index import open_index
from cannery.workspace import Workspace, open_workspace

_T = TypeVar("_T")


class KnowledgeBase:
    """Search a knowledge base. Holds an index open: close it, or use it in a `with`.

    with cannery.open("support-kb") as kb:
        for hit in kb.search("返金", kind="macro"):
            print(hit.at.id, hit.title)
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._index = open_index(workspace.cache)
        self._found: Scan | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._index.close()

    @property
    def temporary(self) -> bool:
        """Whether the index lasts no longer than this, since the cache can't be written."""
        return self._index.temporary

    def behind(self) -> Changes:
        """What has changed on disk since the index last looked."""
        found = self._found = scan(self.workspace)
        return self._proof(lambda: find.changes(self._index, found))

    def catch_up(self, todo: Changes) -> Iterator[str]:
        """Bring the index up to date with `behind()`; yields each path done."""
        return find.refresh(self._index, self.workspace, self._found or scan(self.workspace), todo)

    def search(self, words: str, *, fresh: bool = True, **filters: object) -> list[Hit]:
        """The best hits, best first, each entry once.

        `words` is what `kb find` takes: words, `"a phrase"`, `-not`, `tag:x`. `filters` are the
        other members of `Query`: kind, language, tags, status, limit, prefer. With `fresh`, the
        index first catches up with the files; without, it answers from what it knows.
        """
        while fresh and (todo := self.behind()):
            for _ in self.catch_up(todo):
                pass
        return self.find(Query(words, **filters))  # type: ignore[arg-type]

    def find(self, asked: Query) -> list[Hit]:
        """What the index knows of an answer, without a look at the files first."""
        return self._proof(lambda: list(find.search(self._index, self.workspace, asked)))

    def _proof(self, act: Callable[[], _T]) -> _T:
        """Do it; where the index turns out to be spoilt, once more with a new one."""
        try:
            return act()
        except (CanneryError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - whatever a spoilt file makes Whoosh stumble over
            self._index.close()
            self._index = open_index(self.workspace.cache, anew=True)
            while todo := find.changes(self._index, scan(self.workspace)):
                for _ in self.catch_up(todo):
                    pass
            return act()

    def suggest(self, words: str) -> tuple[str, ...]:
        """Words of titles that look like those that found nothing."""
        return find.suggest(self._index, words)


def open_base(path: str | Path) -> KnowledgeBase:
    """The knowledge base at or above a folder. Raises NoWorkspaceError."""
    return KnowledgeBase(open_workspace(Path(path)))
