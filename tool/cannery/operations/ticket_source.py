"""What `--ticket` names, as far as that is told without loading anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_NAMED = re.compile(r"([a-z][a-z0-9_-]{0,30}):#?[\w-]{1,80}")
_ADDRESS = re.compile(r"https?://([^/\s@]{1,255})/\S{1,2000}")


def is_at_desk(source: str) -> bool:
    """Whether it may be a ticket at a desk; where it is not, it is a file's path as well."""
    return ":" in source and not Path(source).exists()


def names_ticket(text: str, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Whether a text is a ticket of one of the desks, or a page at one of their addresses."""
    text = text.strip()
    if named := _NAMED.fullmatch(text):
        return named[1] in names
    page = _ADDRESS.fullmatch(text)
    hosts = {address.partition("://")[2].lower() for address in addresses}
    return page is not None and page[1].lower() in hosts
