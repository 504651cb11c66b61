"""Templates and renderings as values: the text, what it may see, what it may spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import liquid
from cannery.content.marks import Url
from cannery.liquid.limits import MAX_STEPS, RenderBudget
from cannery.model.entry import Part


def _no_articles(_: str) -> Url:
    raise ValueError("no articles found")


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text, and where it stands: `line` is the 1-based line of its first line."""

    text: str
    path: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a template sees besides its values.

    `optional` names the values that may be empty; `article_url` turns an id into an address and
    raises ValueError where it must not. `max_steps` is what the template may cost.
    """

    language: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    article_url: Callable[[str], Url] = _no_articles
    max_steps: int = MAX_STEPS


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering: what it may see and spend.

    `parts` holds the texts that it may call, by name; `bound` those that it has called so far.
    """

    budget: RenderBudget
    parts: Mapping[str, str] = field(default_factory=dict)
    article_url: Callable[[str], Url] = _no_articles
    bound: dict[str, liquid.BoundTemplate] = field(default_factory=dict)
