"""How a language addresses the owner of a name: `田中 様`, `株式会社青空 御中`."""

from __future__ import annotations

import re

from cannery.content.words import Honorific
from cannery.util.seen import stripped
from cannery.util.text import fold

_NOTE = re.compile(r"(?<=[^\s(])\([^()]{0,40}\)$")  # as in `田中様（経理）`


def addressed(name: str, wording: Honorific) -> str:
    """The name with what the language adds to it, unless it has something of its own."""
    name = stripped(name)
    plain = fold(name).strip()
    if not plain or _brings_one(plain, wording):
        return name
    return name + wording["addedToCompany" if _is_company(plain, wording) else "added"]


def _brings_one(plain: str, wording: Honorific) -> bool:
    endings = tuple(wording["endings"])
    return (
        plain.endswith(endings)
        or _NOTE.sub("", plain).rstrip().endswith(endings)
        or plain.startswith(tuple(wording["beginnings"]))
    )


def _is_company(plain: str, wording: Honorific) -> bool:
    """Whether it is a company or a part of one, and nobody who works there."""
    if plain.endswith((*wording["companies"], *wording["companyEndings"])):
        return True
    kind = next((kind for kind in wording["companies"] if kind in plain), None)
    if kind is None:
        return False
    words = plain[plain.index(kind) + len(kind) :].split()
    is_before = plain.startswith(kind)  # and then the first word is its name
    behind = words[1:] if is_before else words
    return not behind or behind[-1].isascii() or behind[-1].endswith(tuple(wording["departments"]))
