"""Line ends of macros written before they were line ends in the reply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.check.page import MAX_PARSED, Page
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.line_ends import line_numbers, with_newlines
from cannery.content.markdown import is_wide, parse
from cannery.model.entry import Article
from cannery.model.location import Problem, Severity

# A tag that prints nothing itself: in its place, an empty line stays an empty line.
_TAG = re.compile(r"\{%-?+\s*+(?!render\b)[^%{]*+(?>(?:%(?!\})[^%{]*+)*)%\}")
_TRIMS_AFTER = ("-%}", "-}}")
_TRIMS_BEFORE = ("{%-", "{{-")
_PREFIX = re.compile(r"[ \t]*+(?>(?:>[ \t]*+)*)")
_LINE_END = re.compile(r"(\r\n|\n|\r)")
_MARKS = "*_~`"


def run_together(page: Page) -> Iterator[Problem]:
    """Single line ends in a macro, which the content's format takes for blanks."""
    if found := _joined(page):
        number = page.body_line + min(found)
        count = "a line break" if len(found) == 1 else f"{len(found)} line breaks"
        message = f"{count} from here on will appear in the reply in format 2"
        hint = (
            "These lines are joined today. Keep the breaks, or join the lines with "
            "`kb check --fix`; then set format = 2 in kb/kb.toml."
        )
        yield Problem(page.path, number, "line-end", message, hint, Severity.WARNING)


def joined(page: Page, _: Whole) -> str:
    """The text with the lines in one that are one in the reply."""
    found = _joined(page)
    lines = _LINE_END.split(page.source)
    pieces = [lines[0]]
    for at in range(2, len(lines), 2):
        number = at // 2 - page.body_line  # of the line before, in the body
        if number in found:
            pieces += (found[number], lines[at][_prefix(lines[at]) :])
            pieces[-3] = pieces[-3].rstrip(" \t")
        else:
            pieces += (lines[at - 1], lines[at])
    return "".join(pieces)


def _joined(page: Page) -> dict[int, str]:
    """The 0-based lines of the body that run together with the next one, and what parts them."""
    item = page.loaded.item
    if page.settings.keeps_lines or item is None or isinstance(item, Article):
        return {}
    body = with_newlines(item.body[:MAX_PARSED])
    lines = body.split("\n")
    bare = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), body)
    shown = bare.split("\n")
    return {
        number: _between(shown[number], shown[number + 1])
        for token in parse(bare, bare_links=False)
        for number in line_numbers(token, "softbreak", shown)
        if number + 1 < len(lines) and not _is_trimmed(lines[number], lines[number + 1])
    }


def _is_trimmed(line: str, following: str) -> bool:
    """Whether a tag takes the line end away."""
    return line.rstrip().endswith(_TRIMS_AFTER) or following.lstrip().startswith(_TRIMS_BEFORE)


def _between(line: str, following: str) -> str:
    before = line.rstrip().rstrip(_MARKS)[-1:]
    after = following[_prefix(following) :].lstrip(_MARKS)[:1]
    return "" if is_wide(before) and is_wide(after) else " "


def _prefix(line: str) -> int:
    """How long the signs of quotes are that a line goes on with."""
    match = _PREFIX.match(line)
    return match.end() if match else 0


def _page(body: str) -> dict[str, str]:
    return {"macros/har.md": f"---\ntitle: HAR files\n---\n{body}\n"}


RULES = (
    Rule(
        code="line-end",
        page=run_together,
        fix=joined,
        why="Since format 2, a line break in a macro is a line break in the reply, not a space.",
        wrong=_page("Please record a HAR file\nand attach it."),
        right=_page("Please record a HAR file and attach it."),
    ),
)
