"""Who may see an entry, and where a link or an `article_url` leads for them: decided here alone.

A reader is named by an audience: `public` is a customer, on the public site or with a reply in the
mailbox; `internal` is the team, on its own site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cannery.content import frontmatter
from cannery.content.layout import stand_ins
from cannery.content.mapped_keys import Mapped, as_ours
from cannery.content.split import split
from cannery.content.values import flag_of
from cannery.model.entry import Article, Audience, Entry, Fault
from cannery.model.front_matter import FrontMatter
from cannery.model.location import Kind, Location, Severity, Status
from cannery.settings import Settings
from cannery.util.text import composed, fold

# Keys that say who may see a page, here and where pages may have come from.
_DECIDING = (
    "audience", "status", "draft", "published", "private", "visibility", "internal", "hidden",
    "unlisted",
)  # fmt: skip
_FLAGS = frozenset(("private", "internal", "hidden", "unlisted"))  # false: they hide nothing
_HIDING = frozenset(
    ("internal", "private", "staff", "team", "employee", "employees", "agents", "restricted",
     "confidential", "secret", "draft", "hidden", "unlisted", "retired", "archived", "wip")
)  # fmt: skip
_LONGEST = 40  # letters of a key: longer ones are like none of these
_NEAR = 0.8  # of a key's letters: a slip of the keyboard


class Visibility(NamedTuple):
    """What an entry's front matter says of who may see it."""

    status: Status
    audience: Audience


class Hidden(StrEnum):
    """Why a reader can't see an entry."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    MACRO = "macro"
    INTERNAL = "internal"
    DRAFT = "draft"
    RETIRED = "retired"


class Reference(NamedTuple):
    """A link, or an `article_url`, in a text of this language.

    `path` is the file that a link names, from the root; empty for an `article_url`, which names an
    entry by its id. `others` are what the link means where there is no such file: what is not
    translated is among the originals.
    """

    language: str
    path: str = ""
    others: tuple[str, ...] = ()


def link_to(path: str, language: str, settings: Settings) -> Reference:
    """A link to a file in a text of this language."""
    return Reference(language, path, tuple(stand_ins(path, settings)))


class Lead(NamedTuple):
    """The file that a reference leads to, and why the reader can't see it; None if they can."""

    at: Location | None
    hidden: Hidden | None


class Files(NamedTuple):
    """The files of one entry, by path; `visibility` reads one, or is None if that can't be done."""

    files: Sequence[Location]
    visibility: Callable[[Location], Visibility | None]


def _unreadable(_: Location) -> Visibility | None:
    return None


NO_FILES = Files((), _unreadable)


def visibility_of(entry: Entry) -> Visibility:
    return Visibility(entry.header.status, entry.header.audience)


def followed(own: Visibility, original: Visibility, left_open: Iterable[str]) -> Visibility:
    """What a translation comes to that leaves some of it open: no more than its original shows.

    Who hides an original has hidden all of it, and sees only the one file.
    """
    if "audience" in left_open and original.audience is Audience.INTERNAL:
        own = own._replace(audience=Audience.INTERNAL)
    if "status" in left_open and original.status is not Status.PUBLISHED:
        own = own._replace(status=original.status)
    return own


def leaves_audience_open(front: Article, text: str, keys: FrontMatter) -> bool:
    """Whether a front page, with this text, certainly says nothing of who may see it: all may."""
    mapped = as_ours(frontmatter.parse(split(text).header), keys)
    return is_audience_open(mapped, front.faults)


def is_audience_open(mapped: Mapped, faults: Iterable[Fault]) -> bool:
    """Whether a front matter certainly says nothing of who may see the entry."""
    is_wrong = any(fault.severity is Severity.ERROR for fault in faults)
    return not is_wrong and not deciding_key(mapped)


def deciding_key(mapped: Mapped) -> str:
    """The key that says who may see an entry, or may be meant to; empty if there is none.

    One of the team's own is no slip of the keyboard, and says something else unless it says so.
    """
    for name, value in mapped.data.items():
        is_flat = name == "status" or (name in _FLAGS and flag_of(value) is False)
        if not is_flat and may_decide(name):
            return name
    own = ((name, value) for name, value in mapped.own.items() if name.lower() in _DECIDING)
    return next((name for name, value in own if _hides(value)), "")


@lru_cache(maxsize=1000)  # the same keys stand in every file
def may_decide(name: str) -> bool:
    """Whether a key says who may see a page, or may be meant to."""
    return bool(get_close_matches(name.strip().lower()[:_LONGEST], _DECIDING, 1, _NEAR))


def _hides(value: object) -> bool:
    """Whether a value may mean that not all are to see a page."""
    if isinstance(value, list):
        return any(map(_hides, value))
    if isinstance(value, str) and flag_of(value) is None:
        return not _HIDING.isdisjoint(fold(value).replace("-", " ").split())
    return value is not None and flag_of(value) is not False


def why_hidden(at: Location, visibility: Visibility | None, reader: Audience) -> Hidden | None:
    """Why a reader can't see a file; None if they can."""
    if visibility is None:
        return Hidden.UNREADABLE
    if reader is Audience.PUBLIC and at.kind is not Kind.ARTICLE:
        return Hidden.MACRO
    if reader is Audience.PUBLIC and visibility.audience is not Audience.PUBLIC:
        return Hidden.INTERNAL
    statuses = {Status.DRAFT: Hidden.DRAFT, Status.RETIRED: Hidden.RETIRED}
    return statuses.get(visibility.status)


def follow(reference: Reference, entry: Files, reader: Audience, default_language: str) -> Lead:
    """Where a reference leads for a reader. `entry` has the files of the entry that it names.

    A link leads to the file that it names, where the reader may see it; then the variant in the
    text's language is better still, if there is one for them. An `article_url` leads to the variant
    in the text's language, else to that in the default language, else to any: hidden or not, since
    no other may tell the same. It is for customers, whoever reads the macro.
    """
    by_language = {at.language: at for at in entry.files}
    own = by_language.get(reference.language)
    if reference.path:
        by_path = {composed(at.path): at for at in entry.files}
        paths = (composed(path) for path in (reference.path, *reference.others))
        named = next((by_path[path] for path in paths if path in by_path), None)
        if named is None:
            return Lead(None, Hidden.MISSING)
        hidden = why_hidden(named, entry.visibility(named), reader)
        if hidden or own is None or why_hidden(own, entry.visibility(own), reader):
            return Lead(named, hidden)
        return Lead(own, None)
    chosen = own or by_language.get(default_language) or next(iter(by_language.values()), None)
    if chosen is None:
        return Lead(None, Hidden.MISSING)
    return Lead(chosen, why_hidden(chosen, entry.visibility(chosen), Audience.PUBLIC))


class Address(NamedTuple):
    """What the name that an `article_url` is given comes to.

    `lead` is None unless the name is that of exactly one article. `refusal` says why there is no
    address, and is empty if there is one.
    """

    lead: Lead | None
    refusal: str


def address_of(
    name: str, ids: Iterable[str], lead_of: Callable[[str], Lead], site_url: str
) -> Address:
    """Resolve a name among the ids of articles; `lead_of` follows an id."""
    named = ids_named(name, ids)
    lead = lead_of(named[0]) if len(named) == 1 else None
    reason = refusal(name, named, lead)
    return Address(lead, reason if reason or site_url else "site_url is not set in kb.toml")


def ids_named(name: str, ids: Iterable[str]) -> list[str]:
    """The ids of articles that an `article_url`'s name stands for: itself, or all that end so."""
    wanted = composed(name.strip().strip("/"))
    matching = [id_ for id_ in ids if id_ == wanted or id_.endswith(f"/{wanted}")] if wanted else []
    return [wanted] if wanted in matching else matching


def refusal(name: str, ids: list[str], lead: Lead | None) -> str:
    """Why the name of an `article_url` has no address, in words; empty if it has one.

    `ids` are those of `ids_named`, and `lead` is where the only one leads.
    """
    if len(ids) > 1:
        return f"{name:.100} matches several articles: {', '.join(ids[:5])}"
    if not ids or lead is None or lead.hidden is Hidden.MISSING:
        return f"no article named {name:.100}"
    if lead.hidden is Hidden.UNREADABLE:
        return f"{name:.100} can't be read"
    if lead.hidden in (Hidden.DRAFT, Hidden.RETIRED):
        return f"{name:.100} is {lead.hidden}, not published"
    return f"{name:.100} is internal, so customers can't open it" if lead.hidden else ""
