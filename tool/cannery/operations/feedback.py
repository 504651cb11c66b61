"""What readers of the site have said: kept where `kb serve` runs, and told by `kb readers`.

Of who sent it there is nothing but the time.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from cannery.model.feedback import Comment, Feedback, Miss, Vote, feedback_from
from cannery.util import dated_lines, trust
from cannery.util.plain import printable
from cannery.util.tidy import FEEDBACK
from cannery.workspace import Workspace

_KINDS = {Vote: "vote", Comment: "comment", Miss: "miss"}


class Said(NamedTuple):
    """What was sent at `time` (seconds). `is_masked`: what is personal in a search is masked."""

    time: float
    feedback: Feedback
    is_masked: bool = False


@dataclass
class PageFeedback:
    """How often a page helped in a language, how often not, and what was said to it."""

    page: str
    language: str
    helped: int = 0
    did_not: int = 0
    comments: list[str] = field(default_factory=list)


class Summary(NamedTuple):
    """By page, those first that helped least; and searches in vain, the most frequent first."""

    pages: list[PageFeedback]
    misses: list[tuple[Miss, int]]


def keep(workspace: Workspace, feedback: Feedback) -> None:
    """Write down what was sent, a search with its words masked. Raises OSError."""
    if isinstance(feedback, Miss):
        from cannery.operations.search_words import masked_words

        words = masked_words(feedback.query) if workspace.settings.insight.searches else ""
        if not words:
            return
        feedback = Miss(words, feedback.language)
    trust.make(workspace.state)
    row = {name: _clean(value) for name, value in asdict(feedback).items()}
    kind: dict[str, object] = {"time": time.time(), "kind": _KINDS[type(feedback)]}
    if isinstance(feedback, Miss):
        kind["masked"] = True
    if "is_helpful" in row:
        row["helpful"] = row.pop("is_helpful")
    dated_lines.append(_file(workspace), {**kind, **row})


def kept(workspace: Workspace) -> Iterator[Said]:
    """What was sent, the oldest first. Raises OSError where it can't be read."""
    with contextlib.suppress(FileNotFoundError):
        for row in dated_lines.rows(_file(workspace)):
            with contextlib.suppress(ValueError):  # of another version
                yield Said(_time(row), feedback_from(row), row.get("masked") is True)


def summary(workspace: Workspace) -> Summary:
    """What is kept, counted. Raises OSError."""
    pages: dict[tuple[str, str], PageFeedback] = {}
    misses: Counter[Miss] = Counter()
    for _, item, _ in kept(workspace):
        if isinstance(item, Miss):
            misses[item] += 1
            continue
        page = pages.setdefault((item.page, item.language), PageFeedback(item.page, item.language))
        if isinstance(item, Comment):
            page.comments.append(item.text)
        elif item.is_helpful:
            page.helped += 1
        else:
            page.did_not += 1
    by_need = sorted(pages.values(), key=lambda page: (page.helped - page.did_not, page.page))
    return Summary(by_need, misses.most_common())


def _clean(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


def _time(row: Mapping[str, object]) -> float:
    at = row.get("time")
    return float(at) if isinstance(at, int | float) else 0.0


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / FEEDBACK
