"""A Git-backed knowledge base and canned-response tool for support teams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cannery.base import KnowledgeBase

__version__ = "0.1.0"


def open(path: str | Path) -> KnowledgeBase:  # noqa: A001 - read as cannery.open
    """Open the knowledge base at or above a folder, to search it. Raises NoWorkspaceError."""
    from cannery.base import open_base

    return open_base(path)
