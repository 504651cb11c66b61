"""The team's text beside the user's file, while a conflict is open: NAME.theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cannery.git.blobs import Blobs, store_texts
from cannery.git.clone import THEIRS
from cannery.git.merge import merge_keeping_both
from cannery.git.versions import Form, Tree, Version, version_at
from cannery.proposals.conflicts import OpenConflict
from cannery.proposals.incoming import CONFLICT, DELETED_THERE, FileMerge


class Beside(NamedTuple):
    """What is to stand beside a file, None for nothing.

    Of an open conflict, `theirs` is the team's part of it, which is all unless the user has written
    there, too, and `base` is what the team's next version is to be merged from.
    """

    path: str
    text: bytes | None = None
    theirs: bytes | None = None
    base: bytes | None = None

    @property
    def file(self) -> tuple[str, Version | None]:
        """The file, and what it is to be."""
        return self.path + THEIRS, None if self.text is None else Version(self.text)


def besides(
    tree: Tree, merges: Iterable[FileMerge], pending: Mapping[str, OpenConflict], blobs: Blobs
) -> Iterator[Beside]:
    """What is to stand beside each of the files that the user has edited, too.

    What the user has written there stays: the team's newer text is merged into it.
    """
    for item in merges:
        path = item.change.path
        if not item.is_edited:
            continue
        known = pending.get(item.here)
        written = blobs[known.beside] if known and known.beside else None
        now = version_at(tree, item.here + THEIRS)
        text = _text(now, written, item.theirs)
        if item.outcome.how == CONFLICT and (text is not None or _is_deleted(item)):
            yield Beside(path, text, item.theirs, item.base)
        elif known and text is not None:
            team = blobs[item.change.name]
            yield Beside(path, text, team, team)
        elif known and now:
            yield Beside(path)
        if item.origin and known and now:
            yield Beside(item.origin)


def _is_deleted(item: FileMerge) -> bool:
    return DELETED_THERE in item.outcome.what


def _text(now: Version | None, written: bytes | None, theirs: bytes | None) -> bytes | None:
    if now is None or now.form is not Form.FILE or now.data == written:
        return theirs
    return now.data if theirs is None else merge_keeping_both(written or b"", now.data, theirs)


def opened(tree: Tree, items: Iterable[Beside]) -> dict[str, OpenConflict]:
    """The conflicts that are open with these texts; what is to be known of them is kept in git."""
    still_open = [item for item in items if item.text is not None or item.base is not None]
    texts = [text or b"" for item in still_open for text in (item.base, item.theirs)]
    ids = store_texts(tree.top, texts)
    pairs = zip(still_open, ids[::2], ids[1::2], strict=True)
    return {
        item.path: OpenConflict(base, "" if item.text is None else beside)
        for item, base, beside in pairs
    }
