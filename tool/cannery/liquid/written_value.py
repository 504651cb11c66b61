"""A value as lines of Markdown that read back as it, whatever stands around them."""

from __future__ import annotations

import re

from cannery.content.marks import BREAK, CLOSE, in_one_line

# Without its slash or its colon, no address is one that stands for itself.
# Nor is a heading's id one without the brace that begins it.
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]|/(?=/)|(?<=mailto):|\{(?=:?\s{0,9}#)", re.IGNORECASE)
_BLANKS = (" ", "\t")
_EDGES = ("*", "_", "~")
_ADDRESS_END = re.compile(r"[:@]")
# What an author has begun there: an address, which a value could make one of its own.
_BEGUN = re.compile(r"(?:<|mailto:)[^\s<>]*$", re.IGNORECASE)
_NEAR = 300  # characters before a value that an address may begin in
_BLOCK_START = re.compile(
    r"^(?:([-+#=]|!(?=!!)|\?(?=\?\?))|([0-9]{1,9})([.)]))(?![0-9])", re.MULTILINE
)
_CONTAINERS = re.compile(
    r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\[\^[^\]\s]{1,200}\]:[ \t]*)*"
)
# What an author has begun right there, and how a value would go on with it: an address, a footnote,
# an alert or a task, a tag, a box, a heading's id.
_GO_ON = tuple(
    (re.compile(rf"{begun}\Z"), re.compile(value, re.IGNORECASE))
    for begun, value in (
        ("//", r"[^\W_]"),
        (r"\[", r"[\^!]|x\Z"),
        ("</?", r"/?(?:kbd|sub|sup|br|details|summary)\b"),
        (r"(?:!!!|\?\?\?\+?|===[!+]{0,2})[ \t]+[\w \t-]{0,100}", r"[\w -]"),
        (r"\{:?\s{0,9}", "#"),
        (r"\{:?\s{0,9}#[\w.:-]{0,100}", r"[\w.:-]"),
    )
)


def written_value(value: str, kind: str, before: str, after: str) -> str:
    """The value in a place of a kind.

    `before` is what stands before it in its line, `after` the letter behind it there.
    """
    containers = _CONTAINERS.match(before)
    starts = containers is not None and containers.end() == len(before)
    lines = BREAK.split(value) if kind == "text" else [in_one_line(value)]
    escaped = [escape(line, starts=starts or number > 0) for number, line in enumerate(lines)]
    if kind == "line" and "|" not in before:  # what looks like a table's row may be one
        escaped[0] = escaped[0].replace("\\|", "&#124;")
    escaped[0] = _apart_before(escaped[0], before)
    escaped[-1] = _apart_after(escaped[-1], after or kind)
    escaped[1:] = map(_with_first_blank, escaped[1:])
    if starts or kind == "line" or before[-1:] in _EDGES:
        escaped[0] = _with_first_blank(escaped[0])
    if (not after or kind == "line" or after in _EDGES) and escaped[-1][-1:] in _BLANKS:
        escaped[-1] = f"{escaped[-1][:-1]}&#{ord(escaped[-1][-1])};"
    return f"\\\n{continuation(before, deep=False)}".join(escaped)


def _with_first_blank(line: str) -> str:
    """The line with the blank that it begins with as a reference: a parser drops bare ones."""
    return f"&#{ord(line[0])};{line[1:]}" if line[:1] in _BLANKS else line


def escape(line: str, *, starts: bool) -> str:
    line = _MARKUP.sub(r"\\\g<0>", line)
    if starts:
        line = _BLOCK_START.sub(
            lambda hit: f"\\{hit[1]}" if hit[1] else f"{hit[2]}\\{hit[3]}", line
        )
    return line


def _apart_before(line: str, before: str) -> str:
    """Escape the first line of a value so that it completes no markup begun by the author."""
    if _BEGUN.search(before[-_NEAR:]):
        line = _ADDRESS_END.sub(r"\\\g<0>", line.replace("\\:", ":"))
    if any(begun.search(before[-_NEAR:]) and go_on.match(line) for begun, go_on in _GO_ON):
        return f"&#{ord(line[0])};{line[1:]}"
    joins = before[-1:] in (CLOSE, "/") if line[:1] in ("/", ":") else False
    return f"\\{line}" if joins else line


def _apart_after(line: str, after: str) -> str:
    """Escape the last line of a value so that the text after it completes no markup.

    `after` is the letter there; at the end of a line, `line` for that of a heading or its like.
    """
    if after == ":" and line.lower().endswith("mailto"):
        return f"{line}\\"
    met = {"[": "!", "/": "/:", "line": "#"}.get(after, "")
    # A backslash of the value is written as two, and escapes nothing behind it.
    is_escaped = (len(line) - len(line[:-1].rstrip("\\"))) % 2 == 0
    is_met = bool(line) and line[-1] in met and not is_escaped
    return f"{line[:-1]}\\{line[-1]}" if is_met else line


def continuation(before: str, *, deep: bool) -> str:
    """The prefix that keeps continuation lines in the same block quote or list item."""
    match = _CONTAINERS.match(before)
    prefix = before if deep and not before.strip("> \t") else (match[0] if match else "")
    return re.sub(r"[^>\t]", " ", prefix)
