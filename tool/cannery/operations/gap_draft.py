"""The draft of an answer to a gap."""

from __future__ import annotations

from cannery.content.files import scan
from cannery.content.library import catalogue
from cannery.model.event import Listener, ignore
from cannery.operations.draft import Draft
from cannery.operations.insight_gaps import Gap, gap
from cannery.workspace import Workspace

_RELATED = 3

# Strangers' words: nothing ends the comment, and nothing of it is a template.
_HARMLESS = str.maketrans("<>{}", "‹›()")


def draft_from_gap(
    workspace: Workspace, number: int, draft: Draft, listener: Listener = ignore
) -> Draft:
    """The draft with a gap's title, unless it has one, and what is known of the gap.

    Its language is that of the gap, unless the draft has one. Raises CanneryError for a number
    that no gap has.
    """
    found = gap(workspace, number, listener)
    default = workspace.settings.default_language
    language = draft.language or ("" if found.language == default else found.language)
    header: dict[str, object] = {}
    if found.samples:
        header["keywords"] = [*found.samples]
    if related := _related(workspace, found):
        header["related"] = related
    return draft._replace(
        title=draft.title or _title(found.title),
        body=f"...\n\n{_comment(found)}",
        header={**header, **draft.header},
        language=language,
    )


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _related(workspace: Workspace, found: Gap) -> list[str]:
    known = catalogue(workspace, scan(workspace))
    return [fit.entry for fit in found.nearest if fit.entry in known][:_RELATED]


def _comment(found: Gap) -> str:
    """What was asked, for who writes the answer: a comment never reaches a site."""
    where = ", ".join(f"{source} {count}" for source, count in found.sources.items())
    lines = (f"- {text}" for text in (found.title, *found.samples))
    asked = "\n".join(lines).replace("--", "–").translate(_HARMLESS)
    return f"<!-- Asked for {found.times} times ({where}), for example:\n{asked}\n-->"
