"""The patterns of fields: a stranger's regular expressions, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_PATTERN = 500
MAX_MATCHED = 10_000  # characters of a value that is held against a pattern
_SECONDS = 0.5
_MAX_ATOMS = 10_000  # with each repeat spelt out: a compiled one takes memory for them
_PIECE = re.compile(
    r"\\.|\[\^?\]?(?>(?:\\.|[^\]\\])*)(?:\]|\Z)"
    r"|\{(?:\d{0,20},)?(?P<most>\d{1,20})(?:,)?\}|.",
    re.DOTALL,
)


def is_too_large(pattern: str) -> bool:
    """Whether it is too long, or repeats too much, to be tried at all."""
    return len(pattern) > MAX_PATTERN or _atoms(pattern) > _MAX_ATOMS


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern matches the whole text. Raises ValueError if the pattern is invalid."""
    import regex  # most fields have no pattern

    if is_too_large(pattern):
        raise ValueError("is too long or has too many repetitions")
    try:
        return regex.fullmatch(pattern, text, timeout=_SECONDS) is not None
    except TimeoutError as error:
        raise ValueError("takes too long to match") from error
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError(f"is invalid: {error!s:.100}") from error


def _atoms(pattern: str) -> int:
    """How many single characters it asks for, with each repeat spelt out."""
    open_groups: list[int] = []
    total = last = 0
    for piece in _PIECE.finditer(pattern):
        text = piece[0]
        if text == "(":
            open_groups.append(total)
            total = last = 0
        elif text == ")":
            last = max(1, total)
            total = last + (open_groups.pop() if open_groups else 0)
        elif piece["most"]:
            total += last * (int(piece["most"]) - 1)
            last *= int(piece["most"])
        else:
            last = 1
            total += 1
    return max(total, *open_groups, 0)


# Read by a program of single steps, in time that grows with the text and the pattern alone: a
# browser's own expressions have no time limit, and some take hours for forty letters.
_MAX_PROGRAM = 2000
_MAX_DEPTH = 30
_TOKEN = re.compile(
    r"(?P<group>\((?:\?:|\?P?<[A-Za-z_]\w*>)?(?!\?))"
    r"|(?P<times>[*+?]|\{\d{1,4}(?:,\d{0,4})?\}|\{,\d{1,4}\})\??(?![*+?{])"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<named>\\[pP]\{[A-Za-z=]{1,30}\})"
    r"|(?P<escape>\\[^\n])"
    r"|(?P<end>[|)])"
    r"|(?P<char>[^\\\[(){*+?|])",
    re.DOTALL,
)
_IN_SET = re.compile(r"\\[pP]\{[A-Za-z=]{1,30}\}|\\.|.", re.DOTALL)
_NAMED = re.compile(
    r"\\[pP]\{(?:[LMNPSZ][a-z]?|Script=(?:Han|Hiragana|Katakana|Latin|Greek|Cyrillic|Hangul))\}"
)
_WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"
_BLANK = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CLASSES = {"d": r"\p{Nd}", "w": _WORD, "s": _BLANK}
_CONTROLS = frozenset("nrtfv")
_Step = list[str | int]


class _UnfitError(ValueError):
    """A pattern that is more than letters, choices and repeats."""


def browser_program(pattern: str) -> dict[str, object] | None:
    """Compile a pattern for `site/web/pattern.js`; None if it uses what that does not support.

    `steps` are: `c` and a number of `classes`, the next character must be of it; `s` and two steps
    to go on with both; `j` and one; `^`, `$`, `b`, `B`, the place must be so; `m`, a match.
    """
    if is_too_large(pattern):
        return None
    try:
        return _Compiler(pattern).program()
    except _UnfitError:
        return None


class _Compiler:
    def __init__(self, pattern: str) -> None:
        self._tokens = [*_tokens(pattern)]
        self._at = 0
        self._classes: dict[str, int] = {}

    def program(self) -> dict[str, object]:
        steps = self._choice(0)
        if self._at < len(self._tokens):
            raise _UnfitError
        return {"classes": [*self._classes], "steps": [*steps, ["m"]]}

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _choice(self, depth: int) -> list[_Step]:
        if depth > _MAX_DEPTH:
            raise _UnfitError
        steps = self._sequence(depth)
        while self._peek() == ("end", "|"):
            self._at += 1
            other = self._sequence(depth)
            steps = [["s", 1, len(steps) + 2], *steps, ["j", len(other) + 1], *other]
        return steps

    def _sequence(self, depth: int) -> list[_Step]:
        steps: list[_Step] = []
        while self._peek()[0] not in {"", "end"}:
            kind, text = self._tokens[self._at]
            self._at += 1
            atom = self._group(depth) if kind == "group" else self._atom(kind, text)
            if self._peek()[0] == "times":
                atom = _repeated(atom, self._peek()[1])
                self._at += 1
            steps += atom
            if len(steps) > _MAX_PROGRAM:
                raise _UnfitError
        return steps

    def _group(self, depth: int) -> list[_Step]:
        steps = self._choice(depth + 1)
        if self._peek() != ("end", ")"):
            raise _UnfitError
        self._at += 1
        return steps

    def _atom(self, kind: str, text: str) -> list[_Step]:
        if text in {"^", "$"} or text in {r"\b", r"\B"}:
            return [[text[-1]]]
        if kind == "times":
            raise _UnfitError
        source = {"set": _set, "named": _named, "escape": _escaped}.get(kind, _literal)(text)
        return [["c", self._classes.setdefault(source, len(self._classes))]]


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None or match.lastgroup is None:
            raise _UnfitError
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _repeated(atom: list[_Step], times: str) -> list[_Step]:
    """The steps with their repeats spelt out; steps to go to are counted from where they stand."""
    counts = {"*": "0,", "+": "1,", "?": "0,1"}.get(times, times.strip("{}"))
    low, comma, high = counts.partition(",")
    least = int(low or 0)
    most = int(high) if high else None if comma else least
    if most is not None and most < least:
        raise _UnfitError
    copies = least + (1 if most is None else most - least)
    if copies * (len(atom) + 1) > _MAX_PROGRAM:
        raise _UnfitError
    steps = atom * least
    if most is None:
        return [*steps, ["s", 1, len(atom) + 2], *atom, ["j", -len(atom) - 1]]
    for left in range(most - least, 0, -1):
        steps = [*steps, ["s", 1, left * (len(atom) + 1)], *atom]
    return steps


def _literal(text: str) -> str:
    return r"[^\n]" if text == "." else _quoted(text)


def _quoted(char: str) -> str:
    return f"\\u{{{ord(char):x}}}"


def _escaped(text: str) -> str:
    inner = _escape(text[1])
    if text[1].lower() in _CLASSES:
        return f"[{inner}]" if text[1].islower() else f"[^{_CLASSES[text[1].lower()]}]"
    return inner


def _escape(char: str) -> str:
    """What stands after a backslash, as it stands in a set."""
    if char in _CLASSES:
        return _CLASSES[char]
    if char in _CONTROLS:
        return f"\\{char}"
    if char.isascii() and char.isalnum():
        if char == "D":
            return r"\P{Nd}"
        if char in {"W", "S"}:
            return ""
        raise _UnfitError
    return _quoted(char)


def _named(text: str) -> str:
    if not _NAMED.fullmatch(text):
        raise _UnfitError
    return text


def _set(text: str) -> str:
    """A set of characters; a `-` beside a class in it is itself."""
    start = 2 if text.startswith("[^") else 1
    pieces = _IN_SET.findall(text[start:-1])
    members = [_member(pieces, at) for at in range(len(pieces))]
    if "" in members or not members:
        raise _UnfitError
    return f"{text[:start]}{''.join(members)}]"


def _member(pieces: list[str], at: int) -> str:
    piece = pieces[at]
    if piece == "-":
        inside = 0 < at < len(pieces) - 1
        beside = inside and (_is_class(pieces[at - 1]) or _is_class(pieces[at + 1]))
        return "-" if inside and not beside else _quoted("-")
    if piece == "[" and pieces[at + 1 : at + 2] == [":"]:
        raise _UnfitError  # [[:alpha:]]
    if len(piece) > 2:  # noqa: PLR2004 - \p{..}
        return _named(piece)
    return _escape(piece[1]) if piece[0] == "\\" and len(piece) > 1 else _quoted(piece)


def _is_class(piece: str) -> bool:
    return len(piece) > 1 and piece[1] in "dwsDWSpP"
