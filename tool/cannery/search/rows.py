"""Bytes by a document's number: a file of them one after the other, and one of where each ends."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from typing import Any

_ENDS = "ends"  # behind the ending of the file of bytes


class RowsWriter:
    """Takes the bytes of one document after the other; `create` makes a file with an ending."""

    def __init__(self, create: Callable[[str], Any], ending: str) -> None:
        self._file = create(ending)
        self._ends = array("Q", [0])
        self._create, self._ending = create, ending

    def add(self, row: bytes) -> None:
        self._file.write(row)
        self._ends.append(self._ends[-1] + len(row))

    def close(self) -> None:
        self._file.close()
        with self._create(self._ending + _ENDS) as file:
            file.write(little_endian(self._ends).tobytes())


class Rows:
    """Reads them. The files are open from `open` on, or from the first look."""

    def __init__(self, find: Callable[[str], Any], ending: str) -> None:
        self._find, self._ending = find, ending
        self._file: Any = None
        self._ends = array("Q")

    def open(self) -> None:
        if self._file is None:
            with self._find(self._ending + _ENDS) as file:
                self._ends = little_endian(array("Q", file.read()))
            self._file = self._find(self._ending)

    def __getitem__(self, number: int) -> bytes:
        self.open()
        start, end = self._ends[number], self._ends[number + 1]
        return bytes(self._file.get(start, end - start))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def little_endian(numbers: array[int]) -> array[int]:
    """The numbers as files have them, or those of a file as this machine has them: in place."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
