"""A Git-backed knowledge base and canned-response tool for support teams."""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from pathlib import Path

    from cannery.operations.knowledge_base import KnowledgeBase

__version__ = "0.1.0"


def open(path: str | Path) -> KnowledgeBase:  # noqa: A001 - read as cannery.open
    """Open the knowledge base at or above a folder, to search it.

    Raises NoWorkspaceError. Close it, or use it in a `with`:

    with cannery.open("support-kb") as kb:
        for hit in kb.search("返金", kind="macro", limit=5):
            print(hit.at.id, hit.title, hit.at.path)
    """
    from cannery.operations.knowledge_base import open_knowledge_base

    return open_knowledge_base(path)
