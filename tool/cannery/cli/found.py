"""A search of the command line, whoever has read its options: asked, shown, and told if in vain.

Without Typer, which takes a search a tenth of its time: words alone need none to read them. What
shows the hits is imported after a child has begun to look at the files.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cannery.errors import UsageError
from cannery.model.hit import Query
from cannery.util.seen import shows_nothing

if TYPE_CHECKING:
    from cannery.model.event import Event, Listener
    from cannery.operations.find import SearchResult
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import Workspace

_MAX_TAGS = 20
_NOTHING_FOUND = 1  # an exit code
_FLAGS = {"--json": "json", "--as-you-type": "typing", "--explain": "explain"}


class Asked(NamedTuple):
    """What was asked for, but for the language to prefer, which is a setting of the user's."""

    query: Query
    json: bool = False


def plain(arguments: Sequence[str]) -> Asked | None:
    """What arguments mean that are words, and options without a value; None with any others."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    flags = {_FLAGS.get(argument, "") for argument in arguments if argument.startswith("-")}
    if not words or "" in flags:
        return None
    query = Query(" ".join(words), typing="typing" in flags, explain="explain" in flags)
    return Asked(query, "json" in flags)


def show_found(asked: Asked, resident: KnowledgeBase | None = None) -> int:
    """Search and show the hits; the exit code. `resident` is open already, and up to date."""
    from cannery.operations import find as operation
    from cannery.workspace import open_workspace

    if shows_nothing(asked.query.words):
        raise UsageError("no words to search for", "Example: kb find refund")
    workspace = resident.workspace if resident else open_workspace(Path.cwd(), to_read=True)
    query = asked.query._replace(prefer=workspace.user.language)
    if resident:
        result = operation.search(resident, query)
    else:
        with ExitStack() as bars:
            result = operation.find(workspace, query, _listener(bars))
    _show(result, as_json=asked.json)
    if workspace.user.helper and not resident:
        _start_helper()
    if not result.hits:
        _tell_nothing(query.words, result, workspace)
        if query == Query(query.words, prefer=query.prefer, explain=query.explain):
            from cannery.operations.search_log import FIND, keep_beside, lost

            sys.stdout.flush()  # the answer first
            keep_beside(workspace, [lost(FIND, query.words)])
    return 0 if result.hits else _NOTHING_FOUND


def _listener(bars: ExitStack) -> Listener:
    """Shows what it is told, which is nothing as a rule."""
    listeners: list[Listener] = []

    def listener(event: Event) -> None:
        if not listeners:
            from cannery.cli.progress import shown

            listeners.append(bars.enter_context(shown()))
        listeners[0](event)

    return listener


def _show(result: SearchResult, *, as_json: bool) -> None:
    from cannery.cli import output
    from cannery.cli.listing import hits_as_json, hits_as_text

    if result.as_words:
        output.note("nothing matches the quotes, exclusions or filters as typed: taken as words")
    (hits_as_json if as_json else hits_as_text)(result.hits)


def _start_helper() -> None:
    from cannery.operations.helper import launch

    sys.stdout.flush()  # the hits first
    launch()


def _tell_nothing(words: str, result: SearchResult, workspace: Workspace) -> None:
    from cannery.cli import output
    from cannery.content.files import left_unread

    near = " or ".join(result.suggestions)
    hint = f"Did you mean {near}?" if near else "Try other words, or fewer."
    if result.unknown_tags:
        hint = f"No entry has the tag {', '.join(result.unknown_tags)}. {_tags(result.tags)}"
    output.error(f"no results for {words}", left_unread(workspace) or hint)


def _tags(tags: tuple[str, ...]) -> str:
    shown = ", ".join(tags[:_MAX_TAGS]) + (" ..." if len(tags) > _MAX_TAGS else "")
    return f"Tags: {shown or 'none yet'}."
