"""A stranger's text within a template of ours, such that nothing in it is one."""

from __future__ import annotations

import re

_MARK = re.compile(r"\{\{|\{%|\}\}|%\}")
_BEGIN = re.compile(r"\{\{|\{%")


def shown(text: str) -> str:
    """The text as a template that shows it."""
    return _BEGIN.sub(_told, text)


def _told(mark: re.Match[str]) -> str:
    """The mark as text. Our Liquid refuses a text with many `{%` that nothing closes."""
    return "{{ '{' }}%" if mark[0] == "{%" else f"{{{{ '{mark[0]}' }}}}"


def followed(template: str, piece: str) -> str:
    """A template with a piece behind it: a brace that would begin the piece too soon is text."""
    if not (template.endswith("{") and piece.startswith("{")):
        return template + piece
    before = template.rstrip("{")
    return before + "{{ '{' }}" * (len(template) - len(before)) + piece


def quoted(text: str) -> str:
    """The text between quotes that Liquid reads; what would end them becomes a curly one."""
    text = _MARK.sub(lambda mark: " ".join(mark[0]), text)
    sign = '"' if "'" in text else "'"
    return f"{sign}{text.replace(sign, '”')}{sign}"
