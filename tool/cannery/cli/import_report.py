"""What an import does with each reply, and what is lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.operations.import_replies import State

if TYPE_CHECKING:
    from cannery.model.loss import Loss
    from cannery.operations.import_plan import Decisions, ImportPlan
    from cannery.operations.import_replies import Candidate, Survey

_LINK = "a link in it gives access to anyone who has it"
_MERGED = "merged"
_WIDTH = 9  # columns of the longest state


def show(found: Survey, planned: ImportPlan) -> None:
    """One line for each reply, then one for each loss."""
    for state, candidate, detail in _rows(found, planned):
        line = f"{state:{_WIDTH}}  {detail}"
        origin = _origin(candidate)
        output.say(f"{line}  ({origin})")
    losses = [*planned.notes, *found.losses]
    if losses:
        output.say("")
        output.say(f"Not taken over as it was: {len(losses)}")
        for line in loss_lines(losses):
            output.say(f"  {line}")


def _rows(found: Survey, planned: ImportPlan) -> Iterator[tuple[str, Candidate, str]]:
    """Each candidate with what becomes of it, and its path or the reason for none."""
    paths = {one.numbers[0]: one.path for one in planned.files}
    merged = {number: one.path for one in planned.files for number in one.numbers[1:]}
    for number, one in enumerate(found.candidates):
        name = one.reply.title or one.reply.origin.record
        if number in paths:
            yield State.NEW.value, one, f"{paths[number]}  {name}"
        elif number in merged:
            yield _MERGED, one, f"{merged[number]}  {name}"
        elif number in planned.refused:
            yield State.REFUSED.value, one, f"{name}: {_LINK}"
        elif one.state is State.NEW:
            yield "left out", one, f"{name}: {_similar(found, number)}"
        else:
            yield one.state.value, one, f"{name}: {one.why}"


def _similar(found: Survey, number: int) -> str:
    return next((f"similar to {one.macro}" for one in found.alike if one.number == number), "")


def _origin(one: Candidate) -> str:
    origin = one.reply.origin
    place = f"{origin.path}:{origin.line}" if origin.line else origin.path
    return f"{place} {origin.record}".strip()


def loss_lines(losses: Iterable[Loss]) -> Iterator[str]:
    """The same loss at many places is one line."""
    first: dict[tuple[str, str], Loss] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for loss in losses:
        key = (loss.what, loss.why)
        first.setdefault(key, loss)
        counts[key] += 1
    for key, loss in first.items():
        place = f"{loss.path}:{loss.line}" if loss.line else loss.path
        more = f" (and {counts[key] - 1} more)" if counts[key] > 1 else ""
        yield f"{place}: {loss.what}: {loss.why}{more}"


def as_data(found: Survey, planned: ImportPlan, decisions: Decisions) -> dict[str, object]:
    paths = {number: one.path for one in planned.files for number in one.numbers}
    texts = {one.numbers[0]: one.text for one in planned.files}
    rows = enumerate(_rows(found, planned))
    return {
        "replies": [
            {
                "title": one.reply.title,
                "language": one.reply.language,
                "state": state,
                "path": paths.get(number, ""),
                "reason": "" if number in paths else detail,
                "from": one.reply.origin._asdict(),
                "fields": [field.name for field in one.reply.fields],
                "text": texts.get(number, ""),
            }
            for number, (state, one, detail) in rows
        ],
        "similar": [one._asdict() for one in found.alike],
        "personal": [
            {
                "label": part.label,
                "value": part.value[1],
                "replies": [*part.replies],
                "field": part.value in decisions.personal,
            }
            for part in found.personal
        ],
        "losses": [loss._asdict() for loss in (*planned.notes, *found.losses)],
    }
