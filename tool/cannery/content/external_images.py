"""Images that a page takes from other hosts, which learn who reads it and may take them away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cannery.content.link_faults import LinkFault
from cannery.content.links import targets
from cannery.content.markdown import Token
from cannery.workspace import Settings

CODE = "external-image"
_HINT = "Save it below kb/, and link that file."
# An address with a host: what it begins with, and the host without who signs in there.
_HOSTED = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}:)?//(?:[^/?#@]{0,200}@)?([^/?#@]+)", re.IGNORECASE)
_LOADED = "https:"  # as pages' policies have it


def hosted_images(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """The addresses of images that name a host, each with its 1-based line."""
    for written, line, is_image in targets(tokens):
        if is_image and _HOSTED.match(written):
            yield line, written


def external_fault(written: str, settings: Settings) -> LinkFault | None:
    """What to say of an image with a host in its address; None if it is the site's own."""
    host = _host(written)
    if not host or host == _host(settings.site_url):
        return None
    if written.startswith(_LOADED):
        message = f"an image is loaded from {host:.100}, which can see who reads this page"
    else:
        message = f"an image from {host:.100} is not shown, since its address has no https:"
    return LinkFault(CODE, message, _HINT)


def _host(address: str) -> str:
    found = _HOSTED.match(address)
    return found[1].lower() if found else ""
