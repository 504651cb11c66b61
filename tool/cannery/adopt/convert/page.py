"""A whole page of another tool -> a file of ours: its front matter, its text, its old addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname
from typing import Any

from cannery.adopt.convert.addresses import Addresses
from cannery.adopt.convert.dialect import Dialect, convert_text
from cannery.adopt.convert.header import Values, listed, our_keys, read_page, write_page
from cannery.adopt.convert.heading_ids import with_heading_ids
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.variables import texts_in
from cannery.adopt.kind import Converted, SourcePage

_HEADING = re.compile(r"^ {0,3}# {1,99}+\S|^[^\n]++\n={1,200}+[ \t]*+$", re.MULTILINE)
_SOUND = re.compile(r"(?:/(?!\.)[^/\\<>\"?#%\x00-\x1f\x7f]{1,100}){1,30}/?")
_TITLES = ("sidebar_label", "linkTitle", "nav_title", "pagination_label", "shortTitle")
_ORDER = re.compile(r"^\d{1,4}-\d{1,2}-\d{1,2}-|^\d{1,4}[-_.]+(?=\D)")
_FORMER = ("redirect_from", "aliases", "redirects")


@dataclass(frozen=True)
class Site:
    """What is the same for all pages of a source.

    `variables` are the values that its settings give to names; those of a page's front matter get
    `prefix` before theirs. `words` are keys with names that it is searched by, `formers` are the keys that list addresses a page once had.
    """

    addresses: Addresses | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    formers: tuple[str, ...] = _FORMER
    words: tuple[str, ...] = ()


def convert_page(
    page: SourcePage, dialect: Dialect, site: Site, names: Mapping[str, str] = {}
) -> Converted:
    """The page in our Markdown; `names` are those that only this page gives values."""
    resolve = site.addresses.resolve if site.addresses else _unchanged
    notes = Notes(page, variables={**site.variables, **names}, resolve=resolve)
    read = read_page(page.text, notes)
    notes.variables |= {f"{site.prefix}{key}": text for key, text in texts_in(dict(read.values))}
    body = with_heading_ids(convert_text(read.body, dialect, notes, read.line))
    updates = {**our_keys(read.values), **_addresses(page, read.values, site)}
    updates |= _words(read.values, site)
    if not read.values.get("title") and not _HEADING.search(body):
        updates["title"] = _title(page.path, read.values)
    text = write_page(read, body, updates, notes)
    return Converted(text, tuple(sorted(notes.losses, key=lambda loss: (loss.path, loss.line))))


def _unchanged(page: str, written: str) -> str:
    return written


def _addresses(page: SourcePage, values: Values, site: Site) -> dict[str, Any]:
    """The key `redirect_from`: what the page says of itself, and where it was."""
    if site.addresses is None:
        return {}
    formers = [former for key in site.formers for former in listed(values.get(key))]
    own = site.addresses.own.get(page.path, "")
    all_ = [_absolute(former, own) for former in formers] + [own]
    kept = [one for one in dict.fromkeys(all_) if _SOUND.fullmatch(one) and ".." not in one]
    kept = [one for one in kept if site.addresses.page_at(one) in {"", page.path}]
    gone = {key: None for key in site.formers if key in values and key != "redirect_from"}
    return {**gone, "redirect_from": kept} if kept else gone


def _words(values: Values, site: Site) -> dict[str, Any]:
    """The key `keywords`: the other names of a note."""
    names = [name for key in site.words for name in listed(values.get(key))]
    if not names:
        return {}
    keywords = [*dict.fromkeys([*listed(values.get("keywords")), *names])]
    return {**{key: None for key in site.words if key in values}, "keywords": keywords}


def _absolute(former: str, own: str) -> str:
    """An address as it is from the top: Hugo's may be named from beside the page."""
    if former.startswith(("/", "articles/")) or ":" in former:
        return former
    return f"{dirname(own.rstrip('/')).rstrip('/')}/{former}"


def _title(path: str, values: Values) -> str:
    """A title for a page that has none, and no heading: what a menu calls it, or its file's name."""
    said = next((values[key] for key in _TITLES if isinstance(values.get(key), str)), "")
    if said.strip():
        return str(said).strip()
    name = basename(path).partition(".")[0]
    if name.lower() in {"index", "_index", "readme"} and dirname(path):
        name = basename(dirname(path))
    words = _ORDER.sub("", name).replace("-", " ").replace("_", " ").strip() or name
    return f"{words[:1].upper()}{words[1:]}"
