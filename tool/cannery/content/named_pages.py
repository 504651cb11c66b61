"""Links that name a page as its address does, `../install/`, where files are named `install.md`.

Other programs' pages are full of them, and knowledge bases that lie among these have such pages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from cannery.content.files import ENDINGS
from cannery.content.layout import folder_of, locate
from cannery.content.relative_links import RelativeLink, is_page
from cannery.settings import Settings

_INDEXES = ("index", "_index", "README")  # a page that a folder's address is that of


def named_page(
    link: RelativeLink, here: str, settings: Settings, is_entry: Callable[[str], bool]
) -> RelativeLink:
    """The link, with the path of the page that it means; itself where it names a file, or none.

    `here` is the path of the file that it is in; `is_entry` tells of an id whether it is one.
    """
    if link.is_image or is_page(link) or not link.written.partition("#")[0].partition("?")[0]:
        return link
    for path in _candidates(link, here):
        if folder_of(path, settings.layout) and is_entry(locate(path, settings).id):
            return link._replace(path=path)
    return link


def _candidates(link: RelativeLink, here: str) -> Iterator[str]:
    """The pages that an address may mean: beside the file, or below the address of its page."""
    named = unquote(link.written.partition("#")[0].partition("?")[0])
    below = posixpath.normpath(posixpath.join(posixpath.splitext(here)[0], named))
    for path in dict.fromkeys((link.path, below)):
        if path.startswith("..") or path == ".":
            continue
        yield from (f"{path}{ending}" for ending in ENDINGS)
        yield from (f"{path}/{name}{ENDINGS[0]}" for name in _INDEXES)
