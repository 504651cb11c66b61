"""The files of a site's terms, and what an edit of a page leaves of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping

from cannery.search.browser_postings import NO_POSTINGS, Postings
from cannery.search.browser_shards import (
    TERMS,
    Cutter,
    grouped,
    in_order,
    key,
    packed,
    pieces_of,
    unpacked,
)

Edit = Callable[[Postings], Postings]  # of a term, which has none where no page has it


class TermFiles:
    """Each by the key of its first term, which is empty for the first file."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.files = dict(files)
        self.firsts = [*self.files]
        self._pieces: dict[str, dict[str, bytes]] = {}

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and term in self._file_of(term)

    def _file_of(self, term: str) -> dict[str, bytes]:
        """All terms of the file that a term is in, if it is anywhere."""
        if not self.firsts:
            return {}
        first = self._first_for(term)
        if first not in self._pieces:
            self._pieces[first] = dict(pieces_of(self.files[first]))
        return self._pieces[first]

    def _first_for(self, term: str) -> str:
        return self.firsts[bisect_right(self.firsts, key(term)) - 1] if self.firsts else ""

    def edited(self, edits: Mapping[str, Edit]) -> TermFiles:
        """The files with some terms edited: the same as if all had been made of those terms."""
        by_file: dict[str, dict[str, Edit]] = {}
        for term, edit in edits.items():
            by_file.setdefault(self._first_for(term), {})[term] = edit
        return TermFiles(self._recut(by_file))

    def _recut(self, edits: Mapping[str, Mapping[str, Edit]]) -> Iterator[tuple[str, bytes]]:
        """Cut anew what changes, and the file before it, whose size tells where it begins."""
        firsts, at = self.firsts or [*edits], 0  # where no page has a word, there is no file
        changed = {at for at, first in enumerate(firsts) if first in edits}
        anew = changed | {at - 1 for at in changed if at}
        while at < len(firsts):
            if at in anew:
                at = yield from self._cut(firsts, at, anew, edits)
            else:
                yield firsts[at], self.files[firsts[at]]
                at += 1

    def _cut(
        self,
        firsts: list[str],
        start: int,
        anew: Collection[int],
        edits: Mapping[str, Mapping[str, Edit]],
    ) -> Generator[tuple[str, bytes], None, int]:
        """Files from one on, up to where a border is what it was; the number of the one there."""
        cutter, first, data = Cutter(TERMS), firsts[start], bytearray()
        for at in range(start, len(firsts)):
            pieces = self._edited_pieces(firsts[at], edits.get(firsts[at], {}))
            for name, group in grouped(pieces):
                if cutter.begins_file(name, group) and data:
                    yield first, bytes(data)
                    if name == firsts[at] and at not in anew:
                        return at
                    first, data = name, bytearray()
                data += group
        if data:
            yield first, bytes(data)
        return len(firsts)

    def _edited_pieces(self, first: str, edits: Mapping[str, Edit]) -> Iterable[tuple[str, bytes]]:
        data = self.files.get(first, b"")
        if not edits:
            return pieces_of(data)
        pieces = dict(pieces_of(data))
        for term, edit in edits.items():
            postings = edit(unpacked(pieces[term]) if term in pieces else NO_POSTINGS)
            pieces[term] = packed(term, postings) if postings.raw else b""
        left = (item for item in pieces.items() if item[1])
        return sorted(left, key=lambda item: in_order(item[0]))
