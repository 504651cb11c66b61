"""The full-text index on disk: opened, or rebuilt if it is corrupt, and brought up to date."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cannery.errors import IndexFaultError
from cannery.model.location import Stamp
from cannery.search.folder import IndexFolder
from cannery.search.manifest import (
    Manifest,
    index_folder,
    is_sound,
    latest_generation,
    read_manifest,
    write_manifest,
)
from cannery.search.reader import Reader
from cannery.search.spoilt import SpoiltIndexError, merging_index, reading_index
from cannery.util.trust import UntrustedError, make

if TYPE_CHECKING:
    from cannery.model.entry import Entry

_LOCK_SECONDS = 20.0
_TRIES = 20
_Identity = tuple[int, int]


class Index:
    """An open index. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, temporary: bool = False) -> None:
        self._index = IndexFolder(folder)
        self.folder = folder
        self.identity = _identity(self.folder)
        self.temporary = temporary  # gone after this run, since the cache can't be written
        self._seen: tuple[int, int] | None = None
        self._generation = -1
        self._manifest = Manifest({})
        self._reader: Reader | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._close_reader()
        if self.temporary:
            _remove(self.folder)

    def reader(self) -> Reader:
        """A reader of the current generation, reused until the index changes.

        Raises SpoiltIndexError.
        """
        return self._look()

    def stamps(self, languages: tuple[str, ...]) -> Mapping[str, Stamp]:
        """The files in the index as they were when it took them in. Raises SpoiltIndexError."""
        self._look()
        return self._manifest.known(languages)

    def generation(self) -> int:
        """How often the index was changed. Raises SpoiltIndexError."""
        self._look()
        return self._generation

    def _look(self) -> Reader:
        """The newest generation, opened unless it is open already."""
        try:
            info = self.folder.stat()
        except FileNotFoundError as error:
            raise SpoiltIndexError("the index is gone") from error
        seen = (info.st_ino, info.st_mtime_ns)  # each commit makes and renames files in there
        if seen == self._seen and self._reader is not None:
            return self._reader
        if info.st_ino != self.identity[0]:
            raise SpoiltIndexError("another process has rebuilt the index")
        if latest_generation(self.folder) != self._generation or self._reader is None:
            self._close_reader()
            self._reader, self._generation, self._manifest = self._open()
        self._seen = seen
        return self._reader

    def _open(self) -> tuple[Reader, int, Manifest]:
        for _ in range(_TRIES):
            generation = latest_generation(self.folder)
            try:
                with reading_index():
                    opened = self._open_generation(generation)
            except SpoiltIndexError:
                if latest_generation(self.folder) == generation:
                    raise
                continue  # another process wrote in between
            if latest_generation(self.folder) == generation:
                return opened
            opened[0].close()
        raise IndexFaultError("the index keeps changing", "Try again in a moment.")

    def _open_generation(self, generation: int) -> tuple[Reader, int, Manifest]:
        """All files of a generation are open from here on: another process may delete them."""
        manifest = read_manifest(self.folder, generation)
        if not is_sound(self.folder, manifest):
            raise ValueError("a file of the index was changed")
        reader = self._index.reader(manifest, generation)
        try:
            return Reader(reader), generation, manifest
        except BaseException:
            reader.close()
            raise

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def apply(
        self,
        entries: Iterable[tuple[str, Stamp, Entry | None]],
        removed: Iterable[str],
        languages: tuple[str, ...],
    ) -> Generator[str, None, bool]:
        """Take entries in (None: a file without one) and let files go; yields each path done.

        Nothing of it counts until the last one is done. Nothing is done, and False comes back,
        where another process has changed the index since it was looked at: look for changes anew.
        Raises IndexFaultError while another process writes for too long, OSError on a full disk.
        """
        from cannery.search.writer import LockError, Writer

        try:
            with merging_index():
                writer = Writer(self._index, self._manifest, timeout=_LOCK_SECONDS)
        except LockError as error:
            raise IndexFaultError(
                "another kb process is still writing the index", "Try again in a moment."
            ) from error
        try:
            if writer.generation != self._generation + 1:
                return False
            for path in removed:
                writer.let_go(self.reader(), path)
            for path, stamp, entry in entries:
                writer.let_go(self.reader(), path)
                writer.take_in(path, stamp, entry)
                yield path
            writer.finish(languages)
        finally:
            writer.abandon()
        return True


def open_index(cache: Path, *, spoilt: _Identity | None = None) -> Index:
    """Open the index in the cache folder; build it if there is none or it is corrupt.

    Where the cache can't be written, it is a copy that lasts as long as it is open; where others
    could have written it, a new one. `spoilt` is the identity of an index to throw away, unless
    somebody else has done so already.
    """
    try:
        folder = index_folder(cache)
    except UntrustedError:
        return temporary_index()
    try:
        if spoilt and _identity(folder) == spoilt:
            _discard(folder)
        _open(folder)
        return Index(folder)
    except OSError:
        return temporary_index(folder)


def temporary_index(source: Path | None = None) -> Index:
    """A temporary index, deleted when it is closed; it starts as a copy of `source`."""
    from tempfile import mkdtemp  # rarely wanted, and slow to load

    try:
        folder = Path(mkdtemp(prefix=f"kb-index-{os.getpid()}-"))
        if source and source.exists():
            with contextlib.suppress(OSError):  # a spoilt one, or one without room for a copy
                from shutil import copytree

                copytree(source, folder, dirs_exist_ok=True)
                if latest_generation(folder) >= 0:
                    return Index(folder, temporary=True)
            _remove(folder)
            folder.mkdir()
        write_manifest(folder, 0, Manifest({}))
        return Index(folder, temporary=True)
    except OSError as error:
        raise IndexFaultError(
            f"no space for an index: {error.strerror}",
            "Free up space in your cache or temporary folder.",
        ) from error


def _remove(folder: Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def _open(folder: Path) -> None:
    """Have an index there. What has no table of contents is none. Raises OSError."""
    if folder.exists():
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
        if latest_generation(folder) >= 0:
            return
        _discard(folder)
    _make(folder)


def _identity(folder: Path) -> _Identity:
    try:
        info = folder.stat()
    except FileNotFoundError:
        return (0, 0)
    return info.st_ino, info.st_dev


def _discard(folder: Path) -> None:
    """Delete an index. Nothing is lost: it is rebuilt from the files."""
    from cannery.util.atomic import remove_folder  # rarely wanted

    remove_folder(folder, "spoilt-")


def _make(folder: Path) -> None:
    """A new index, unless another process has just made one: then that."""
    from cannery.util.atomic import new_folder

    make(folder.parent)
    for older in folder.parent.glob("index-*"):
        if older != folder:
            _remove(older)
    try:
        with new_folder(folder, "fresh-") as draft:
            write_manifest(draft, 0, Manifest({}))
    except OSError:
        if not folder.exists():
            raise
