"""What a proposal was made from, kept in git's store."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.git.blobs import store_texts
from cannery.git.clone import Checkout
from cannery.model.proposal import Source
from cannery.proposals.changes import ProposedFile


def stored_sources(checkout: Checkout, files: Sequence[ProposedFile]) -> dict[str, Source]:
    """What is proposed as the user has it, and as it is given to the commit, by path."""
    unstored = {item.path: item.own for item in files if item.own is not None and not item.given}
    ids = store_texts(checkout.folder, [*unstored.values()])
    given = dict(zip(unstored, ids, strict=True))
    return {
        item.path: Source(item.source, given.get(item.path, item.given), is_alone=item.is_alone)
        for item in files
    }
