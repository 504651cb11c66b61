"""What is said of a proposal: its branch, title and text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

from cannery.content.files import ENDINGS
from cannery.util.seen import stripped

_MAX_LISTED = 50
_MAX_TITLE = 72
_MAX_SHOWN = 5  # macros
_MAX_PREVIEW = 4000  # characters of each


class ChangedFile(NamedTuple):
    """A changed file: `what` is Add, Update or Remove, `title` its entry's."""

    path: str
    what: str
    title: str


def branch_name(changes: Sequence[ChangedFile], author: str, start: str) -> str:
    """A branch of its own for these files, this author and the commit that it begins at."""
    first = _entries(changes)[0].path.rsplit("/", 1)[-1].split(".")[0]
    plain = normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "proposal"
    identity = "\0".join([author, start, *sorted(change.path for change in changes)])
    digest = blake2b(identity.encode("utf-8", "replace"), digest_size=4)
    return f"kb/{slug}-{digest.hexdigest()}"


def title(changes: Sequence[ChangedFile]) -> str:
    """One line that says what is proposed."""
    entries = _entries(changes)
    kinds = {change.what for change in entries}
    what = kinds.pop() if len(kinds) == 1 else "Update"
    names = list(dict.fromkeys(change.title for change in entries))
    line = f"{what} {names[0]}" if len(names) == 1 else f"{what} {len(names)} entries: {names[0]}"
    for name in names[1:]:
        if len(line) + len(name) > _MAX_TITLE - len(", …"):
            return f"{line}, …"
        line += f", {name}"
    return line[:_MAX_TITLE]


def _entries(changes: Sequence[ChangedFile]) -> Sequence[ChangedFile]:
    """Those that people read; the others, such as images, go along with them."""
    return [change for change in changes if change.path.endswith(ENDINGS)] or changes


class Preview(NamedTuple):
    """A macro as a reply reads, before and after the change; empty where there is none."""

    title: str
    before: str
    after: str


def body(
    changes: Sequence[ChangedFile], why: str, warnings: int, previews: Sequence[Preview] = ()
) -> str:
    """The text of the pull request, Markdown."""
    lines = [f"- {change.what.lower()} `{change.path}`" for change in changes[:_MAX_LISTED]]
    if len(changes) > _MAX_LISTED:
        lines.append(f"- and {len(changes) - _MAX_LISTED} more")
    check = "`kb check`: no errors" + (f", {warnings} warnings." if warnings else ".")
    reason = stripped(why)
    shown = [line for preview in previews[:_MAX_SHOWN] for line in _shown(preview)]
    return "\n".join([*([reason, ""] if reason else []), *lines, "", check, "", *shown])


def _shown(preview: Preview) -> list[str]:
    lines = [f"### Preview of {preview.title}", ""]
    for when, text in (("Before", preview.before), ("After", preview.after)):
        if text:
            quoted = [f"> {line}".rstrip() for line in text[:_MAX_PREVIEW].strip().split("\n")]
            lines += [f"{when}:", "", *quoted, ""]
    return lines
