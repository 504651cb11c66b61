"""What entries lack that no single file shows: languages, and readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from shlex import join
from typing import TYPE_CHECKING

from cannery.git.outdated import last_changes
from cannery.git.repository import GitError
from cannery.insight.health import ToDo
from cannery.insight.knowledge.uses import reaches_back
from cannery.operations.entry_usage import Usage

if TYPE_CHECKING:
    from cannery.operations.health import Looked


def missing(looked: Looked) -> Iterator[ToDo]:
    """Languages in which an entry is not, as far as the team writes in them.

    Those that kb.toml names, or that any entry has: two are usual where it names none.
    """
    whole = looked.result.whole
    settings = whole.workspace.settings
    written = {item.at.language for item in whole.entries}
    is_named = "languages" in settings.keys
    wanted = [name for name in settings.languages if is_named or name in written]
    for id_, files in looked.entries.items():
        there = {item.at.language for item in whole.ids[id_]}
        for language in wanted:
            if language not in there:
                command = join(["kb", "edit", id_, "--lang", language, "--translate"])
                why = f"no {language} version"
                yield ToDo("missing_languages", id_, files[0].at.path, why, command)


def reach(usage: Usage, today: date, days: int) -> date | None:
    """The day so many days ago; None if what is known of uses doesn't reach back to it."""
    since = today - timedelta(days=min(days, today.toordinal() - 1))
    if usage.since is None:
        return None
    known = (today - datetime.fromtimestamp(usage.since, UTC).date()).days
    return since if reaches_back(known, days) else None


def unused(looked: Looked, usage: Usage, since: date) -> Iterator[ToDo]:
    """Entries without a known use since a day, and without a change.

    An article that a macro in use leads to is used with it.
    """
    whole = looked.result.whole
    at = datetime.combine(since, time_of_day(), UTC).timestamp()
    led_to: dict[str, bool] = {}
    for macro in whole.entries:
        for name, _ in macro.addresses:
            for id_ in whole.named(name):
                is_used = not usage.is_unused(macro.at.id, at)
                led_to[id_] = led_to.get(id_, False) or is_used
    changed = _changed(looked)
    for id_, files in looked.entries.items():
        days = [changed.get(item.at.path, date.max) for item in files]
        if max(days) >= since or led_to.get(id_) or not usage.is_unused(id_, at):
            continue
        why = f"no use known since {since}"
        command = ["kb", "edit" if id_ in led_to else "retire", id_]
        yield ToDo("unused", id_, files[0].at.path, why, join(command))


def _changed(looked: Looked) -> dict[str, date]:
    """The days of the last commits. What is not committed, or not known, has changed just now."""
    workspace = looked.result.whole.workspace
    try:
        return last_changes(workspace.root, workspace.cache)
    except GitError:  # the check has told the reason
        return {}
