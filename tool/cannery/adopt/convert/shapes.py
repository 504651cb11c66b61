"""What our Markdown has for boxes, tabs and the like: blocks of whole lines, at the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ALERTS = {
    "NOTE": "note info abstract summary tldr seealso secondary question help faq todo example quote "
    "cite details default",
    "TIP": "tip hint success check done primary",
    "IMPORTANT": "important attention",
    "WARNING": "warning warn",
    "CAUTION": "caution danger error bug failure fail missing alert critical",
}
_ALERT_OF = {kind: name for name, kinds in _ALERTS.items() for kind in kinds.split()}
KINDS = frozenset(_ALERT_OF)
_TICKS = re.compile("`++")
_BLANKS = re.compile(r"\s++")


def quoted(block: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def indented(block: str, by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" if line.strip() else "" for line in block.split("\n"))


def dedented(block: str, *, first: bool = True) -> str:
    """A block without what all its lines are indented by, and without blank lines around it.

    Without `first`, the first line begins behind a tag, and says nothing of the others.
    """
    lines = [line if line.strip() else "" for line in block.split("\n")]
    begin = "" if first else lines.pop(0).strip()
    by = _common([line[: len(line) - len(line.lstrip())] for line in lines if line])
    return "\n".join([begin, *(line[len(by) :] for line in lines)]).strip("\n").rstrip()


def _common(margins: Sequence[str]) -> str:
    """What all of them begin with."""
    first, last = min(margins, default=""), max(margins, default="")
    same = next((at for at, char in enumerate(first) if last[at : at + 1] != char), len(first))
    return first[:same]


def one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def alert(kind: str, title: str, inner: str) -> str:
    """`> [!NOTE]`, with a title as its first paragraph; empty where nothing is in it."""
    parts = [f"**{one_line(title)}**"] if title.strip() else []
    parts += [inner] if inner.strip() else []
    if not parts:
        return ""
    name = _ALERT_OF.get(kind.lower(), "NOTE")
    return quoted("\n".join([f"[!{name}]", "\n\n".join(parts)]))


def details(title: str, inner: str, *, is_open: bool = False) -> str:
    head = "<details open>" if is_open else "<details>"
    middle = f"\n\n{inner}" if inner.strip() else ""
    return f"{head}\n<summary>{one_line(title) or '…'}</summary>{middle}\n\n</details>"


def tab(label: str, inner: str) -> str:
    name = one_line(label).replace('"', "'") or "…"
    return f'=== "{name}"\n\n{indented(inner)}' if inner.strip() else f"**{name}**"


def fence(code: str, info: str = "") -> str:
    """Code between fences that nothing in it closes."""
    mark = "`" * max(3, 1 + _longest(code))
    return f"{mark}{info.strip()}\n{code}\n{mark}"


def code_span(code: str) -> str:
    text = one_line(code)
    if not text:
        return ""
    mark = "`" * (1 + _longest(text))
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{gap}{text}{gap}{mark}"


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def link(text: str, target: str, title: str = "") -> str:
    """A link; `text` is Markdown already. Without a target, the text alone."""
    label = one_line(text)
    if not target.strip():
        return label
    if not label and target.startswith(("https://", "http://")) and _PLAIN.fullmatch(target):
        return f"<{target}>"
    label = label or target
    return f"[{label}]({address(target)}{_title(title)})"


def picture(alt: str, target: str, title: str = "") -> str:
    if not target.strip():
        return one_line(alt)
    plain = one_line(alt).replace("[", "\\[").replace("]", "\\]")
    return f"![{plain}]({address(target)}{_title(title)})"


def _title(title: str) -> str:
    text = one_line(title).replace('"', "'")
    return f' "{text}"' if text else ""


_PLAIN = re.compile(r"[^\s()<>\x00-\x1f]++")


def address(target: str) -> str:
    """A target as it stands between the brackets of a link."""
    text = one_line(target)
    if _PLAIN.fullmatch(text):
        return text
    return f"<{text.replace('<', '%3C').replace('>', '%3E')}>"


def table(rows: Sequence[Sequence[str]], *, has_head: bool = True) -> str:
    """A table of Markdown cells; a row that is too short is filled up."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    head, body = (rows[0], rows[1:]) if has_head else ([""] * width, rows)
    lines = [_row(head, width), _row(["---"] * width, width)]
    return "\n".join([*lines, *(_row(row, width) for row in body)])


def _row(cells: Iterable[str], width: int) -> str:
    filled = [*map(_cell, cells)]
    return f"| {' | '.join([*filled, *[''] * (width - len(filled))])} |"


def _cell(text: str) -> str:
    pieces = [piece.strip() for piece in text.strip().split("\n")]
    return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(piece for piece in pieces if piece))
