"""A site as it can be read from a disk, without a server: what differs from a published one.

A browser that reads a folder shows no `index.html` by itself, and lets a page fetch nothing: links
name their pages' files, and the search's files are scripts that hand over their bytes.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode

from cannery.site.tree import SEARCH

# Attributes may hold `>`: what stands between quotes is taken as a whole. No `<` stands in a tag of
# ours, so that a tag without an end is left at the next one.
_TAG = re.compile(r"<(?:a|area|link|meta)\b(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>", re.IGNORECASE)
_LINK = re.compile(r"(\shref=\")([^\"#?]*)")
_REDIRECT = re.compile(r"(\burl=)([^\"#?]*)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_MOVES, _GUARDS = '<meta http-equiv="refresh"', '<meta http-equiv="Content-Security-Policy"'
_SELF = re.compile("(?:'|&#39;)self(?:'|&#39;)")
_PAGE, _INDEX = ".html", "index.html"


def offline_file(name: str, data: bytes) -> tuple[str, bytes]:
    """A file of a site, by its path, as one that is read from a disk: its path and bytes."""
    if name.endswith(_PAGE):
        return name, offline_page(data.decode()).encode()
    if name.startswith(f"{SEARCH}/"):
        return f"{name}.js", _script(name.removeprefix(f"{SEARCH}/"), data)
    return name, data


def offline_page(html: str) -> str:
    """A page whose links name the files of pages, and whose policy knows a disk."""
    return _TAG.sub(lambda tag: _tag(tag[0]), html)


def _tag(tag: str) -> str:
    if tag.startswith(_GUARDS):
        return _SELF.sub(r"\g<0> file:", tag)  # some take no file for the same site
    return (_REDIRECT if tag.startswith(_MOVES) else _LINK).sub(_named, tag)


def _named(link: re.Match[str]) -> str:
    before, address = link.groups()
    if not address or address.startswith("/") or _SCHEME.match(address):
        return link[0]
    if address.endswith("/"):
        return f"{before}{address}{_INDEX}"
    if address.rpartition("/")[2] in (".", ".."):
        return f"{before}{address}/{_INDEX}"
    return link[0]


def _script(name: str, data: bytes) -> bytes:
    """A script that hands over a file of the search: see web/search_files.js."""
    said = f"[{json.dumps(name)}]={json.dumps(b64encode(data).decode())}"
    return f"(globalThis.kbFiles ??= {{}}){said};\n".encode()
