"""Words -> hits, from an index that has caught up with the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cannery.model.event import Listener, Remark, ignore
from cannery.model.hit import Hit, Query

if TYPE_CHECKING:
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import Workspace


class SearchResult(NamedTuple):
    """Hits, best first; if there are none, words of titles that look like what was asked for.

    `as_words`: nothing answers what was typed as phrases, exclusions and filters; these answer the
    words. `unknown_tags` are those of the query's own that no entry has, and `tags` what there are.
    """

    hits: list[Hit]
    suggestions: tuple[str, ...] = ()
    as_words: bool = False
    unknown_tags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def find(workspace: Workspace, query: Query, listener: Listener = ignore) -> SearchResult:
    """Search the files as they are now: the index is brought up to date first."""
    from cannery.search.scan_child import ScanChild

    scan_child = ScanChild(workspace)
    from cannery.operations.knowledge_base import KnowledgeBase  # while the child scans the files
    from cannery.util.trust import distrust

    with KnowledgeBase(workspace) as knowledge_base:
        if knowledge_base.temporary and not distrust(str(workspace.cache)):  # else a notice says so
            text = f"{workspace.cache} can't be written: using a temporary index for this search."
            listener(Remark(text))
        state, result = knowledge_base.state, search(knowledge_base, query)
        is_behind = knowledge_base.update(listener, scan_child.report())
        has_read = not query.typing and knowledge_base.read_meaning(listener)
        if (
            is_behind or has_read or knowledge_base.state != state
        ):  # another process may have updated it
            result = search(knowledge_base, query)
        if knowledge_base.rebuilt:
            listener(Remark("The index was damaged and has been rebuilt."))
        return result


def search(knowledge_base: KnowledgeBase, query: Query) -> SearchResult:
    """What an open knowledge base answers, without a look at the files."""
    hits, as_words = knowledge_base.answer(query)
    if hits:
        return SearchResult(list(hits), (), as_words)
    from cannery.util.text import fold  # the index has them folded

    tags = knowledge_base.tags() if query.tags else ()
    unknown = tuple(tag for tag in query.tags if fold(tag) not in tags)
    return SearchResult([], knowledge_base.suggest(query.words), as_words, unknown, tags)
