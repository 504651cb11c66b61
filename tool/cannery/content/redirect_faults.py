"""Why an earlier id of an entry can't lead to it: the check and the site ask here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.content.links import site_path
from cannery.model.location import Kind, Location, Severity
from cannery.util.lazy_pattern import LazyPattern
from cannery.workspace import Settings

# What a folder of a web site may be called on any host, and what hides nothing.
_ID = LazyPattern(r"(?:articles|macros)(?:/(?!\.)[^/\\<>\"\x00-\x1f\x7f]{1,100})+")
# An address of a site that was elsewhere, without what is decoded already.
_ADDRESS = LazyPattern(r"(?:/(?!\.)[^/\\<>\"?#%\x00-\x1f\x7f]{1,100}){1,30}/?")
_FILE = (".html", ".htm")
_MACROS = "macros/"
_FOLDERS = ("articles/", _MACROS)
_OWN = frozenset(
    ("", "articles", "macros", "assets", "tags", "changes", "changes.xml", "index.html", "404.html",
     "search", "sitemap.xml", "sitemap.xml.gz")
)  # fmt: skip


class Former(NamedTuple):
    """The earlier ids of one entry, and its earlier addresses: `/docs/refund/`."""

    at: Location
    ids: Iterable[str]


class RedirectFault(NamedTuple):
    """An earlier id of the file at `path` to which no redirect can be made; what to do about it."""

    path: str
    former: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Redirects:
    """Each former address, below the site's, with the present one; and what can't be one."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[RedirectFault, ...] = ()


def redirects_of(
    entries: Iterable[Former], living: AbstractSet[str], settings: Settings
) -> Redirects:
    """The redirects of a site with these entries, in order.

    `living` are the ids of all entries that are not retired, whoever may see them, and of the
    folders that hold one: nothing leads away from where a page is, or will be.
    """
    addresses: dict[str, str] = {}
    owners: dict[str, Location] = {}
    faults: list[RedirectFault] = []
    for at, ids in entries:
        for old in dict.fromkeys(_others(at, ids)):
            before = _before(old, at, settings)
            if before is None:
                continue
            if reason := _reason(old, at, living):
                faults.append(RedirectFault(at.path, old, *reason))
            elif owner := owners.get(before):
                faults.append(_taken(at, old, owner))
            else:
                owners[before] = at
                addresses[before] = site_path(at, settings)
    return Redirects(addresses, tuple(faults))


def _before(old: str, at: Location, settings: Settings) -> str | None:
    """The former place on the site; None where no redirect is needed.

    What is an article now and was a macro has the macro's address nowhere: it was on an internal
    site alone. Where the site has a page of its own, nobody is lost.
    """
    if old.startswith(_MACROS) and at.kind is Kind.ARTICLE:
        return None
    if not _is_address(old):
        return site_path(at._replace(id=old), settings)
    language, path = _without_language(old, at, settings)
    first = path.partition("/")[0].lower()
    languages = {name.lower() for name in (*settings.languages, settings.default_language)}
    if first in _OWN or first in languages:
        return None
    place = quote(f"{language}/{path}" if language else path)
    return place if place.endswith(_FILE) else f"{place}/"


def _without_language(address: str, at: Location, settings: Settings) -> tuple[str, str]:
    """The folder of a language, empty for none, and the rest of an address.

    One without is of the file's own language, whose pages are in its folder.
    """
    path = unquote(address).strip("/").removesuffix("/index.html")
    first, _, rest = path.partition("/")
    if first in settings.languages:
        return first, rest
    return "" if at.language == settings.default_language else at.language, path


def _is_address(former: str) -> bool:
    return former.startswith("/")


def _others(at: Location, formers: Iterable[str]) -> Iterator[str]:
    """The former ids and addresses of a file, without the address that it has."""
    for former in formers:
        old = _as_id(former)
        if old != at.id or not _is_address(former):
            yield old


def _as_id(former: str) -> str:
    """A former address of our own kind as its id; any other one, and an id, as it is."""
    path = former.strip("/").removesuffix("/index.html").removesuffix(".html")
    return path if _is_address(former) and path.startswith(_FOLDERS) else former


def _reason(old: str, at: Location, living: AbstractSet[str]) -> tuple[str, str] | None:
    """Why an earlier id can't be one, and what to do; None if it can."""
    named = f"redirect_from: {old!r:.60}"
    if _is_address(old):
        is_sound = _ADDRESS.fullmatch(unquote(old)) and ".." not in unquote(old)
        hint = "Example: /docs/refund/."
        return None if is_sound else (f"{named} is not a valid address", hint)
    if not _ID.fullmatch(old) or ".." in old:
        return f"{named} is not a valid id", f"Example: {at.kind.value}s/billing/refund."
    if old == at.id:
        return f"{named} is the entry itself", "Remove it."
    if old in living:
        return (
            f"{named} is still there, so nothing leads from it here",
            "Remove it, or retire that.",
        )
    return None


def _taken(at: Location, old: str, owner: Location) -> RedirectFault:
    """Two files were at one place. Of an address, the first has it: there may be many of them."""
    message = f"redirect_from: {old!r:.60} leads to {owner.id:.100} already"
    severity = Severity.WARNING if _is_address(old) else Severity.ERROR
    return RedirectFault(at.path, old, message, "Remove one of the two.", severity)


def with_folders(ids: Iterable[str]) -> frozenset[str]:
    """The ids, and the folders that hold them."""
    return frozenset(name for id_ in ids for name in (id_, *_above(id_)))


def _above(id_: str) -> Iterator[str]:
    while "/" in id_:
        id_ = id_.rpartition("/")[0]
        yield id_
