"""What importing another tool's folder would bring, and what it leaves, as lines and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cannery.cli import output
from cannery.cli.adoption import survey_data
from cannery.model.adoption import Import
from cannery.model.loss import Loss

_REASONS = 8  # that are shown; all losses are in the report


def show_import(planned: Import) -> None:
    output.say("")
    if not planned.files:
        output.say("There is nothing new to import.")
    else:
        verb = "move" if planned.moved else "copy"
        pages = ", ".join(f"{name} {count:,}" for name, count in sorted(planned.pages.items()))
        section = f"articles/{planned.section}"
        pictures = output.counted(
            planned.linked_files, "image or other file", "images or other files"
        )
        output.say(f"Plan: {verb} and convert the pages to {section} ({pages}), with {pictures}.")
    if planned.unchanged:
        output.say(f"  {output.counted(planned.unchanged, 'file')} as before")
    _show_losses(planned.losses)
    if planned.report:
        output.say(f"  All of them are listed in {planned.report}.")
    for step in planned.steps:
        output.say(f"  To do: {step}")


def _show_losses(losses: tuple[Loss, ...]) -> None:
    """The most frequent reasons, each with one of its losses."""
    if not losses:
        return
    output.say(f"  {output.counted(len(losses), 'loss', 'losses')}:")
    rows = _by_reason(losses)
    for why, count, loss in rows[:_REASONS]:
        where = f"{loss.path}:{loss.line}" if loss.line else loss.path
        output.say(f"  {count:>6,}  {why}, such as {loss.what} in {where}")
    if len(rows) > _REASONS:
        output.say(f"          and {len(rows) - _REASONS} more reasons")


def _by_reason(losses: Iterable[Loss]) -> list[tuple[str, int, Loss]]:
    """The reasons, each with its number of losses and one of them, the most frequent first."""
    examples: dict[str, Loss] = {}
    counts = Counter(examples.setdefault(loss.why, loss).why for loss in losses)
    return [(why, count, examples[why]) for why, count in counts.most_common()]


def import_data(planned: Import) -> dict[str, object]:
    return {
        **survey_data(planned.survey),
        "section": f"articles/{planned.section}",
        "files": sorted(planned.files),
        "moved": sorted(planned.moved),
        "files_copied": planned.linked_files,
        "unchanged": planned.unchanged,
        "report": planned.report,
        "losses": [loss._asdict() for loss in planned.losses],
        "steps": [*planned.steps],
    }
