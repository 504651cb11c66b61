"""A text as it is read: what hides a number or an address from programs is undone."""

from __future__ import annotations

import re
import unicodedata

# Full width, small, in circles, and of formulas; other signs stay as a text has them.
_FORMS = re.compile("[０-９Ａ-Ｚａ-ｚ＠－＋﹫①-⑳⓪⓵-⓾❶-➓\U0001d400-\U0001d7ff]+")
_AT = re.compile(r" ?[(\[{<] ?at ?[)\]}>] ?|%40|&#0{0,4}64;|&#x0{0,4}40;|&commat;", re.IGNORECASE)


def unmasked(text: str) -> str:
    """With plain digits and letters for those of other forms, and @ for `(at)`."""
    if text.isascii():
        return _AT.sub("@", text)
    plain = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _AT.sub("@", plain)
