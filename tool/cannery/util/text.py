"""One spelling for texts that mean the same: the one way of folding them before they are compared.

Full-width letters equal the usual ones, half-width kana the full-width ones, a letter with its
marks composed (NFC) or apart (NFD, as macOS writes file names) the same letter, capitals small
ones. The browser folds text as `fold` does: `normalize("NFKC").toLowerCase()` in `search.js`.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

_TAG = re.compile(r"\{(?:\{[^{}]*+\}|%(?>(?:[^{}%]|%(?!\}))*)%)\}")  # of a template
_DASH = re.compile(r"(?<=\d)[ー\u2010-\u2015\u2212](?=\d)")
_WIDE = re.compile(r"[\u3000\uff00-\uffef]+")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_HIRAGANA = {hiragana: katakana for katakana, hiragana in _KATAKANA.items()}


def composed(name: str) -> str:
    """A name in NFC: the form in which ids, tags, field names and links are compared."""
    return name if name.isascii() else normalize("NFC", name)


def with_composed_tags(template: str) -> str:
    """The template with the names in its tags in NFC; text outside of tags is unchanged."""
    if template.isascii() or is_normalized("NFC", template):
        return template
    return _TAG.sub(lambda tag: composed(tag[0]), template)


def fold(text: str) -> str:
    """Running text, as the search compares it: NFKC in small letters."""
    return normalize("NFKC", text).lower()


def small_letters(text: str) -> str:
    """The text in small letters; also those that `re` takes for `i` and `s` without case."""
    small = text.lower()
    if small.isascii():
        return small
    return small.replace("\u0131", "i").replace("\u017f", "s").replace("i\u0307", "i")


def fold_name(name: str) -> str:
    """A name: an id, a shortcut, a field, a choice. `fold`, and what is typed before it is chosen.

    Hiragana and katakana are the same, since an input method has the one before the other; so are
    all spellings of a letter that Unicode folds (`ß` and `ss`). Blanks around it don't count.
    """
    return fold(name).casefold().strip().translate(_KATAKANA)


def as_katakana(text: str) -> str:
    """Hiragana as katakana: an input method has the one before the other."""
    return text.translate(_HIRAGANA)


def as_hiragana(text: str) -> str:
    return text.translate(_KATAKANA)


def narrowed(text: str) -> str:
    """Full-width letters, digits and signs, and half-width kana, in their usual width.

    `１２．５` is 12.5. Unlike NFKC as a whole, `10²` stays what it is.
    """
    return _WIDE.sub(lambda run: normalize("NFKC", run[0]), text)


def with_hyphens(text: str) -> str:
    """The text with hyphens between digits, where another dash or a long vowel's mark stands."""
    return _DASH.sub("-", text)


def counted(count: int, what: str, many: str = "") -> str:
    """`1 error`, `2,000 errors`; `many` is for what doesn't take an s."""
    return f"{count:,} {what if count == 1 else many or f'{what}s'}"
