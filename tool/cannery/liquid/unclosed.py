"""What a template opens and does not close, by its name and with the place where it begins.

Liquid itself tells that the text has ended, which is true of none of its lines. The twin in the
browser is `site/web/unclosed.js`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import takewhile

from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_EOF, TOKEN_ILLEGAL, TOKEN_OUTPUT, TOKEN_TAG, Token

Lexer = Callable[[str], Iterator[Token]]

_NESTING = {"capture", "case", "for", "if", "unless"}
_VERBATIM = {"comment", "doc", "raw"}  # in which Liquid reads nothing: the lexer closes them
_CLOSING = {"{{": "}}", "{%": "%}"}
_ENDS = {f"end{name}": name for name in _NESTING | _VERBATIM}


class UnclosedError(LiquidSyntaxError):
    """A tag or an output without its end, or an end without its tag; `cure` is what to do."""

    def __init__(self, reason: str, cure: str, token: Token) -> None:
        super().__init__(reason, token=token)
        self.cure = cure


def ended(token: Token | None, following: Token) -> Token | None:
    """The end of an expression, placed where the next token begins; any other token as it is."""
    if token is None or token.start_index >= 0 or following.start_index < 0:
        return token
    return following._replace(kind=TOKEN_EOF, value="")


def explained(error: LiquidSyntaxError, text: str, lexer: Lexer) -> LiquidSyntaxError:
    """The same error, told by what is not closed where that is the reason, and with a place."""
    token = error.token
    if token is None:
        return error
    if token.kind == TOKEN_EOF:
        return _early_end(error, token, text, lexer)
    if token.kind == TOKEN_TAG and token.value in _VERBATIM:
        return _never_closed(token)
    if token.kind == TOKEN_TAG and token.value in _ENDS:
        return _wrong_end(token, _opened(text, lexer, token.start_index))
    if token.kind == TOKEN_ILLEGAL and token.value in "{}":
        # The end that was found is that of a later piece.
        return _never_ends(_last_piece(text, lexer, token.start_index)) or error
    return error


def _early_end(
    error: LiquidSyntaxError, token: Token, text: str, lexer: Lexer
) -> LiquidSyntaxError:
    """The end of the text, of an expression in it, or of what the lexer could read."""
    closing = _CLOSING.get(token.value[:2])
    if closing:
        return (None if closing in token.value else _never_ends(token)) or error
    if token.start_index < 0 and str(error.message).startswith(("expected tag", "unexpected tag")):
        opened = _opened(text, lexer, len(text))
        return _never_closed(opened[-1]) if opened else error
    end = len(text) if token.start_index < 0 else token.start_index
    error.token = _last_piece(text, lexer, end) or token
    return error


def _opened(text: str, lexer: Lexer, end: int) -> list[Token]:
    """The tags that are open at an offset, the innermost last."""
    opened: list[Token] = []
    for token in _pieces(text, lexer, end):
        if token.value in _NESTING and token.kind == TOKEN_TAG:
            opened.append(token)
        elif opened and _ENDS.get(token.value) == opened[-1].value:
            opened.pop()
    return opened


def _last_piece(text: str, lexer: Lexer, end: int) -> Token | None:
    pieces = _pieces(text, lexer, end)
    return pieces[-1] if pieces else None


def _pieces(text: str, lexer: Lexer, end: int) -> list[Token]:
    """The outputs and tags that begin before an offset, as far as the lexer comes."""
    pieces: list[Token] = []
    with suppress(LiquidSyntaxError):  # told already: it is what is explained
        for token in takewhile(lambda token: token.start_index < end, lexer(text)):
            pieces += [token] if token.kind in (TOKEN_OUTPUT, TOKEN_TAG) else []
    return pieces


def _never_closed(token: Token) -> UnclosedError:
    name = token.value
    reason = f"`{{% {name} %}}` is never closed"
    return UnclosedError(reason, f"Add {{% end{name} %}} where it ends.", token)


def _wrong_end(end: Token, opened: list[Token]) -> UnclosedError:
    """An end that fits no tag, or not the innermost one, which is open still."""
    name = _ENDS[end.value]
    if name in [token.value for token in opened[:-1]]:
        return _never_closed(opened[-1])
    reason = f"`{{% {end.value} %}}` closes nothing"
    return UnclosedError(reason, f"Remove it, or add {{% {name} %}} before it.", end)


def _never_ends(piece: Token | None) -> UnclosedError | None:
    """An output or a tag that nothing ends."""
    if piece is None:
        return None
    opening = "{%" if piece.kind == TOKEN_TAG else piece.value[:2]
    hint = f"Add {_CLOSING[opening]} where it ends."
    return UnclosedError(f"`{opening}` is never closed", hint, piece)
