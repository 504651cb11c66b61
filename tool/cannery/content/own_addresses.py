"""Links to pages of the knowledge base's own site by their address, not by their file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from cannery.content.links import SECTION_PAGES, targets
from cannery.content.markdown import parse
from cannery.util.text import composed
from cannery.workspace import Settings

_FROM_ROOT = re.compile(r"\](?:\(|:)\s*<?/")
_FOLDERS = ("articles/", "macros/")
_PAGES = ("/index.html", "/index.md", ".html", ".md")  # how a host may name a page's file
_USUAL_PORTS = (80, 443)


class OwnPage(NamedTuple):
    """What an address of the own site names: a language's page of the first of the `ids`."""

    language: str
    ids: tuple[str, ...]


def own_addresses(text: str, settings: Settings) -> Iterator[tuple[str, int]]:
    """The addresses of own pages that a text leads to, each with its 1-based line."""
    host = _host_of(settings)
    if not (_FROM_ROOT.search(text) or (host and host in text.lower())):
        return
    for written, line, _ in targets(parse(text)):
        if own_page(written, settings):
            yield written, line


def own_page(written: str, settings: Settings) -> OwnPage | None:
    """The page that an address names, whether there is one or not; None if it is not our site's."""
    try:
        path = _path_below(urlsplit(written), urlsplit(settings.site_url))
    except ValueError:  # no address at all
        return None
    for ending in _PAGES:
        if path.endswith(ending):
            path = path.removesuffix(ending)
            break
    first, _, rest = path.partition("/")
    language, id_ = (first, rest) if first in settings.languages else ("", path)
    if not id_.startswith(_FOLDERS):
        return None
    ids = (id_, *(f"{id_}/{name}" for name in SECTION_PAGES))
    return OwnPage(language or settings.default_language, ids)


def _path_below(url: SplitResult, site: SplitResult) -> str:
    """The path below the site's address; empty for what is elsewhere. Raises ValueError.

    From the root of the host, some leave out the site's own folder.
    """
    if url.netloc:
        is_web = url.scheme in ("", "http", "https")
        if not is_web or (url.hostname, _port(url)) != (site.hostname, _port(site)):
            return ""
    elif url.scheme or not url.path.startswith("/"):
        return ""
    path = posixpath.normpath(unquote(url.path)).lstrip("/")
    folder = unquote(site.path).strip("/")
    if folder and url.netloc and not path.startswith(f"{folder}/"):
        return ""
    return composed(path.removeprefix(f"{folder}/") if folder else path)


def _port(url: SplitResult) -> int | None:
    return None if url.port in _USUAL_PORTS else url.port


def _host_of(settings: Settings) -> str:
    try:
        return urlsplit(settings.site_url).hostname or ""
    except ValueError:
        return ""
