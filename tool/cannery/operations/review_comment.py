"""A review as a comment on its pull request: what the change says stands in code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from cannery.model.location import Problem, Severity
from cannery.model.review import ChangeKind, EntryChange
from cannery.operations.review import Review
from cannery.util.plain import clean, one_line
from cannery.util.text import counted

_MOST = 60_000  # bytes: GitHub takes 65,536 characters, a variable on Linux 128 KiB
_MOST_PROBLEMS = 20
_MOST_LINES = 200  # of a text
_LONGEST = 1000  # characters of a line


def marker(folder: str) -> str:
    """The first line, by which the comment of the knowledge base in a folder is found again."""
    name = blake2b(folder.encode("utf-8", "replace"), digest_size=4).hexdigest() if folder else ""
    return f"<!-- kb review {name} -->" if name else "<!-- kb review -->"


def comment(review: Review) -> str:
    """The comment: macros first, each before and after, and what `kb check` finds.

    It names nobody and links to nothing: what a stranger has written stands in code.
    """
    pieces = [marker(review.folder), *_checked(review.problems)]
    size = sum(map(_bytes, pieces))
    entries = sorted(review.entries, key=lambda entry: not entry.is_macro)
    shown = 0
    for entry in entries:
        piece = "\n".join(_entry(entry))
        if size + _bytes(piece) > _MOST:
            break
        pieces.append(piece)
        size += _bytes(piece) + 2
        shown += 1
    left = len(entries) - shown + review.more
    if left:
        pieces.append(f"{left} more: run `kb review` to see them.")
    if not entries:
        pieces.append("No article and no macro reads differently.")
    return "\n\n".join(pieces) + "\n"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _checked(problems: Sequence[Problem]) -> Iterator[str]:
    errors = sum(item.severity is Severity.ERROR for item in problems)
    if not problems:
        yield "`kb check` finds nothing in this change."
        return
    found = f"{counted(errors, 'error')} and {counted(len(problems) - errors, 'warning')}"
    yield f"`kb check` finds {found} in this change."
    lines = [
        f"{item.path}:{item.line}: {item.severity}: {item.message} [{item.code}]"
        for item in problems[:_MOST_PROBLEMS]
    ]
    yield _block("\n".join(map(one_line, lines)))


def _entry(entry: EntryChange) -> Iterator[str]:
    moved = f" from {_code(entry.old_path)}" if entry.old_path != entry.path else ""
    note = " (its file is the same)" if entry.kind is ChangeKind.AFFECTED else ""
    yield f"### {entry.kind.capitalize()}: {_code(entry.path)}{moved}{note}\n"
    if entry.settings:
        yield "Front matter:\n"
        yield _block("\n".join(entry.settings), "diff")
    if entry.before == entry.after:
        is_alone = entry.kind in (ChangeKind.ADDED, ChangeKind.DELETED)
        yield "It has no text to show.\n" if is_alone else "Its text is the same.\n"
        return
    for name, text in (("Before", entry.before), ("After", entry.after)):
        if text:
            yield f"{name}:\n"
            yield _block(text)
    if entry.is_cut:
        yield "It is longer than this.\n"


def _code(text: str) -> str:
    plain = one_line(text)[:_LONGEST]
    fence = "`" * (_longest_run(plain) + 1)
    return f"{fence} {plain} {fence}"


def _block(text: str, language: str = "text") -> str:
    lines = clean(text).split("\n")
    kept = [line[:_LONGEST] for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        kept.append(f"... and {len(lines) - _MOST_LINES} more lines")
    plain = "\n".join(kept)
    fence = "`" * max(3, _longest_run(plain) + 1)
    return f"{fence}{language}\n{plain}\n{fence}\n"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)
