"""What the user ought to know besides a result, from rooms that know no terminal.

Notices belong to a context (`contextvars`): each request of a server that runs in a context of its
own has its own. Whoever shows things asks for them when the result is out.
"""

from __future__ import annotations

from contextvars import ContextVar

_notices: ContextVar[dict[str, None] | None] = ContextVar("notices", default=None)


def begin() -> None:
    """Start collecting notices in this context and in copies of it, such as those of threads.

    Without it each of those has its own notices.
    """
    _of_context()


def add(text: str) -> None:
    """Add a line to show to the user; repeated lines are shown once."""
    _of_context()[text] = None


def taken() -> list[str]:
    """What was added in this context since this was last asked."""
    notices = _of_context()
    texts = [*notices]
    notices.clear()
    return texts


def _of_context() -> dict[str, None]:
    notices = _notices.get()
    if notices is None:
        notices = {}
        _notices.set(notices)
    return notices
