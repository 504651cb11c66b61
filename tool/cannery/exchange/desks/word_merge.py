"""Lines of a body that a desk keeps in other words, with what was changed in them there.

Where a file says `{{ team.days }} days`, a desk may say `30 days`. Who changes another word of that
line at the desk has not changed the first one: words are merged where lines can't be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannery.content.split import LINE_END, line_end_of, split
from cannery.git.lines import merge_lines
from cannery.git.merge import Merged
from cannery.model.hunk import Hunk
from cannery.util.encoding import decoded, encoding_of

# A tag of a template is one piece, and so is a word of letters that are written together.
_PIECE = re.compile(r"\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|[A-Za-z0-9_]+|\n|.")
_END, _LINE = "\n", "\\n"  # of two letters: no piece is like it
_MOST = 20_000  # letters of a place that is merged word by word


def by_words(done: Merged) -> bytes | None:
    """A merged file, of whose conflicts in the body the words are merged; else they are theirs."""
    if done.data is None or done.theirs is None or _is_of_all(done.conflicts):
        return done.theirs
    ours, theirs = decoded(done.data), decoded(done.theirs)
    newline = line_end_of(ours)
    mine, other = split(ours), split(theirs)
    lines = LINE_END.sub("\n", mine.body).split("\n")
    for hunk in reversed([item for item in done.conflicts if item.what == "body"]):
        at = hunk.line - mine.body_line
        lines[at : at + hunk.ours.count("\n")] = _merged(hunk).split("\n")[:-1]
    body = newline.join(lines)
    text = other.prefix + other.header + other.suffix + body
    return text.encode(encoding_of(done.theirs))


def _is_of_all(hunks: Sequence[Hunk]) -> bool:
    """Whether a conflict is of more than keys and lines that end."""
    return any(
        hunk.what in {"file", "front matter"}
        or (hunk.what == "body" and not _are_lines(hunk.ours, hunk.theirs))
        for hunk in hunks
    )


def _are_lines(*texts: str) -> bool:
    return all(not text or text.endswith("\n") for text in texts)


def _merged(hunk: Hunk) -> str:
    """What both sides make of the place, word by word; as they have it where words meet, too."""
    if max(map(len, (hunk.base, hunk.ours, hunk.theirs))) > _MOST:
        return hunk.theirs
    pieces = merge_lines(*map(_as_lines, (hunk.base, hunk.ours, hunk.theirs)))
    if any(piece.merged is None for piece in pieces):
        return hunk.theirs
    return _as_text("".join(piece.merged or "" for piece in pieces))


def _as_lines(text: str) -> str:
    """The pieces of a text, each as a line of its own."""
    pieces: list[str] = _PIECE.findall(text)
    return "".join(f"{_LINE if piece == _END else piece}{_END}" for piece in pieces)


def _as_text(lines: str) -> str:
    return "".join(_END if line == _LINE else line for line in lines.split(_END)[:-1])
