"""Why an earlier id of an article can't lead to it: the check and the site ask here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.content.links import site_path
from cannery.model.location import Location
from cannery.util.lazy_pattern import LazyPattern
from cannery.workspace import Settings

# What a folder of a web site may be called on any host, and what hides nothing.
_ID = LazyPattern(r"articles(?:/(?!\.)[^/\\<>\"\x00-\x1f\x7f]{1,100})+")
# An address of a site that was elsewhere, without what is decoded already.
_ADDRESS = LazyPattern(r"(?:/(?!\.)[^/\\<>\"?#%\x00-\x1f\x7f]{1,100}){1,30}/?")
_FILE = (".html", ".htm")
_OWN = frozenset(
    ("articles", "macros", "assets", "tags", "changes", "changes.xml", "index.html", "404.html",
     "search", "sitemap.xml", "sitemap.xml.gz")
)  # fmt: skip


class Former(NamedTuple):
    """The earlier ids of one article, and its earlier addresses: `/docs/refund/`."""

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
        for old in dict.fromkeys(_ids(at, ids, settings)):
            before = _place(old) if _is_address(old) else site_path(at._replace(id=old), settings)
            if reason := _reason(old, at, living) or _taken(old, owners.get(before)):
                faults.append(RedirectFault(at.path, old, *reason))
            else:
                owners[before] = at
                addresses[before] = site_path(at, settings)
    return Redirects(addresses, tuple(faults))


def _ids(at: Location, formers: Iterable[str], settings: Settings) -> Iterator[str]:
    """The former ids and addresses that a redirect may be made for.

    A macro is on no site, and never was. Where the site has a page of its own, or this one, nobody
    is lost.
    """
    languages = (*settings.languages, settings.default_language)
    own = {"", *_OWN, *(name.lower() for name in languages)}
    for former in formers:
        old = _as_id(former)
        is_there = _is_address(old) and old.strip("/").partition("/")[0].lower() in own
        is_itself = _is_address(former) and old == at.id
        if not (is_there or is_itself or old.startswith("macros/")):
            yield old


def _is_address(former: str) -> bool:
    return former.startswith("/")


def _as_id(former: str) -> str:
    """A former address of our own kind as its id; any other one, and an id, as it is."""
    path = former.strip("/").removesuffix("/index.html").removesuffix(".html")
    return path if _is_address(former) and path.startswith("articles/") else former


def _place(address: str) -> str:
    """An address as it follows the site's: with a `/` at its end, unless it is that of a file."""
    path = quote(unquote(address).strip("/").removesuffix("/index.html"))
    return path if path.endswith(_FILE) else f"{path}/"


def _reason(old: str, at: Location, living: AbstractSet[str]) -> tuple[str, str] | None:
    """Why an earlier id can't be one, and what to do; None if it can."""
    named = f"redirect_from: {old!r:.60}"
    if _is_address(old):
        is_sound = _ADDRESS.fullmatch(unquote(old)) and ".." not in unquote(old)
        hint = "Example: /docs/refund/."
        return None if is_sound else (f"{named} is not a valid address", hint)
    if not _ID.fullmatch(old) or ".." in old:
        return f"{named} is not a valid article id", "Example: articles/billing/refund."
    if old == at.id:
        return f"{named} is the entry itself", "Remove it."
    if old in living:
        return (
            f"{named} is still there, so nothing leads from it here",
            "Remove it, or retire that.",
        )
    return None


def _taken(old: str, owner: Location | None) -> tuple[str, str] | None:
    if owner is None:
        return None
    message = f"redirect_from: {old!r:.60} leads to {owner.id:.100} already"
    return message, "Remove one of the two."


def with_folders(ids: Iterable[str]) -> frozenset[str]:
    """The ids, and the folders that hold them."""
    return frozenset(name for id_ in ids for name in (id_, *_above(id_)))


def _above(id_: str) -> Iterator[str]:
    while "/" in id_:
        id_ = id_.rpartition("/")[0]
        yield id_
