"""Rules for markdown-it: the few elements of HTML that pages may have, as Git hosts take them.

`<kbd>`, `<sub>` and `<sup>` around words of one paragraph, `<br>`, and `<details>` with its
`<summary>`, each of whose tags stands on a line of its own. None has attributes, but for `open`.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

BREAK = "<br>"  # the markup of a break that ends no line of the source
_PAIRED = re.compile(r"<(kbd|sub|sup)>")
_BREAK = re.compile(r"<br[ \t]{0,9}/?>")
_LONGEST = 1_000  # characters between two tags
_DETAILS = re.compile(r"<details( open(?:=\"\"|=\"open\")?)?>")
_SUMMARY, _SUMMARY_END, _END = "<summary>", "</summary>", "</details>"
_FENCES = ("```", "~~~")


def inline_html(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Take in a break, or words between two tags."""
    if found := _BREAK.match(state.src, state.pos, state.posMax):
        if not silent:
            state.push("hardbreak", "br", 0).markup = BREAK
        state.pos = found.end()
        return True
    found = _PAIRED.match(state.src, state.pos, state.posMax)
    if found is None or state.level >= state.md.options.maxNesting:
        return False
    closing = f"</{found[1]}>"
    end = state.src.find(closing, found.end(), min(state.posMax, found.end() + _LONGEST))
    if end < 0:
        return False
    if not silent:
        _push_pair(state, found[1], found.end(), end)
    state.pos = end + len(closing)
    return True


def _push_pair(state: StateInline, tag: str, start: int, end: int) -> None:
    before = state.posMax
    state.pos, state.posMax = start, end
    state.push(f"{tag}_open", tag, 1)
    state.md.inline.tokenize(state)
    state.push(f"{tag}_close", tag, -1)
    state.posMax = before


def details(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - likewise
    """Take in what a reader opens with a click."""
    text = _line(state, first)
    found = _DETAILS.match(text)
    if found is None or state.is_code_block(first):
        return False
    last = _ends(state).get(first, end)
    if last >= end or state.sCount[last] < state.blkIndent:
        return False
    rest, start = text[found.end() :].strip(), first + 1
    if not rest and start < last:
        rest, start = _line(state, start), start + 1
    if not (rest.startswith(_SUMMARY) and rest.endswith(_SUMMARY_END)):
        return False
    if not silent:
        title = rest.removeprefix(_SUMMARY).removesuffix(_SUMMARY_END)
        _push_details(state, title, (first, start, last), is_open=bool(found[1]))
    return True


def _push_details(
    state: StateBlock, title: str, lines: tuple[int, int, int], *, is_open: bool
) -> None:
    first, start, last = lines
    token = state.push("box_open", "details", 1)
    token.map = [first, last + 1]
    token.attrs = {"open": "open"} if is_open else {}
    state.push("box_title_open", "summary", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title.strip(), [start - 1, start], []
    state.push("box_title_close", "summary", -1)
    before = state.lineMax, state.parentType
    state.lineMax, state.parentType = last, "details"
    state.md.block.tokenize(state, start, last)
    state.lineMax, state.parentType = before
    state.line = last + 1
    state.push("box_close", "details", -1)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _ends(state: StateBlock) -> dict[int, int]:
    """The line that ends each `<details>`, by the line that begins it: looked for once a text."""
    ends: dict[int, int] | None = state.env.get("details")
    if ends is None:
        ends = state.env["details"] = {}
        opened: list[int] = []
        fence = ""
        for line in range(len(state.bMarks) - 1):
            text = _line(state, line)
            if text.startswith(_FENCES) and (not fence or text.startswith(fence)):
                fence = "" if fence else text[:3]
            elif not fence and _DETAILS.match(text):
                opened.append(line)
            elif not fence and text == _END and opened:
                ends[opened.pop()] = line
    return ends


def add_inline_html(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("html_inline", "kb_html", inline_html)
    ends = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.before("fence", "details", details, {"alt": ends})
