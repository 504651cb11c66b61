"""Rewrite every text that refers to an entry that is moved or retired."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.check.facts import ADDRESS, RENDER, Facts, Target, target_at, targets_of
from cannery.check.page import Page, line_at, with_lines
from cannery.check.whole import Whole
from cannery.content.files import ENDINGS
from cannery.content.rewrite_keys import rewrite_keys
from cannery.content.split import LINE_END
from cannery.model.location import Kind
from cannery.util.text import composed

_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,500})>?")
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)


@dataclass(frozen=True)
class Move:
    """New ids, paths and part names by old ones; empty if there is no successor."""

    ids: Mapping[str, str]
    paths: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False  # whether the files themselves stay where they are

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {composed(old): new for old, new in self.paths.items()}

    def new_path(self, path: str) -> str:
        """Where the file that a link names is after it; itself where it does not move.

        A link that names a page without its ending goes on to do so.
        """
        name = composed(path)
        if name in self._by_name or name.endswith(ENDINGS):
            return self._by_name.get(name, path)
        pages = (self._by_name.get(f"{name}{ending}") for ending in ENDINGS)
        new = next((page for page in pages if page is not None), None)
        return path if new is None else posixpath.splitext(new)[0]


class Rewritten(NamedTuple):
    """A rewritten text; `left` are the 1-based lines that a person has to edit."""

    text: str
    left: tuple[int, ...] = ()


def speakers(whole: Whole, move: Move) -> Iterator[str]:
    """The paths of files that move or may refer to what moves; parts are always included."""
    for path, item in whole.facts.items():
        if (
            path in move.paths
            or item.at.kind is Kind.PART
            or any(move.new_path(target.path) != target.path for target in item.targets)
            or {*item.related} & {*move.ids}
            or {*item.renders} & {*move.parts}
            or any(_meant(whole, move, name) is not None for name, _ in item.addresses)
        ):
            yield path


def address_users(whole: Whole, move: Move) -> list[tuple[Facts, int]]:
    """The macros and parts that use `article_url` on a moved article, each with the line."""
    return [
        (item, line)
        for item in whole.facts.values()
        for name, line in item.addresses
        if _meant(whole, move, name) is not None
    ]


def _meant(whole: Whole, move: Move, name: str) -> str | None:
    """The new id for a name; None if it does not resolve to one entry that moves."""
    meant = whole.named(name.strip().strip("/"))
    return move.ids.get(meant[0]) if len(meant) == 1 else None


def rewritten(page: Page, whole: Whole, move: Move) -> Rewritten:
    """Rewrite one page for the move."""
    text, left = _relinked(page, move)
    text = ADDRESS.sub(
        lambda match: match[0].replace(match[1], _meant(whole, move, match[1]) or match[1]), text
    )
    text = RENDER.sub(
        lambda match: match[0].replace(match[1], move.parts.get(match[1]) or match[1]), text
    )
    item = whole.facts.get(page.path)
    if item is not None and {*item.related} & {*move.ids}:
        related = [move.ids.get(id_, id_) for id_ in item.related]
        present = [id_ for id_ in dict.fromkeys(related) if id_ and id_ != item.at.id]
        text = rewrite_keys(text, {"related": present or None}, page.settings.front_matter)
    return Rewritten(text, tuple(left))


def _relinked(page: Page, move: Move) -> tuple[str, list[int]]:
    here = page.path if move.stays else (move.paths.get(page.path) or page.path)
    changed: dict[int, str] = {}
    left = []
    definitions = {*_definitions(page)}
    defined = {target.path for target in definitions}
    for target in {*targets_of(page), *definitions}:
        path = move.new_path(target.path)
        if path == target.path and here == page.path:
            continue
        line = changed.get(target.line) or line_at(page.source, target.line)
        after = _pointing(line, target, path, here) if path else _without(line, target)
        # A link by reference stands where it is defined: nothing is left to do where it is used.
        is_used_only = target.path in defined and target not in definitions
        is_same = after == line and _relative(target, path or "?", here) != target.written
        if is_same and not is_used_only:
            left.append(target.line)
        changed[target.line] = after
    return with_lines(page.source, changed), sorted({*left})


def _definitions(page: Page) -> Iterator[Target]:
    """The targets of reference definitions, with the lines of the definitions."""
    for number, line in enumerate(LINE_END.split(page.source), start=1):
        match = _DEFINITION.match(line)
        if match and (target := target_at(page, match[1], number)):
            yield target


def _relative(target: Target, to: str, here: str) -> str:
    before, mark, anchor = target.written.partition("#")
    if not before:
        return target.written  # a place on the page itself
    query = before.partition("?")[1:]
    path = quote(posixpath.relpath(to, posixpath.dirname(here)))
    return f"{path}{''.join(query)}{mark}{anchor}"


def _pointing(line: str, target: Target, to: str, here: str) -> str:
    new = _relative(target, to, here)
    for written in dict.fromkeys((target.written, unquote(target.written))):
        pattern = rf"(?P<before>\(|\]:[ \t]*)<?{re.escape(written)}>?(?=[\s)]|$)"
        line = re.sub(pattern, lambda match: match["before"] + new, line)
    return line


def _without(line: str, target: Target) -> str:
    """Replace links to the target by their text."""

    def words(match: re.Match[str]) -> str:
        is_it = target.written in match[0] or unquote(target.written) in match[0]
        return match[1] if is_it else match[0]

    return _LINK.sub(words, line)
