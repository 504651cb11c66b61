"""The addresses that pages have on the site that they come from, and what a link leads to there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from cannery.adopt.convert.header import read_page
from cannery.adopt.convert.notes import Notes
from cannery.adopt.kind import SourcePage
from cannery.adopt.layouts import LANGUAGE, page_paths
from cannery.adopt.tree import SourceTree
from cannery.content.files import ENDINGS
from cannery.errors import ContentError
from cannery.model.adoption import SourceLayout

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
_INDEX = frozenset(("index", "_index", "readme"))
_NUMBER = re.compile(r"^\d{1,4}\s*[-_.]+\s*(?=\S)")
_DATED = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})-")
_KEYS = re.compile(r"^(?:slug|permalink|url|id)[ \t]*[:=]", re.MULTILINE)
_ENDS = (".html", ".htm", ".mdx", ".md", "/index")
_SAFE = "/().,!'~@&=+$-_"
_MAX_HEAD = 5_000  # characters, in which a page says what it is called


class Habit(NamedTuple):
    """How a tool makes addresses of paths.

    `prefix` comes before the path below a folder of pages; `pictures` are the folders whose files
    are at the top of the site.
    """

    prefix: str = ""
    pictures: tuple[str, ...] = ()
    numbers: bool = False  # that begin a name count for its order alone
    dates: bool = False  # that begin a name are folders of its address
    small: bool = False  # letters
    languages: bool = True  # a language's folder is part of the address
    default: bool = False  # so is that of the default language, where it is in one


@dataclass(frozen=True)
class Addresses:
    """The pages of a source by their addresses; `base` is the folder of the tool's settings."""

    tree: SourceTree
    layout: SourceLayout
    habit: Habit
    base: str = ""

    @cached_property
    def own(self) -> Mapping[str, str]:
        """The address of each page: `/docs/install/`."""
        return {path: self._address(path) for path in page_paths(self.tree, self.layout)}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The paths by addresses, in small letters and without ends such as `.html`."""
        found: dict[str, str] = {}
        for path, address in self.own.items():
            found.setdefault(_key(address), path)
        for path in self.own:
            for other in self._others(path):
                found.setdefault(_key(other), path)
        return found

    def resolve(self, page: str, written: str) -> str:
        """What an address in a page leads to, as the page names it: a file of the source.

        As it is written where it is none's, or leads out of the source.
        """
        if written.startswith(("#", "?", "{", "//")) or not written.strip():
            return written
        bare, anchor = _cut(written)
        if _SCHEME.match(written):
            bare = self._on_site(bare)
            path = self._by_address(bare) if bare else ""
        elif bare.startswith("/"):
            path = self._by_address(unquote(bare)) or self._below_top(unquote(bare))
        else:
            path = self._by_file(page, unquote(bare))
        if not path or path == "=":
            return written
        return f"{quote(relpath(path, dirname(page) or '.'), safe=_SAFE)}{anchor}"

    def page_at(self, address: str) -> str:
        """The page that has an address as its own, or nothing."""
        return self.pages.get(_key(address), "")

    def _on_site(self, address: str) -> str:
        """The path of an address on the site itself; empty for any other."""
        site, there = urlsplit(self.layout.site_url), _split(address)
        if not site.netloc or there is None or there.netloc.lower() != site.netloc.lower():
            return ""
        return unquote(there.path.removeprefix(site.path.rstrip("/"))) or "/"

    def _by_address(self, path: str) -> str:
        return self._by_language(path) or self._picture(path)

    def _by_language(self, path: str) -> str:
        """The page at an address; the one in the default language where there is no other."""
        _, language, rest = f"{path}//".split("/", 2)
        found = self.pages.get(_key(path), "")
        return found or (
            self.pages.get(_key(rest), "") if language in self.layout.languages else ""
        )

    def _picture(self, path: str) -> str:
        places = (join(self.base, folder, path.lstrip("/")) for folder in self.habit.pictures)
        return next((place for place in map(normpath, places) if place in self.tree.names), "")

    def _below_top(self, path: str) -> str:
        place = normpath(join(self.base, path.lstrip("/") or "."))
        return place if place in self.tree.names else ""

    def _by_file(self, page: str, bare: str) -> str:
        """`=` for one that is named as it should be."""
        if bare.startswith("@site/"):
            return self._below_top(bare.removeprefix("@site"))
        place = normpath(join(dirname(page), bare))
        if place in self.tree.names:
            return "="
        if found := next((way for way in _spellings(place) if way in self.tree.names), ""):
            return found
        address = self.own.get(page, "")
        for around in (address, dirname(address.rstrip("/"))):
            if address and (found := self._by_language(normpath(join(around, bare)))):
                return found
        return ""

    def _address(self, path: str) -> str:
        language, rest = self.place(path)
        said = self._said(path)
        pieces = [self._piece(piece) for piece in rest.split("/")]
        *folders, name = pieces
        stem = name.partition(".")[0] if self._is_language_suffix(name) else name.rpartition(".")[0]
        name = said.get("id") or stem
        if slug := said.get("permalink") or said.get("url") or said.get("slug"):
            if slug.startswith("/"):
                return self._whole(path, language, [slug.strip("/")], absolute="slug" not in said)
            name = slug
        dated = _DATED.match(name) if self.habit.dates else None
        if dated:
            folders = [*(one for one in folders if not one.startswith("_")), *dated.groups()]
            name = name[dated.end() :]
        is_index = name.lower() in _INDEX and "slug" not in said
        return self._whole(path, language, folders if is_index else [*folders, name])

    def _whole(
        self, path: str, language: str, pieces: Iterable[str], *, absolute: bool = False
    ) -> str:
        is_folder = self.habit.default and language != "" and f"/{language}/" in f"/{path}"
        is_shown = language not in {"", self.layout.default_language} or is_folder
        before = [language] if is_shown and self.habit.languages and not absolute else []
        prefix = [] if absolute else [self.habit.prefix]
        whole = "/".join(piece for piece in (*before, *prefix, *pieces) if piece)
        whole = whole.lower() if self.habit.small else whole
        end = "" if whole.endswith((".html", ".htm")) or not whole else "/"
        return f"/{whole}{end}"

    def _others(self, path: str) -> Iterator[str]:
        """Further addresses that a link may use: with the default language, without a prefix."""
        address = self.own[path]
        if self.habit.prefix:
            yield address.replace(f"/{self.habit.prefix}/", "/", 1)
        language = self.place(path)[0]
        if language == self.layout.default_language:
            yield f"/{language}{address}"
            yield address.removeprefix(f"/{language}")
        yield f"/{path.rpartition('.')[0]}"

    def _piece(self, piece: str) -> str:
        return _NUMBER.sub("", piece) if self.habit.numbers else piece

    def _is_language_suffix(self, name: str) -> bool:
        return name.rpartition(".")[0].rpartition(".")[2] in self.layout.languages

    def place(self, path: str) -> tuple[str, str]:
        """The language of a page, and its path below the folder that it is in."""
        for folder in sorted(self.layout.articles, key=len, reverse=True):
            before, mark, after = folder.partition(LANGUAGE)
            if not mark and (folder in {".", ""} or path.startswith(f"{folder}/")):
                rest = path if folder in {".", ""} else path.removeprefix(f"{folder}/")
                return self._language_of(rest), rest
            if mark and path.startswith(before):
                language, _, rest = path.removeprefix(before).partition("/")
                inside = f"{after.strip('/')}/" if after.strip("/") else ""
                if language in self.layout.languages and rest.startswith(inside):
                    return language, rest.removeprefix(inside)
        return self._language_of(path), path

    def _language_of(self, rest: str) -> str:
        suffix = rest.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]
        return suffix if suffix in self.layout.languages else self.layout.default_language

    def _said(self, path: str) -> dict[str, str]:
        """What a page itself says of its address."""
        try:
            text = self.tree.text(path)
        except ContentError:
            return {}
        if not _KEYS.search(text, 0, _MAX_HEAD):
            return {}
        data = read_page(text, Notes(SourcePage(path, text, self.tree))).values
        keys = ("slug", "permalink", "url", "id")
        return {
            key: value for key in keys if isinstance(value := data.get(key), str) and value.strip()
        }


def _cut(written: str) -> tuple[str, str]:
    """An address without its anchor and its question, and these."""
    at = next((index for index, char in enumerate(written) if char in "#?"), len(written))
    return written[:at], written[at:]


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _spellings(place: str) -> Iterator[str]:
    """The files that a link without a file's ending may mean."""
    stem = place.removesuffix(".html").removesuffix(".htm")
    for ending in ENDINGS:
        yield f"{stem}{ending}"
        bare = next((stem.removesuffix(end) for end in ENDINGS if stem.endswith(end)), "")
        yield f"{bare}{ending}" if bare else f"{stem}/index{ending}"
    for name in ("_index.md", "README.md", "readme.md"):
        yield f"{stem}/{name}"


def _key(address: str) -> str:
    bare = f"/{address.strip().lower().strip('/')}".rstrip("/")
    for end in _ENDS:
        bare = bare.removesuffix(end)
    return bare or "/"
