"""One spelling for texts that mean the same: the one way of folding them before they are compared.

Full-width letters equal the usual ones, half-width kana the full-width ones, a letter with its
marks composed (NFC) or apart (NFD, as macOS writes file names) the same letter, capitals small
ones. The browser folds text as `fold` does: `normalize("NFKC").toLowerCase()` in `search.js`.
"""

from __future__ import annotations

from unicodedata import normalize

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def fold(text: str) -> str:
    """Running text, as the search compares it: NFKC in small letters."""
    return normalize("NFKC", text).lower()


def fold_name(name: str) -> str:
    """A name: an id, a shortcut, a field, a choice. `fold`, and what is typed before it is chosen.

    Hiragana and katakana are the same, since an input method has the one before the other; so are
    all spellings of a letter that Unicode folds (`ß` and `ss`). Blanks around it don't count.
    """
    return fold(name).casefold().strip().translate(_KATAKANA)
