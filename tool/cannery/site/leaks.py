"""What came out, looked through: words that only hidden entries have must stand nowhere in it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from html import unescape
from pathlib import Path
from typing import NamedTuple

from cannery.model import Entry, Macro
from cannery.site.plan import Site
from cannery.site.texts import texts

# Long enough that no two texts share one by chance; of Japanese, runs of kanji or of katakana.
_WORD = re.compile(r"[A-Za-z0-9]{6,}|[\u4e00-\u9fff]{4,}|[\u30a1-\u30fc]{5,}")
_PAGES = (".html", ".xml", ".json", ".bin", ".js", ".txt", ".gz")
_MARKUP = re.compile(r"<(?:style|svg)\b.*?</(?:style|svg)>|<[^>]*>", re.DOTALL)
_TOLD = re.compile(r"\s(?:href|src|title|alt|content|value|datetime)=\"([^\"]*)\"")
_THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/kb/", "assets/images/")
_MANY = 20


class Leak(NamedTuple):
    """A hidden entry's word in a file of the site."""

    file: str
    word: str
    entry: str


def leaks(
    site: Site, folder: Path, templates: Iterable[str], known: AbstractSet[str] = frozenset()
) -> list[Leak]:
    """Where words that only hidden entries have stand in a built site; the first of them.

    `known` are files that were looked through before, and have not changed. `templates` are the
    folders of the theme: what its pages say is nobody's secret.
    """
    if not site.hidden and not site.hidden_parts:
        return []
    public = " ".join(_public(site)).lower()
    secret = _secret_words(site, _words(public))
    if not secret:
        return []
    pages = (path for place in templates for path in Path(place).rglob("*.html"))
    common = {word for path in pages for word in _words(path.read_text("utf-8", "replace"))}
    secret = {word: entry for word, entry in secret.items() if word not in common}
    found: list[Leak] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in known or name.startswith(_THEME) or not path.is_file():
            continue
        text = _text(path, path.read_bytes()) if path.suffix in _PAGES else ""
        words = _words(f"{name} {text}") & secret.keys()
        # A part of a public word is no secret: the index of the search has words in parts.
        found += [Leak(name, word, secret[word]) for word in words if word not in public]
        if len(found) > _MANY:
            break
    return found[:_MANY]


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _secret_words(site: Site, shown: set[str]) -> dict[str, str]:
    """The words of hidden entries and parts that nothing shown has, each with an entry's path."""
    found: dict[str, str] = {}
    for entry in site.hidden:
        found |= dict.fromkeys(_words(" ".join(_said(entry))), entry.at.path)
    for part in site.hidden_parts:
        found |= dict.fromkeys(_words(f"{part.at.id} {part.body}"), part.at.path)
    return {word: path for word, path in found.items() if word not in shown}


def _public(site: Site) -> Iterator[str]:
    for entry in site.entries:
        yield from _said(entry)
        lineage = site.lineages.get(entry.at.path)
        yield " ".join(lineage.people if lineage else ())
    for path in sorted(site.workspace.content.glob("index*")):
        yield path.read_text("utf-8", "replace")
    yield json.dumps(texts(), ensure_ascii=False)
    yield from (site.settings.name, site.settings.site_url, *site.host)


def _said(entry: Entry) -> Iterator[str]:
    header = entry.header
    yield from (entry.at.id, header.title, header.summary, header.owner, entry.body)
    yield from (*header.tags, *header.keywords, *header.redirect_from)
    if isinstance(entry, Macro):
        yield from (entry.subject, entry.shortcut, str(dict(entry.actions)))
        for item in entry.fields:
            yield from (item.name, item.label, item.help, item.default or "", item.pattern)


def _text(path: Path, raw: bytes) -> str:
    """What a file says: of a page, its text and what its attributes say."""
    if path.suffix == ".gz":
        return _text(path.with_suffix(""), gzip.decompress(raw))
    text = raw.decode("utf-8", "replace")
    if path.suffix in (".html", ".xml"):
        told = " ".join(_TOLD.findall(text))
        return unescape(f"{_MARKUP.sub(' ', text)} {told}")
    return text


def told(found: Iterable[Leak]) -> str:
    """The leaks in words, one a line."""
    return "\n".join(
        f"{leak.file} has {leak.word!r}, which only {leak.entry} has" for leak in found
    )
