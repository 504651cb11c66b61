"""Passwords that a reply tells in so many words. Keys and tokens are found by `kb check`'s rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.util.spans import Lines

_WORD = (
    r"(?:pass(?:word|phrase|code|wd)|pwd|PIN(?: code)?|secret|api[ _-]?key|access[ _-]?key|(?:access |auth |bearer )?token"
    r"|credentials?|パスワード|暗証番号|合言葉|認証コード|確認コード|シークレット|API ?キー|アクセスキー|トークン)"
)
_TOLD = re.compile(
    rf"(?i:{_WORD})(?:\*\*|`)?[ 　]*(?:is now|is|was|to|of|=|[:：]|は|が|を)[ 　]*[\"'`「『*]{{0,3}}(?P<v>[^\s\"'`「」『』*、。]{{4,80}})"
)
_BASIC = re.compile(r"(?i:(?:authorization|bearer|basic)[:= ]+)(?P<v>[A-Za-z0-9+/_=.-]{16,})")
_DIGIT = re.compile(r"\d")


class Secret(NamedTuple):
    line: int
    what: str


def passwords(text: str) -> Iterator[Secret]:
    """Where a text tells a password, with its first letters: 1-based lines."""
    for pattern in (_TOLD, _BASIC):
        lines = Lines(text)
        for match in pattern.finditer(text):
            if _is_secret(match["v"]):
                yield Secret(lines.of(match.start("v")), f"a password: {match['v'][:2]}…")


def _is_secret(value: str) -> bool:
    """Whether it looks like one, and not like the next word of the sentence."""
    value = value.rstrip(".,;:!?)）")
    if value.startswith(("http", "{{", "<", "[", "***", "xxxx")) or not value.isascii():
        return False
    mixed = any(letter.isupper() for letter in value[1:]) and any(map(str.islower, value))
    special = any(letter in "!@#$%^&*_+=~" for letter in value)
    return len(value) > 3 and (bool(_DIGIT.search(value)) or special or mixed)  # noqa: PLR2004
