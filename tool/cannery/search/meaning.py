"""What entries mean, beside the words they have: the best by words, put in order by both.

Only documents that words have found are looked at: filters, exclusions and phrases hold, and what
nothing is said of in words is not found. The weights are those of tests/benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from cannery.content.files import read_bytes
from cannery.content.library import load as load_entry
from cannery.errors import ContentError
from cannery.model.entry import Part
from cannery.search import vectors
from cannery.search.encoder import encoder, identity
from cannery.search.strip_markup import strip_markup
from cannery.search.vectors import Vectors
from cannery.workspace import Workspace

_WEIGHT = 0.3  # of the best score by words comes on top for what is nearest in meaning
_LEAST = 0.25  # of a score by words is left to what is furthest
_MOST = 50  # documents that are put in order
_BATCH = 200  # entries, after which what was read is kept
_LETTERS = 4_000  # of an entry: more than the encoder reads

Scored = tuple[float, int]


class Reading:
    """What is still to be read of a knowledge base, for the index in a certain state."""

    def __init__(self, workspace: Workspace, state: tuple[int, ...], paths: Iterable[str]) -> None:
        self._workspace, self._state = workspace, state
        self._path = vectors.path_of(workspace.cache, identity(workspace.user.meaning))
        known = _kept(self._path, _stamp(self._path))
        self.todo: tuple[str, ...] = ()
        if known.state == state:
            return
        hashes = {path: digest for path in paths if (digest := _digest(workspace, path))}
        by_hash = {digest: known.rows[path] for path, digest in known.hashes.items()}
        self._hashes = hashes
        self._rows = {path: by_hash[digest] for path, digest in hashes.items() if digest in by_hash}
        self.todo = tuple(path for path in hashes if path not in self._rows)
        if not self.todo:
            self._store(state)

    def run(self) -> Iterator[str]:
        """Read all that is to do; yields each path done. Raises CanneryError."""
        read = encoder(self._workspace.user.meaning).passage
        for done, path in enumerate(self.todo, 1):
            self._rows[path] = read(_text(self._workspace, path))
            if done % _BATCH == 0:
                self._store(())
            yield path
        self._store(self._state)

    def _store(self, state: tuple[int, ...]) -> None:
        hashes = {path: self._hashes[path] for path in self._hashes if path in self._rows}
        vectors.store(self._path, Vectors(state, hashes, self._rows))


def by_meaning(
    workspace: Workspace, words: str, best: list[Scored], path_of: Callable[[int], str]
) -> list[Scored]:
    """The scores, with what the first documents mean in them; those not read yet are average."""
    meaning = workspace.user.meaning
    path = vectors.path_of(workspace.cache, identity(meaning))  # first, as it tells what is missing
    import numpy as np

    rows = _kept(path, _stamp(path)).rows
    head, rest = best[:_MOST], best[_MOST:]
    found = [rows.get(path_of(number)) for _, number in head]
    known = [row for row in found if row is not None]
    if len(known) < 2:  # noqa: PLR2004 - nothing to put in order
        return best
    cosines = np.array(known, dtype=np.float32) @ encoder(meaning).query(words)
    average, nearest = float(cosines.mean()), float(cosines.max())
    share = _WEIGHT * head[0][0] / ((nearest - average) or 1.0)
    near = iter(((cosines - average) * share).tolist())
    scored = [
        (score if row is None else max(score + next(near), score * _LEAST), number)
        for (score, number), row in zip(head, found, strict=True)
    ]
    lowest = min(score for score, _ in scored)
    tail = [(min(score, lowest), number) for score, number in rest]
    return [*sorted(scored, key=lambda item: (-item[0], item[1])), *tail]


def _text(workspace: Workspace, path: str) -> str:
    item = load_entry(workspace, path).item
    if item is None or isinstance(item, Part):
        return ""
    return f"{item.header.title}\n{strip_markup(item.body[: 2 * _LETTERS])[:_LETTERS]}"


def _digest(workspace: Workspace, path: str) -> str:
    try:
        return blake2b(read_bytes(workspace, path), digest_size=16).hexdigest()
    except ContentError:  # gone, or no file that is read
        return ""


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        info = path.stat()
    except OSError:
        return ()
    return info.st_ino, info.st_size, info.st_mtime_ns


@lru_cache(maxsize=2)
def _kept(path: Path, _: tuple[int, ...]) -> Vectors:
    return vectors.load(path)
