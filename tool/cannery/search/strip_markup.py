"""Markdown and Liquid -> the words that a reader sees, for the index and for snippets."""

from __future__ import annotations

import re

from cannery.util.charrefs import unescape
from cannery.util.plain import printable

_FENCES = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
# None of these looks back or ahead without bound: a stranger's page has five megabytes to try.
_LIQUID = re.compile(r"\{%[^{%]*%\}")
_OUTPUT = re.compile(r"\{\{-?\s*+([\w.]++)[^{}]*+\}\}")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--[^<>]*-->")
_FOREIGN = re.compile(r"[^\W\x00-\x7f]+")
_LINE_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+)", re.MULTILINE)
# What a box, a tab or an alert begins with, which its title follows; tasks, footnotes, ids.
_BOXES = re.compile(
    r"^[ \t>]{0,50}(?:(?:!!!|\?\?\?\+?)[ \t]+[\w \t-]{0,80}+(?=\"|\n\s{4})"
    r"|===[!+]{0,2}[ \t]+(?=\")|\[![A-Za-z]{1,20}\])",
    re.MULTILINE,
)
_SIGNS = re.compile(
    r"^\[[ xX]\][ \t]|\[\^[^\]\s]{1,200}\]:?|\{:?[ \t]?#[\w.:-]{1,200}[ \t]?\}", re.MULTILINE
)
_RULES = re.compile(r"^[-=*_|: \t]{3,}$", re.MULTILINE)
_INLINE_MARKS = re.compile(r"\*\*|__|~~|`|\\$|(?<!\w)[*_]|[*_](?!\w)", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+)$", re.MULTILINE)


def headings(body: str) -> str:
    return "\n".join(_SIGNS.sub("", match[1]) for match in _HEADING.finditer(body))


def strip_markup(body: str) -> str:
    """The body without its marks: an approximation, a hundred times faster than a parser."""
    text = _FENCES.sub("", printable(body))
    text = _LIQUID.sub(_words_in, text)
    text = _OUTPUT.sub(r"{\1}", text)
    text = _LINK.sub(_label, text)
    text = _TAG.sub(_words_in, text)
    text = _RULES.sub("", text).replace("|", " ")
    text = _BOXES.sub("", text)
    text = _SIGNS.sub("", _LINE_MARKS.sub("", text))
    return unescape(_INLINE_MARKS.sub("", text))


def _label(link: re.Match[str]) -> str:
    label, rest = link[1], link[0][link.end(1) - link.start() :]
    return label if rest.isascii() else f"{label} {' '.join(_FOREIGN.findall(rest))}"


def _words_in(mark: re.Match[str]) -> str:
    """What a reader may see of a tag: a label or a title, which in code would be English."""
    return " " if mark[0].isascii() else f" {' '.join(_FOREIGN.findall(mark[0]))} "
