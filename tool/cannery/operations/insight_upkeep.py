"""Pages on the state of the knowledge base, beside those of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannery.insight.pages.upkeep import Sought, gaps_page, health_page
from cannery.model.event import Listener, ignore
from cannery.model.figure_page import FigurePage
from cannery.operations.health import health
from cannery.operations.insight_gaps import Gap, gaps
from cannery.workspace import Workspace


def upkeep_pages(
    workspace: Workspace, languages: Sequence[str], listener: Listener = ignore
) -> Iterator[FigurePage]:
    """The sections' health, and what is sought in vain, in each language."""
    state = health(workspace, listener=listener)
    sought = [_sought(each) for each in gaps(workspace, listener=listener).gaps]
    for language in languages:
        yield health_page(state.sections, state.day, language)
        yield gaps_page(sought, language)


def _sought(gap: Gap) -> Sought:
    nearest = gap.nearest[0].title if gap.nearest else ""
    return Sought(gap.title, gap.times, gap.trend.before, gap.trend.after, nearest)
