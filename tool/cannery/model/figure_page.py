"""A page of figures, as a site shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SECTION = "insight"
"""The site's folder of pages of figures."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A page in a language.

    `path` is below the section, such as `by-language/ja`; empty for the section's first page.
    `summary` is a sentence. `values` are what the template shows: plain data. `body` is Markdown
    of our own or the team's, in which a paragraph that is a name of `figures` in `values` stands
    for that figure. `above` are the paths and titles of the pages above it. `files` are others
    beside it, by name. `source` is the path of a team's file, which links in `body` are seen from.
    """

    path: str
    language: str
    title: str
    summary: str
    values: Mapping[str, Any]
    body: str = ""
    above: Sequence[tuple[str, str]] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    source: str = ""
