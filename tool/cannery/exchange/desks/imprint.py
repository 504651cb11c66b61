"""What a message says, whatever a desk makes of its HTML: so that an answer is known again."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from html.parser import HTMLParser
from typing import NamedTuple

_UNSEEN = frozenset({"head", "script", "style", "title"})
_MOST = 500_000  # characters of a message that are looked at
_ENOUGH = 40  # letters that no other message begins with


class Imprint(NamedTuple):
    """The first `length` letters of a text, as their digest."""

    digest: str
    length: int


def imprints(texts: Iterable[str]) -> tuple[Imprint, ...]:
    """The imprints of an answer's texts, HTML or plain; none for an empty text."""
    return tuple(dict.fromkeys(_imprint(letters) for text in texts if (letters := _letters(text))))


def is_of(text: str, known: Iterable[Imprint]) -> bool:
    """Whether a message is one of the answers, or begins with a long one: a signature follows."""
    letters = _letters(text)
    return any(
        _imprint(letters[: one.length]) == one
        for one in known
        if one.length == len(letters) or one.length >= _ENOUGH
    )


def _imprint(letters: str) -> Imprint:
    return Imprint(blake2b(letters.encode(), digest_size=16).hexdigest(), len(letters))


def _letters(text: str) -> str:
    """The letters and digits that a reader sees; of a text without any, all but its blanks.

    Desks rewrite tags, blanks, bullets and quotation marks.
    """
    seen = _seen(text[:_MOST]) if "<" in text or "&" in text else text[:_MOST]
    whole = "".join(seen.split()).encode(errors="replace").decode()
    return "".join(char for char in whole if char.isalnum()) or whole


def _seen(html: str) -> str:
    reader = _Visible()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._within += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag in _UNSEEN and self._within > 0

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.pieces.append(data)
