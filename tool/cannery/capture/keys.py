"""Which links let in whoever has them: a password, a token or a signature is part of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

_KEY = re.compile(
    r"(?:.*[._-])?(?:token|signature|sig|secret|password|passwd|passcode|pwd|(?:api|access|secret|private|auth)[_-]?key|credentials?|auth|authorization|sid|otp|jwt|"
    r"nonce|hmac|magic)|(?:x-amz|x-goog)-(?:signature|credential|security-token).*|[a-z]{2,12}token",
    re.IGNORECASE,
)
_SAID = re.compile(r"token|pass|pwd|secret|signature", re.IGNORECASE)
# Names that other values have too, an error's code or a ticket's number: their values must look random.
_MAYBE = re.compile(
    r"(?:.*[._-])?(?:code|key|ticket|session|invite|invitation)|[a-z]{2,12}(?:code|key)",
    re.IGNORECASE,
)
_BRIEF = re.compile(r"(?!id|v)[a-z]{1,2}", re.IGNORECASE)
_SHORTEST, _SHORTEST_SAID, _SHORTEST_PART, _LONG_CODE, _LONG = 8, 4, 12, 16, 20

_PIECE = re.compile(r"[A-Za-z0-9]+")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_MIXED = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]+")
# A word with a number, as vouchers and errors have it (SAVE20OFF, E1234567), or an error of Windows.
_TOLD = re.compile(r"[A-Z]+\d+[A-Z]*|0x[0-9A-Fa-f]+")
_UNBROKEN = re.compile(r"(?=\d*[A-Za-z])[A-Za-z0-9]{32,}")
_MEAN_RUN = 3.35  # letters of one sort in a row; words and years have more

_MIXED_PART = re.compile(
    r"(?=[^/]{0,99}[a-z])(?=[^/]{0,99}[A-Z])(?=[^/]{0,99}\d)[A-Za-z0-9_~]{16,100}"
)
_HEX = re.compile(r"(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{32,128}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A hash after these is the name of something, not the key to it.
_HASHED = frozenset("commit commits blob blobs tree raw compare src avatar".split())
_LETS_IN = frozenset(
    "reset invite invites invitation invitations share shares shared sharing join verify verification confirm confirmation "
    "activate activation magic recover recovery unlock accept signup token login".split()
)  # fmt: skip


def has_key(url: str) -> bool:
    """Whether whoever has the link is let in: a password, a token, a signature is part of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # What an application of one page calls its address stands behind the #, with a query of its own.
    route, _, routed = parts.fragment.partition("?")
    queries = (parts.query.replace("&amp;", "&"), route, routed.replace("&amp;", "&"))
    return (
        bool(parts.username and ":" in parts.netloc.rpartition("@")[0])
        or any(_is_key(name, value) for query in queries for name, value in parse_qsl(query))
        or any(_has_key_part(path.split("/")) for path in (parts.path, route))
    )


def _is_key(name: str, value: str) -> bool:
    if _KEY.fullmatch(name):
        return len(value) >= (_SHORTEST_SAID if _SAID.search(name) else _SHORTEST)
    if _MAYBE.fullmatch(name):
        return _is_random(value)
    return bool(_BRIEF.fullmatch(name)) and len(value) >= _LONG and _is_random(value)


def _is_random(value: str) -> bool:
    """An id, a long run of signs, or letters and digits that change too often for words."""
    if len(value) < _SHORTEST:
        return False
    if _UUID.fullmatch(value) or (_UNBROKEN.fullmatch(value) and not _has_words(value)):
        return True
    pieces = _PIECE.findall(value)
    random = [len(piece) for piece in pieces if _MIXED.fullmatch(piece) and not _is_told(piece)]
    return max(random, default=0) >= _SHORTEST or sum(random) * 2 > sum(map(len, pieces))


def _is_told(piece: str) -> bool:
    """Words with their numbers, or a code as people tell it."""
    if len(piece) >= _LONG_CODE and piece.isupper():
        return False
    return bool(_TOLD.fullmatch(piece)) or len(piece) >= _MEAN_RUN * len(_RUN.findall(piece))


def _has_words(value: str) -> bool:
    """Whether capitals tell words in it: InvalidAuthenticationToken."""
    is_one_case = value.islower() or value.isupper()
    return not is_one_case and len(value) >= _MEAN_RUN * len(_RUN.findall(value))


def _has_key_part(path: list[str]) -> bool:
    """Whether a part of a path is a key; more of them are, behind a word that lets people in."""
    lets_in, before = False, ""
    for part in path:
        if _MIXED_PART.fullmatch(part) and not _is_told(part):
            return True
        if _HEX.fullmatch(part) and before not in _HASHED:
            return True
        if lets_in and len(part) >= _SHORTEST_PART and _is_random(part):
            return True
        before = part.lower()
        lets_in = lets_in or not _LETS_IN.isdisjoint(_PIECE.findall(before))
    return False
