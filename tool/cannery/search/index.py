"""The full-text index on disk. With `analysis`, the Whoosh room."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from whoosh import fields, index, query, scoring
from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.query import qcore

from cannery.errors import IndexFaultError
from cannery.model import Entry, Macro, Query, Stamp
from cannery.search.analysis import is_lone_letter, query_terms, terms
from cannery.search.plain import headings, plain

_VERSION = "1"  # of the schema and of the analysis: a new one gets a new folder
_LOCK_SECONDS = 20.0
_BOOSTS = {
    "names": 3.0, "title": 3.0, "keywords": 3.0, "summary": 1.5, "headings": 1.5, "body": 1.0,
}  # fmt: skip
_VARIANTS = 4  # of one entry: so many hits may fold into one


class _TermAnalyzer(Analyzer):
    """Whoosh's view of our terms."""

    def __call__(self, value: str, **_: object) -> Iterator[Token]:
        token = Token()
        for position, term in enumerate(terms(value)):
            token.text, token.pos, token.boost, token.stopped = term.text, position, 1.0, False
            yield token


def _schema() -> fields.Schema:
    text = {name: fields.TEXT(analyzer=_TermAnalyzer(), phrase=False) for name in _BOOSTS}
    text["title"].stored = True
    return fields.Schema(
        path=fields.ID(unique=True, stored=True),
        size=fields.STORED,
        mtime_ns=fields.STORED,
        id=fields.ID(stored=True),
        kind=fields.ID,
        language=fields.ID,
        status=fields.ID,
        tag=fields.KEYWORD(commas=True, lowercase=True),
        **text,
    )


@dataclass(frozen=True, slots=True)
class Match:
    path: str
    id: str
    score: float


class Index:
    """An open index. Close it, or use it in a `with`."""

    def __init__(self, opened: index.FileIndex, temporary: Path | None = None) -> None:
        self._index = opened
        self._seen = -1
        self._temporary = temporary

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    @property
    def temporary(self) -> bool:
        """Whether it is gone after this run, since the cache can't be written."""
        return self._temporary is not None

    def stamps(self) -> dict[str, Stamp]:
        """The files in the index as they were when it took them in."""
        self._seen = self._index.latest_generation()
        with self._index.searcher() as searcher:
            return {
                item["path"]: Stamp(item["size"], item["mtime_ns"])
                for item in searcher.all_stored_fields()
            }

    def apply(
        self, entries: Iterable[tuple[str, Stamp, Entry | None]], removed: Iterable[str]
    ) -> Iterator[str]:
        """Take entries in (None: a file without one) and let files go; yields each path done.

        Nothing of it counts until the last one is done, and nothing is done where another process
        has changed the index in the meantime: look for changes anew. Raises IndexFaultError while
        another process writes for too long.
        """
        try:
            writer = self._index.writer(timeout=_LOCK_SECONDS, delay=0.05)
        except index.LockError as error:
            raise IndexFaultError(
                "another kb has been writing the index for a while", "Try again in a moment."
            ) from error
        done = False
        try:
            if self._index.latest_generation() != self._seen:
                return
            fresh = self._index.is_empty()
            for path in removed:
                writer.delete_by_term("path", path)
            for path, stamp, entry in entries:
                if fresh:
                    writer.add_document(**_document(path, stamp, entry))
                else:
                    writer.update_document(**_document(path, stamp, entry))
                yield path
            writer.commit()
            done = True
        finally:
            if not done:
                writer.cancel()

    def search(self, asked: Query) -> list[Match]:
        """The best matches, best first; several variants of an entry may be among them."""
        wanted = query_terms(asked.words)
        if not wanted:
            return []
        alternatives = query.Or(
            [_one_term(term) for term in wanted], scale=0.9 if len(wanted) > 1 else None
        )
        filters = _filters(asked)
        with self._index.searcher(weighting=scoring.BM25F()) as searcher:
            found = searcher.search(
                alternatives,
                limit=asked.limit * _VARIANTS,
                filter=query.And(filters) if filters else None,
                mask=None if asked.status else query.Term("status", "retired"),
            )
            return [Match(hit["path"], hit["id"], float(hit.score)) for hit in found]

    def titles(self) -> list[str]:
        """Every title in the index."""
        with self._index.searcher() as searcher:
            return [item.get("title", "") for item in searcher.all_stored_fields()]


def _one_term(term: str) -> qcore.Query:
    kind: Any = query.Prefix if is_lone_letter(term) else query.Term
    return query.Or([kind(name, term, boost=boost) for name, boost in _BOOSTS.items()])


def _filters(asked: Query) -> list[qcore.Query]:
    pairs = (("kind", asked.kind), ("language", asked.language), ("status", asked.status))
    terms_ = [query.Term(name, value) for name, value in pairs if value]
    return [*terms_, *(query.Term("tag", tag.lower()) for tag in asked.tags)]


def _document(path: str, stamp: Stamp, entry: Entry | None) -> dict[str, object]:
    document: dict[str, object] = {"path": path, "size": stamp.size, "mtime_ns": stamp.mtime_ns}
    if entry is None:
        return {**document, "id": ""}
    header = entry.header
    shortcut = entry.shortcut if isinstance(entry, Macro) else ""
    return {
        **document,
        "id": entry.at.id,
        "kind": entry.at.kind.value,
        "language": entry.at.language,
        "status": header.status.value,
        "tag": ",".join(header.tags),
        "names": f"{entry.at.id} {shortcut}",
        "title": header.title,
        "keywords": " ".join((*header.keywords, *header.tags)),
        "summary": header.summary,
        "headings": headings(entry.body),
        "body": plain(entry.body),
    }


def open_index(cache: Path) -> Index:
    """The index in the cache folder, made if there is none; a spoilt one is made anew.

    Where the cache can't be written, it is a temporary one.
    """
    folder = cache / f"index-{_VERSION}"
    try:
        return Index(_open(folder))
    except OSError:
        temporary = Path(tempfile.mkdtemp(prefix="kb-index-"))
        return Index(index.create_in(str(temporary), _schema()), temporary)


def _open(folder: Path) -> index.FileIndex:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder.parent):
        pass  # a folder that can't be written is found out here, not at the end of a long build
    if folder.exists():
        try:
            return _proven(folder)
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - a spoilt pickle or segment may raise anything
            spoilt = Path(tempfile.mkdtemp(prefix="spoilt-", dir=folder.parent))
            folder.rename(spoilt / folder.name)
            shutil.rmtree(spoilt)  # nothing is lost: it is made anew from the files
    return _made(folder)


def _proven(folder: Path) -> index.FileIndex:
    opened = index.open_dir(str(folder))
    with opened.searcher() as searcher:
        searcher.doc_count()
    return opened


def _made(folder: Path) -> index.FileIndex:
    """A new index, unless another process has just made one: then that."""
    fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=folder.parent))
    index.create_in(str(fresh), _schema()).close()
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh)
        if not folder.exists():
            raise
    return index.open_dir(str(folder))
