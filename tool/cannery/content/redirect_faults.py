"""Why an earlier id of an article can't lead to it: the check and the site ask here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.content.links import site_path
from cannery.model.location import Location
from cannery.util.lazy_pattern import LazyPattern
from cannery.workspace import Settings

# What a folder of a web site may be called on any host, and what hides nothing.
_ID = LazyPattern(r"articles(?:/(?!\.)[^/\\<>\"\x00-\x1f\x7f]{1,100})+")


class Former(NamedTuple):
    """The earlier ids of one article."""

    at: Location
    ids: Iterable[str]


class RedirectFault(NamedTuple):
    """An earlier id of the file at `path` to which no redirect can be made; what to do about it."""

    path: str
    former: str
    message: str
    hint: str


@dataclass(frozen=True)
class Redirects:
    """Each former address, below the site's, with the present one; and what can't be one."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[RedirectFault, ...] = ()


def redirects_of(
    articles: Iterable[Former], living: AbstractSet[str], settings: Settings
) -> Redirects:
    """The redirects of a site with these articles, in order.

    `living` are the ids of all entries that are not retired, whoever may see them, and of the
    folders that hold one: nothing leads away from where a page is, or will be.
    """
    addresses: dict[str, str] = {}
    owners: dict[str, Location] = {}
    faults: list[RedirectFault] = []
    for at, ids in articles:
        for old in dict.fromkeys(ids):
            if old.startswith("macros/"):  # a macro is on no site, and never was
                continue
            before = site_path(at._replace(id=old), settings)
            if reason := _reason(old, at, living, owners.get(before)):
                faults.append(RedirectFault(at.path, old, *reason))
            else:
                owners[before] = at
                addresses[before] = site_path(at, settings)
    return Redirects(addresses, tuple(faults))


def _reason(
    old: str, at: Location, living: AbstractSet[str], owner: Location | None
) -> tuple[str, str] | None:
    """Why an earlier id can't be one, and what to do; None if it can."""
    named = f"redirect_from: {old!r:.60}"
    if not _ID.fullmatch(old) or ".." in old:
        return f"{named} is not a valid article id", "Example: articles/billing/refund."
    if old == at.id:
        return f"{named} is the entry itself", "Remove it."
    if old in living:
        return (
            f"{named} is still there, so nothing leads from it here",
            "Remove it, or retire that.",
        )
    if owner:
        return f"{named} leads to {owner.id:.100} already", "Remove one of the two."
    return None


def with_folders(ids: Iterable[str]) -> frozenset[str]:
    """The ids, and the folders that hold them."""
    return frozenset(name for id_ in ids for name in (id_, *_above(id_)))


def _above(id_: str) -> Iterator[str]:
    while "/" in id_:
        id_ = id_.rpartition("/")[0]
        yield id_
