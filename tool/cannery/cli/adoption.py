"""What `kb adopt` found, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cannery.cli import output
from cannery.model.adoption import InPlace, Survey

_KEYS = 12  # that are named; the others are counted
_LOSSES = 5


def show_survey(found: Survey, *, is_converted: bool = False) -> None:
    """What was found; what a site would show raw, unless the pages are converted."""
    layout = found.layout
    output.say(f"{found.label}: {output.counted(found.pages, 'page')} in {found.root}")
    _line("Found by", found.evidence)
    _line("Folders", layout.articles)
    _line("Languages", (f"{name} ({count:,})" for name, count in found.languages.items()))
    keys = [f"{use.key} ({use.files:,})" for use in found.keys]
    _line("Front matter", _first(keys))
    _line("Images", [f"{found.pictures:,}"] if found.pictures else [])
    _line("Outside", (f"{name} ({count:,})" for name, count in found.outside.items()))
    if found.left_out:
        files = output.counted(found.left_out, "file")
        output.say(f"Ignored: {files} in these folders, no pages of {found.label}")
    _line("May also be", found.others)
    for use in () if is_converted else found.constructs:
        worst = ", ".join(use.worst)
        output.say(f"Not supported: {use.times:,} {use.what} in {use.files:,} files ({worst})")
    for loss in found.losses[:_LOSSES]:
        output.say(f"Left: {loss.path}: {loss.what}: {loss.why}")
    if len(found.losses) > _LOSSES:
        output.say(f"Left: {len(found.losses) - _LOSSES:,} more")


def _line(label: str, words: Iterable[str]) -> None:
    if text := ", ".join(words):
        output.say(f"{label}: {text}")


def show_plan(planned: InPlace) -> None:
    """The plan, with what is left for a person."""
    output.say("")
    if planned.news is not None:
        for line in planned.news:
            output.say(f"New for kb/kb.toml: {line}")
        if not planned.news:
            output.say("It is a knowledge base already; there is nothing to do.")
        return
    output.say("Plan: the files stay where they are, and keep their own build.")
    for file in planned.files:
        output.say(f"  {'keep ' if file.exists else 'write'} {file.path}")
    audience = planned.audience
    output.say(f"  Articles that don't say whom they are for are {audience}.")
    _line("  Read as keys of kb", (f"{name} -> {key}" for name, key in planned.names.items()))
    _line("  Left to their own tool", _first(planned.own))
    for step in planned.steps:
        output.say(f"  To do: {step}")


def _first(words: Sequence[str]) -> list[str]:
    more = [f"and {len(words) - _KEYS} more"] if len(words) > _KEYS else []
    return [*words[:_KEYS], *more]


def plan_data(planned: InPlace) -> dict[str, object]:
    """The plan as JSON has it: the survey, and files by their paths with their texts."""
    return {
        **survey_data(planned.survey),
        "audience": planned.audience,
        "own": [*planned.own],
        "names": dict(planned.names),
        "files": [
            {"path": file.path, "exists": file.exists, "text": file.data.decode()}
            for file in planned.files
        ],
        "steps": [*planned.steps],
        "news": None if planned.news is None else [*planned.news],
    }


def survey_data(found: Survey) -> dict[str, object]:
    return {
        "root": str(found.root),
        "kind": found.kind,
        "label": found.label,
        "evidence": [*found.evidence],
        "others": [*found.others],
        "pages": found.pages,
        "outside": dict(found.outside),
        "left_out": found.left_out,
        "layout": found.layout._asdict(),
        "languages": dict(found.languages),
        "keys": [use._asdict() for use in found.keys],
        "images": found.pictures,
        "unsupported": [use._asdict() for use in found.constructs],
        "losses": [loss._asdict() for loss in found.losses],
    }
