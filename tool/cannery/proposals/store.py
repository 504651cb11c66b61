"""What `kb` remembers of its proposals, beside the repository's own files in `.git`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cannery.git.clone import Checkout
from cannery.git.repository import GitError
from cannery.model.proposal import Proposal, Source
from cannery.util.address import without_credentials
from cannery.util.state import load_kept, store, text

_FILE = "proposals.json"
_TEXTS = 6  # of a proposal, from `main` to `url`


def proposals(checkout: Checkout) -> tuple[Proposal, ...]:
    """The proposals that are not known to be merged or withdrawn."""
    return load_kept(checkout.store / _FILE, _shaped, ())


def _shaped(data: Any) -> tuple[Proposal, ...]:  # noqa: ANN401 - JSON
    return tuple(_proposal(*row) for row in data)


def _proposal(branch: Any, paths: Any, *rest: Any) -> Proposal:  # noqa: ANN401 - JSON
    texts, sources = [*map(text, rest[:_TEXTS])], next(iter(rest[_TEXTS:]), ())
    known = tuple((text(path), _source(*source)) for path, source in sources)
    proposal = Proposal(text(branch), tuple(map(str, paths)), *texts)  # type: ignore[arg-type]
    return proposal._replace(url=without_credentials(proposal.url), sources=known)


def _source(file: Any, given: Any, is_alone: Any) -> Source:  # noqa: ANN401 - JSON
    return Source(text(file), text(given), bool(is_alone))


def remember(checkout: Checkout, proposal: Proposal) -> None:
    """Keep a proposal, in the place of an earlier state of it."""
    others = [item for item in proposals(checkout) if item.branch != proposal.branch]
    _write(checkout, [*others, proposal])


def forget(checkout: Checkout, branches: Iterable[str]) -> None:
    gone = {*branches}
    if gone:
        _write(checkout, [item for item in proposals(checkout) if item.branch not in gone])


def _write(checkout: Checkout, items: list[Proposal]) -> None:
    write_store(checkout.store / _FILE, items)


def write_store(path: Path, value: object) -> None:
    """Keep a value as JSON, whole or not at all. Raises GitError."""
    try:
        store(path, value, sync=True)
    except OSError as error:
        raise GitError(f"{path}: {error.strerror}", "Nothing was changed.") from error
