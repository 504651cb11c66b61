"""Markdown on a terminal: read by our parser, drawn by Rich."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cannery.util.raised import raised

if TYPE_CHECKING:
    from rich.markdown import Markdown

_BOXES = ("box", "alert")
_TITLES = ("box_title", "alert_title", "tab_title")
_ENDS = ("open", "close")
# What Rich draws, for what it does not know.
_INSTEAD = {
    **{f"{box}_{end}": f"blockquote_{end}" for box in _BOXES for end in _ENDS},
    **{f"{title}_{end}": f"paragraph_{end}" for title in _TITLES for end in _ENDS},
    "footnote_block_open": "hr",
}
_UNSEEN = (
    *(f"{name}_{end}" for name in ("tab", "footnote") for end in _ENDS),
    *("footnote_block_close", "footnote_anchor"),
)
_BOLD = {"kbd_open": "strong_open", "kbd_close": "strong_close"}


def drawn(tokens: Iterable[Any], lead: Callable[[str], str] = str) -> Markdown:
    """What Rich draws of a text that is read: its own parser is another one than the reply's.

    `lead` says what to show for a link's address; nothing for words alone.
    """
    from rich.markdown import Markdown

    markdown = Markdown("", hyperlinks=False)
    markdown.parsed = [*_known(_led(token, lead) for token in tokens)]
    return markdown


def _led(token: Any, lead: Callable[[str], str]) -> Any:  # noqa: ANN401 - as below
    """The token with each link leading where it is said."""
    if lead is str or not token.children:
        return token
    children: list[Any] = []
    within = False  # of a link that leads nowhere
    for child in token.children:
        if child.type == "link_open":
            address = lead(str(child.attrs["href"]))
            within = not address
            children += [] if within else [replace(child, attrs={**child.attrs, "href": address})]
        elif not (within and child.type == "link_close"):
            children.append(child)
    return replace(token, children=children)


def _known(tokens: Iterable[Any]) -> Iterator[Any]:
    """The tokens as those that Rich draws: a box as a quote, tabs one below the other."""
    sign, before = "", ""
    for token in tokens:
        kind = _INSTEAD.get(token.type, token.type)
        if kind == "inline":
            bold = before.removesuffix("_open") in _TITLES
            yield replace(token, children=[*_inline(token.children or [], sign, bold=bold)])
            sign = ""
        elif kind == "hr":
            yield replace(token, type=kind, tag="hr", nesting=0)
        elif kind not in _UNSEEN:
            yield replace(token, type=kind)
        before = token.type
        sign = _sign(token) or sign


def _sign(token: Any) -> str:  # noqa: ANN401 - a token of the parser, which has its own room
    """What the next words begin with: a task's box, a footnote's number."""
    if token.type == "footnote_open":
        return f"[{token.meta['id'] + 1}] "
    if token.type == "list_item_open" and "checked" in token.meta:
        return "\u2611 " if token.meta["checked"] else "\u2610 "
    return ""


def _inline(children: Sequence[Any], sign: str, *, bold: bool) -> Iterator[Any]:
    """The words of a block with a sign before them; all of them in bold for a title."""
    if not children:
        return
    text = replace(children[0], type="text", tag="", nesting=0, attrs={}, children=None)
    if sign:
        yield replace(text, content=sign)
    if bold:
        yield replace(text, type="strong_open", tag="strong", nesting=1, content="")
    within = ""
    for child in children:
        if child.type in ("sub_open", "sup_open", "sub_close", "sup_close"):
            within = child.tag if child.nesting > 0 else ""
        elif child.type == "footnote_ref":
            yield replace(text, content=f"[{child.meta['id'] + 1}]")
        elif child.type in _BOLD:
            yield replace(child, type=_BOLD[child.type], tag="strong")
        elif within and child.type == "text":
            yield replace(child, content=raised(child.content, within))
        else:
            yield child
    if bold:
        yield replace(text, type="strong_close", tag="strong", nesting=-1, content="")
