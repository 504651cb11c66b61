"""What is there already, so that one entry gets better instead of two being there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cannery.model.event import Listener, ignore

if TYPE_CHECKING:
    from cannery.search.similar import Similar
    from cannery.workspace import Workspace


def similar(
    workspace: Workspace, name: str, limit: int, listener: Listener = ignore
) -> tuple[Similar, ...]:
    """The entries most like the one of this name, best first. Raises NotFoundError for no such."""
    from cannery.content.library import load_entry
    from cannery.operations.entry import select

    entry = load_entry(workspace, select(workspace, name).at)
    text = f"{entry.header.title}\n\n{entry.body}"
    return similar_to_text(workspace, text, limit, listener, itself=entry.at.id)


def similar_to_text(
    workspace: Workspace, text: str, limit: int, listener: Listener = ignore, *, itself: str = ""
) -> tuple[Similar, ...]:
    """The entries most like a Markdown text, best first; `itself` is the id of an entry to skip."""
    from cannery.operations.knowledge_base import KnowledgeBase

    with KnowledgeBase(workspace) as knowledge_base:
        knowledge_base.update(listener)
        return knowledge_base.similar(text, itself=itself, limit=limit)
