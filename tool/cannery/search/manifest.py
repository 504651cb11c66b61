"""An index's table of contents, in a file beside its others: what it was made of and consists of.

It is JSON and plain numbers, and runs nothing, which Whoosh's own would: that is a pickle. An index
is trusted as long as its files are as they were written; one that another program has touched is
summed up again, and one that is spoilt is made anew.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from struct import Struct, error
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

from cannery.model.location import Stamp
from cannery.search.freshness import UNSETTLED
from cannery.search.rows import little_endian
from cannery.util.trust import refuse

_VERSION = "17"  # of the index: of its schema, its analysis and this file; each has its own folder
_MAGIC = b"kb-index"
_HEAD = Struct("<8sI")  # magic, checksum of all that follows
_SIZES = Struct("<II")  # of the notes and the paths, in bytes
_NUMBERS = 3  # of a stamp
_CHUNK = 1 << 20
_NOTHING: Mapping[str, tuple[int, ...]] = MappingProxyType({})
_MANIFEST = "manifest-"


class Piece(NamedTuple):
    """A segment of the index; `gone` are the numbers of its deleted documents.

    `lengths` has how many terms a field has in all its documents.
    """

    name: str
    documents: int
    gone: tuple[int, ...]
    lengths: Mapping[str, int]


class PackedStamps(Mapping[str, Stamp]):
    """Stamps by path as the file has them, unpacked when somebody asks: most searches don't.

    Raises ValueError if the paths are not as many as the stamps.
    """

    def __init__(self, paths: str, numbers: bytes) -> None:
        self._paths, self._numbers = paths, array("q", numbers)
        little_endian(self._numbers)
        count = paths.count("\n") + 1 if paths else 0
        if len(self._numbers) != count * _NUMBERS:
            raise ValueError("a spoilt manifest")

    @cached_property
    def _stamps(self) -> dict[str, Stamp]:
        columns = (self._numbers[first::_NUMBERS] for first in range(_NUMBERS))
        paths = self._paths.split("\n") if self._paths else []
        return dict(zip(paths, zip(*columns, strict=True), strict=True))

    def __getitem__(self, path: str) -> Stamp:
        return self._stamps[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stamps)

    def __len__(self) -> int:
        return len(self._numbers) // _NUMBERS

    def unpacked(self) -> dict[str, Stamp]:
        return self._stamps


class Manifest(NamedTuple):
    """`stamps` by path; `files` of the index by name, as stamps with a checksum behind.

    `languages` are those that file names were understood by, and what front matter was.
    """

    stamps: Mapping[str, Stamp]
    files: Mapping[str, tuple[int, ...]] = _NOTHING
    segments: tuple[Piece, ...] = ()
    languages: tuple[str, ...] = ()

    def known(self, languages: tuple[str, ...]) -> Mapping[str, Stamp]:
        """The stamps; with other languages now, none that is any file's."""
        if languages == self.languages:
            return self.stamps.unpacked() if isinstance(self.stamps, PackedStamps) else self.stamps
        return dict.fromkeys(self.stamps, UNSETTLED)

    def to_bytes(self) -> bytes:
        notes = json.dumps([dict(self.files), self.segments, self.languages]).encode()
        paths = "\n".join(self.stamps).encode()  # none of them has a line break
        numbers = array("q", [number for stamp in self.stamps.values() for number in stamp])
        sizes = _SIZES.pack(len(notes), len(paths))
        body = sizes + notes + paths + little_endian(numbers).tobytes()
        return _HEAD.pack(_MAGIC, crc32(body)) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Raises ValueError if the data is corrupt."""
        try:
            magic, checksum = _HEAD.unpack_from(data)
        except error:
            magic = b""
        if magic != _MAGIC or crc32(memoryview(data)[_HEAD.size :]) != checksum:
            raise ValueError("a spoilt manifest")
        notes_size, paths_size = _SIZES.unpack_from(data, _HEAD.size)
        start = _HEAD.size + _SIZES.size
        at = start + notes_size
        files, segments, languages = json.loads(data[start:at])
        return cls(
            PackedStamps(data[at : at + paths_size].decode(), data[at + paths_size :]),
            {_plain(name): tuple(map(int, marks)) for name, marks in files.items()},
            tuple(_piece(*row) for row in segments),
            tuple(languages),
        )


def _piece(name: str, documents: int, gone: Iterable[int], lengths: Mapping[str, int]) -> Piece:
    return Piece(
        _plain(name),
        int(documents),
        tuple(map(int, gone)),
        {str(field): int(length) for field, length in lengths.items()},
    )


def _plain(name: str) -> str:
    """The name of a file that is in the index's own folder."""
    if not name or not name.isascii() or not name.replace("_", "").replace(".", "").isalnum():
        raise ValueError(f"no file of an index: {name}")
    return name


def index_folder(cache: Path) -> Path:
    """Raises UntrustedError (an OSError) if other users could have written to the folder."""
    folder = cache / f"index-{_VERSION}"
    refuse(folder, 3)
    return folder


def latest_generation(folder: Path) -> int:
    """How often the index was changed; -1 where there is none. Raises OSError."""
    names = (path.name for path in folder.iterdir())
    manifests = (name[len(_MANIFEST) :] for name in names if name.startswith(_MANIFEST))
    return max((int(number) for number in manifests if number.isdecimal()), default=-1)


def latest_manifest(folder: Path) -> tuple[int, Manifest]:
    """The newest generation and its manifest. Raises OSError or ValueError."""
    generation = latest_generation(folder)
    return generation, read_manifest(folder, generation)


def read_manifest(folder: Path, generation: int) -> Manifest:
    """Raises OSError or ValueError where there is none that can be trusted."""
    try:
        return Manifest.from_bytes(_path(folder, generation).read_bytes())
    except (TypeError, AttributeError, RecursionError) as wrong:
        raise ValueError("not what a manifest holds") from wrong


def write_manifest(folder: Path, generation: int, manifest: Manifest) -> None:
    """From here on the generation counts. Raises OSError."""
    from cannery.util.atomic import replace  # a search reads alone

    replace(_path(folder, generation), manifest.to_bytes())


def drop_manifests(folder: Path, generation: int) -> None:
    """Remove all but one generation's."""
    current = _path(folder, generation)
    for other in folder.glob(f"{_MANIFEST}*"):
        if other != current:
            other.unlink(missing_ok=True)


def describe(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Files by name: their stamps, and a checksum behind."""
    return {name: (*_stamp(folder / name), _checksum(folder / name)) for name in names}


def is_sound(folder: Path, manifest: Manifest) -> bool:
    """Whether the index's files hold what was written to them."""
    try:
        return all(
            _stamp(folder / name) == marks[:-1] or _is_copy(folder / name, marks)
            for name, marks in manifest.files.items()
        )
    except OSError:
        return False


def _is_copy(path: Path, marks: tuple[int, ...]) -> bool:
    """Whether a file that was written at another time, such as a backup's, holds the same."""
    return _stamp(path)[0] == marks[0] and _checksum(path) == marks[-1]


def _path(folder: Path, generation: int) -> Path:
    return folder / f"{_MANIFEST}{generation}"


def _stamp(path: Path) -> Stamp:
    info = path.stat()
    return info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = crc32(chunk, checksum)
    return checksum
