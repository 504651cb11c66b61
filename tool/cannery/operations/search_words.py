"""Words that were searched for, as they may be kept: nothing in them tells of a person.

What looks personal is masked, what tells a secret is left out as a whole, and so is what no one
types to find something: a pasted mail. Loads much: not before the answer is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.bare_names import bare_names
from cannery.capture.personal import personal
from cannery.capture.secret import passwords
from cannery.check.personal_data import numbers_in
from cannery.check.rules.secrets import secrets_in
from cannery.util.plain import one_line
from cannery.util.unmasked import unmasked

MASK = "…"
MAX_WORDS = 200  # characters; more is text that was pasted
_MAX_LOOKED_AT = 10 * MAX_WORDS  # of what was typed, with all that goes
# They name no one: what runs, how long, how much.
_HARMLESS = frozenset(("duration", "period", "plan", "quantity", "time", "version"))
_TOKEN = re.compile(r"[A-Za-z0-9_.+/=-]{5,}")
_RUN = re.compile(r"[A-Za-z0-9_.+/=:@%&#~!?$*-]+")
_PLACE = re.compile(
    r"(?:東京都|北海道|京都府|大阪府|[一-龠]{2,3}県)[^\s市区町村郡]{1,8}[市区町村郡]\S*"
)
_NAMED_BY_ALL = re.compile(r"0x[0-9A-Fa-f]{1,8}|(?i:CVE-\d{4}-\d{4,7})")  # errors, weak points
_DIGITS = re.compile(r"\d{5}")  # in a row: a number of something
_PARTS = re.compile(r"[_.+/=-]")
_OPAQUE = 16  # letters and digits: more of them are no word
_WORD = re.compile(r"[^\W_]")


def masked_words(text: str) -> str:
    """The words in one line, with … for what looks personal; empty if they are not to be kept."""
    if len(text) > _MAX_LOOKED_AT or len(line := one_line(unmasked(text))) > MAX_WORDS:
        return ""
    if any(True for _ in _secrets(line)):
        return ""
    kept = _without(line, [*_spans(line)])
    return kept if _WORD.search(kept) else ""


def _secrets(line: str) -> Iterator[object]:
    yield from secrets_in("", line)
    yield from numbers_in("", line)
    yield from passwords(line)


def _spans(line: str) -> Iterator[tuple[int, int]]:
    for span in personal(line):
        name = span.placeholder.name.rstrip("_0123456789")
        if name not in _HARMLESS and not _NAMED_BY_ALL.fullmatch(span.text):
            yield span.start, span.end
    yield from bare_names(line)
    yield from (match.span() for match in _PLACE.finditer(line))
    for run in _RUN.finditer(line):
        if _is_address(run[0]):
            yield run.start(), run.start() + len(run[0].rstrip("?!."))
    yield from (match.span() for match in _TOKEN.finditer(line) if _is_opaque(match[0]))


def _is_address(run: str) -> bool:
    """Whether it may name a host with its user or password: `mysql://root:pw@db`."""
    return "://" in run or "@" in run.strip("@")


def _is_opaque(token: str) -> bool:
    """Whether it is a number or a key, and no word: `http-413` and `ERR_SSL` are words."""
    if _NAMED_BY_ALL.fullmatch(token):
        return False
    if _DIGITS.search(token):
        return True
    parts = (part for part in _PARTS.split(token) if len(part) >= _OPAQUE)
    return any(not part.isalpha() and not part.isdigit() for part in parts)


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [line[at : max(start, at)], MASK if start >= at else ""]
            at = end
    return "".join([*pieces, line[at:]])
