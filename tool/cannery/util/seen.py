"""Whether a reader sees anything of a text: the one judge of what is empty.

A text that shows nothing is no value, no title and no question, whatever it is made of and
whichever way it came. One that shows something keeps what can't be seen in it: emoji, Persian and
Indic scripts are joined by it. `site/web/seen.js` is the browser's twin.
"""

from __future__ import annotations

import re

from cannery.util.plain import printable

# What has no shape of its own, as ranges of a class: blanks and control characters; what Unicode
# calls default-ignorable (fillers, joiners, marks of direction, variation selectors, tags); braille
# without a dot; blanks of music and of hieroglyphs; what stands for an object that is not there; no
# characters at all. Written down, since Python and browsers each know another Unicode: what one of
# them doesn't know yet may be an emoji, and counts as seen. So do a mark without its letter, which
# is drawn, and what is for private use, by which Japanese names with rare kanji are written: but
# for the two that mark a value's place in content/marks.py, which no value keeps.
_UNSEEN = (
    "\\x00-\\x20\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f"
    "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ud800-\\udfff\\ue000\\ue001"
    "\\ufdd0-\\ufdef\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffc\\ufffe\\uffff"
    "\\U00013430-\\U00013442\\U00016fe4\\U0001bca0-\\U0001bca3\\U0001d159"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
)
_SHAPE = f"[^{_UNSEEN}]"


def shows_nothing(text: str) -> bool:
    """Whether there is nothing to see of it once it is free of what could steer a terminal."""
    if re.search(_SHAPE, text) is None:
        return True
    # The letters of a sequence to a terminal have shapes, and go with it.
    return not text.isprintable() and re.search(_SHAPE, printable(text)) is None


def stripped(text: str) -> str:
    """The text without the blanks around it; empty if it shows nothing."""
    return "" if shows_nothing(text) else text.strip()
