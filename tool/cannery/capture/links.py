"""Mail addresses and links, and which of them let anybody in."""

from __future__ import annotations

import re

from cannery.capture.keys import has_key
from cannery.capture.kind import Kind, before, pattern
from cannery.capture.personal_span import Placeholder

EMAIL = Placeholder("email", "Email address", "email", "ticket.requester.email")
LINK = Placeholder("link", "Link", "url")
SECRET_LINK = LINK._replace(is_secret=True)
_HIDDEN = "(link with a key)"
# It ends where Japanese letters or signs begin.
_URL = r"https?://(?>(?:[.,;:!?)\]]*+[^\s<>\"'`\u3000-\uffff.,;:!?)\]\\])+)/?"
_LINK = pattern(_URL)
_PUBLIC_LINK = re.compile(
    r"https?://(?:(?:docs|status|developers?|learn|support|help|wiki|man|community|forum)\.[a-z0-9-]{1,40}\.[a-z.]{2,12}"
    r"|(?:[\w-]{1,20}\.)?(?:wikipedia|mozilla|python|w3|ietf|rfc-editor|debian|ubuntu)\.org)(?:/(?!.*\d{5})[^?#]{0,200})?$"
)


def without_keys(text: str) -> str:
    """The text with no link that lets anybody in: its lines stay where they are."""
    return _LINK.sub(lambda match: _HIDDEN if has_key(match[0]) else match[0], text)


def _is_link(match: re.Match[str]) -> bool:
    return not _PUBLIC_LINK.match(match["v"])


_YOURS = re.compile(
    r"\byour (?:e-?mail |mail |registered )?(?:address|account|login|e-?mail|inbox|user ?name)(?: is|:|,)? ?[(<]?$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:you (?:wrote|write|mailed|contacted us) from|(?:お問い?合わ?せ|ご連絡|ご返信)いただいた(?:際の)?メールアドレス)[ 　]?(?:is|は)?[ 　:：（(「<]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_GREETED = re.compile(
    r"^[ \t>*]*(?i:Hi|Hello|Hey|Dear|Good \w{3,9})[ ,]+(?:(?:Mr|Ms|Mrs|Mx|Dr|Prof)\.? )?([^\W\d_]{3,30})",
    re.MULTILINE,
)


def _is_requesters(match: re.Match[str]) -> bool:
    """The text calls it theirs, and it has the name that it greets; or they have written from it."""
    if _WROTE.search(before(match)):
        return True
    greeted = _GREETED.search(match.string)
    words = [word.lower() for word in _WORD.findall(match["v"].partition("@")[0])]
    return bool(_YOURS.search(before(match)) and greeted and greeted[1].lower() in words)


MAILS = (
    Kind(EMAIL, pattern(r"(?<![\w.+/-])(?P<v>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"), lambda match: not match["v"].startswith("git@"), _is_requesters),
)  # fmt: skip
LINKS = (
    Kind(SECRET_LINK, pattern(rf"(?P<v>{_URL})"), lambda match: has_key(match["v"])),
    Kind(LINK, pattern(rf"(?P<v>{_URL})"), _is_link),
)
