"""The last week in a few lines, for a chat or a mail."""

from __future__ import annotations

from datetime import date

from cannery.errors import ContentError
from cannery.insight.pages.digest import Wanted, digest
from cannery.insight.pages.weeks import complete_weeks
from cannery.insight.wording import LANGUAGES
from cannery.operations.entry import supported
from cannery.operations.insight import look
from cannery.workspace import Workspace


def digest_of(workspace: Workspace, language: str, since: date | None = None) -> str:
    """The last complete week beside the one before, or beside that of a day.

    Raises ContentError before there is such a week, UsageError for a language without words.
    """
    supported(language, LANGUAGES)
    report = look(workspace)
    weeks = complete_weeks(report)
    if not weeks:
        hint = "A week is complete once its tickets have had their days."
        raise ContentError("no week is complete yet", hint)
    other = f"{since.isocalendar().year}-W{since.isocalendar().week:02}" if since else ""
    if other >= weeks[0]:
        raise ContentError(f"{other} is not before {weeks[0]}", "Choose an earlier day.")
    return digest(report, Wanted(weeks[0], language, other, workspace.settings.insight.address))
