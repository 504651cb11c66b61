"""What `kb adopt` found, as lines."""

from __future__ import annotations

from collections.abc import Iterable

from cannery.cli import output
from cannery.model.adoption import Survey

_KEYS = 12  # that are named; the others are counted
_LOSSES = 5


def show_survey(found: Survey) -> None:
    layout = found.layout
    output.say(f"{found.label}: {output.counted(found.pages, 'page')} in {found.root}")
    _line("Found by", found.evidence)
    _line("Folders", layout.articles)
    _line("Languages", (f"{name} ({count:,})" for name, count in found.languages.items()))
    keys = [f"{use.key} ({use.files:,})" for use in found.keys]
    more = [f"and {len(keys) - _KEYS} more"] if len(keys) > _KEYS else []
    _line("Front matter", keys[:_KEYS] + more)
    _line("Pictures", [f"{found.pictures:,}"] if found.pictures else [])
    _line("Outside", (f"{name} ({count:,})" for name, count in found.outside.items()))
    _line("May also be", found.others)
    for use in found.constructs:
        worst = ", ".join(use.worst)
        output.say(f"Not supported: {use.times:,} {use.what} in {use.files:,} files ({worst})")
    for loss in found.losses[:_LOSSES]:
        output.say(f"Left: {loss.path}: {loss.what}: {loss.why}")
    if len(found.losses) > _LOSSES:
        output.say(f"Left: {len(found.losses) - _LOSSES:,} more")


def _line(label: str, words: Iterable[str]) -> None:
    if text := ", ".join(words):
        output.say(f"{label}: {text}")
