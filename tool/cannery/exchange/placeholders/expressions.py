"""What stands between Liquid's braces, as words: a value with its filters, or a tag's rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannery.exchange.placeholders.tree import Broken, Filter, Tag, Token, Value

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\n\u00a0\u3000]++)"
    r"|(?P<string>\"[^\"]*+\"|'[^']*+'|[“”][^“”]*+[“”]|‘[^‘’]*+’)"
    r"|(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,10})?(?![\w.]))"
    r"|(?P<path>[^\W\d][\w-]{0,99}\??(?:\.[\w-]{1,99}|\[(?:-?[0-9]{1,6}|\"[^\"\]]{0,99}\"|'[^'\]]{0,99}')\]){0,9})"
    r"|(?P<sign>\|\||==|!=|<>|<=|>=|\.\.|[|:,<>()=])"
)
UNREADABLE = "no desk can read it"
_CURLY = "“”‘’"
_FALLBACKS = ("default", "fallback")


def tokens(inner: str) -> tuple[Token, ...] | None:
    """The words of an expression, blanks left out; None where it has what is none."""
    found: list[Token] = []
    at = 0
    while match := _TOKEN.match(inner, at):
        at = match.end()
        kind = match.lastgroup or ""
        if kind != "blank":
            text = f'"{match[0][1:-1]}"' if match[0][0] in _CURLY else match[0]
            found.append(Token(kind, text))
    return tuple(found) if at == len(inner) else None


def value(inner: str, written: str) -> Value | Broken:
    """`ticket.title | upcase | default: 'x'`, and what others write for that."""
    words = tokens(inner) or ()
    return value_of(words, written) or Broken(written, UNREADABLE, _head(words))


def value_of(words: Sequence[Token], written: str = "") -> Value | None:
    """The value that words of an expression say; None for what is none."""
    if not words or words[0].kind not in ("path", "string", "number"):
        return None
    filters = _filters(words[1:])
    if filters is None:
        return None
    fallback = next(
        (one.arguments[0] for one in filters if one.name in _FALLBACKS and one.arguments), None
    )
    kept = tuple(one for one in filters if one.name not in _FALLBACKS)
    is_text = fallback is not None and fallback[:1] in ("'", '"')
    plain = fallback[1:-1] if fallback and is_text else fallback
    return Value(words[0].text, kept, plain, written)


def _head(words: Sequence[Token]) -> str:
    return words[0].text if words and words[0].kind == "path" else ""


def _filters(words: Sequence[Token]) -> list[Filter] | None:
    """`| name: a, b | name(a)`, and Chatwoot users' `|| 'x'`; None for what is none."""
    found: list[Filter] = []
    at = 0
    while at < len(words):
        mark = words[at].text
        at += 1
        if mark == "||" and at < len(words):
            found.append(Filter("default", (words[at].text,)))
            at += 1
            continue
        if mark != "|" or at >= len(words) or words[at].kind != "path":
            return None
        name = words[at].text
        at += 1
        start = at
        while at < len(words) and words[at].text not in ("|", "||"):
            at += 1
        arguments = _arguments(words[start:at])
        if arguments is None:
            return None
        found.append(Filter(name, arguments))
    return found


def _arguments(words: Sequence[Token]) -> tuple[str, ...] | None:
    """`: a, b`, `(a)`, and HubSpot's and others' `= a`; None for what is none."""
    if not words:
        return ()
    called = words[0].text == "(" and words[-1].text == ")"
    inside = words[1:-1] if called else words[1:]
    if not called and words[0].text not in (":", "="):
        return None
    values, commas = inside[::2], inside[1::2]
    good = all(one.kind in ("path", "string", "number") for one in values)
    if not good or any(one.text != "," for one in commas) or len(inside) % 2 == 0:
        return () if called and not inside else None
    return tuple(one.text for one in values)


def tag(name: str, rest: str, written: str) -> Tag | Broken:
    words = tokens(rest)
    if words is None:
        return Broken(written, UNREADABLE)
    return Tag(name, words, written)
