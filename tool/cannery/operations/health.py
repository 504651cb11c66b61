"""What a knowledge base needs: by section and by owner, each with the command that begins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.content.layout import is_front
from cannery.content.pieces import is_piece
from cannery.errors import UsageError
from cannery.insight.health import Card, Subject, ToDo, by_owner, by_section, urgent
from cannery.model.event import Listener, Remark, ignore
from cannery.model.location import Kind, Problem, Status
from cannery.operations import health_entries
from cannery.operations.check import CheckResult, check
from cannery.operations.check_links import known_dead
from cannery.operations.entry_names import entry_names
from cannery.operations.entry_usage import Usage, last_uses
from cannery.operations.health_problems import alike, faults
from cannery.util.text import fold_name
from cannery.workspace import Workspace

MONTH = 30  # days


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the published entries on a day.

    `elsewhere` is to do in files that are no published entries. `unused_since` is the day since
    when no use of an unused entry is known; None where uses are not known that far back.
    """

    day: date
    sections: Sequence[Card]
    owners: Sequence[Card]
    elsewhere: Sequence[ToDo]
    usage: Usage
    unused_since: date | None

    @property
    def todo(self) -> Sequence[ToDo]:
        """All there is to do for these sections, what weighs most first."""
        return urgent(item for card in self.sections for item in card.todo)


class Looked(NamedTuple):
    """A knowledge base that was checked.

    `entries` are the files of each published entry, by id, the original first.
    """

    result: CheckResult
    entries: dict[str, Sequence[Facts]]
    problems: Sequence[Problem]


def health(
    workspace: Workspace, section: str = "", months: int = 3, listener: Listener = ignore
) -> Health:
    """Look at all entries, or at those of a section; unused is what was so for some months.

    Raises UsageError for a section that there is not.
    """
    today = date.today()  # noqa: DTZ011 - the team's own day
    looked = look_over(workspace, listener)
    whole = looked.result.whole
    titles = [(id_, files[0].title) for id_, files in looked.entries.items()]
    usage = last_uses(workspace, entry_names(workspace, titles, whole.moved))
    unused_since = health_entries.reach(usage, today, months * MONTH)
    todo = [*faults(looked), *alike(looked, usage), *health_entries.missing(looked)]
    if unused_since:
        todo += health_entries.unused(looked, usage, unused_since)
    subjects = [
        Subject(id_, files[0].at.section, files[0].owner) for id_, files in looked.entries.items()
    ]
    chosen = _chosen(subjects, section)
    elsewhere = [] if section else [item for item in todo if item.entry not in looked.entries]
    sections, owners = by_section(chosen, todo), by_owner(chosen, todo)
    return Health(today, sections, owners, elsewhere, usage, unused_since)


def look_over(workspace: Workspace, listener: Listener = ignore) -> Looked:
    """Check the knowledge base, and sort its files by the published entries."""
    result = check(workspace, listener)
    if result.unseen:
        reason = result.unseen.reason
        listener(Remark(f"Can't tell whether translations are up to date: {reason}"))
        listener(Remark(result.unseen.hint))
    default = workspace.settings.default_language
    entries: dict[str, Sequence[Facts]] = {}
    for id_, files in sorted(result.whole.ids.items()):
        shown = [item for item in files if _is_shown(item)]
        if shown:
            entries[id_] = sorted(shown, key=lambda item: item.at.language != default)
    problems = (*result.problems, *result.known, *known_dead(result, listener))
    return Looked(result, entries, problems)


def _is_shown(item: Facts) -> bool:
    """Whether it is a published entry, or one whose front matter can't be read."""
    is_entry = item.at.kind is not Kind.PART and not is_front(item.at.path)
    return is_entry and not is_piece(item.at.path) and item.status in ("", Status.PUBLISHED)


def _chosen(subjects: Sequence[Subject], section: str) -> Sequence[Subject]:
    if not section:
        return subjects
    wanted = fold_name(section.strip("/"))
    chosen = [item for item in subjects if fold_name(item.section) == wanted]
    if not chosen:
        names = sorted({item.section for item in subjects if item.section})
        near = get_close_matches(section, names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Sections: {', '.join(names)}."
        raise UsageError(f"no section named {section}", hint)
    return chosen
