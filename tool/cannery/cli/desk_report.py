"""What is shown of a desk: what a push and a pull would do, and what they did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.exchange.desks.compare import State
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.model.desk import Content
    from cannery.model.loss import Loss
    from cannery.operations.desk_plan import Plan, Step
    from cannery.operations.desk_pull import Pulled
    from cannery.operations.desk_push import Pushed
    from cannery.operations.desk_survey import Item
    from cannery.operations.desk_verify import Verdict

_MOST_LINES = 200  # of one difference that are shown
_NAMED = 5  # entries of one state
_QUIET = frozenset((State.SAME, State.STAYS, State.INACTIVE))


def show_steps(steps: Iterable[Step], *, in_short: bool = False) -> None:
    """Each step with what it changes, line by line, and what gets lost: in short, in numbers."""
    lost = Counter[str]()
    for step in steps:
        item = step.item
        name = step.new.id if step.new else item.name
        output.say(
            output.style(f"{step.act.value:<10}", bold=True), f" {name}  {one_line(item.title)}"
        )
        if other := _title_there(item):
            output.say(f"    there it is called: {one_line(other)}")
        if item.why:
            output.say(f"    {one_line(item.why)}")
        for line in _differences(step):
            output.say(f"    {line}")
        if in_short:
            lost.update({loss.why for loss in step.losses})
        else:
            _show_losses(step)
    for why, count in sorted(lost.items(), key=lambda pair: (-pair[1], pair[0]))[:_NAMED]:
        output.note(f"Lost in {output.counted(count, 'entry', 'entries')}: {one_line(why)}.")


def _title_there(item: Item) -> str:
    """The record's title where the entry has another: its line in the lock may name a wrong one."""
    there = item.record.title if item.record else ""
    return there if item.id and one_line(there) != one_line(item.title) else ""


def _differences(step: Step) -> Iterator[str]:
    """The lines of all that a step changes; a new record or entry is told by its name alone."""
    if step.act.value != "create":
        for change in step.parts:
            yield f"{one_line(change.part)}:"
            yield from _difference(_lines(change.before), _lines(change.after))
    for path, (before, after) in step.merge.files.items() if step.merge else ():
        yield f"{path}:" if after is not None else f"{path}: deleted"
        yield from _difference(_text(before), _text(after) if after is not None else [])
    for path in step.new.files if step.new else ():
        yield path
    for path in step.merge.beside if step.merge else ():
        yield f"{path}: what the desk has"


def _difference(before: list[str], after: list[str]) -> Iterator[str]:
    lines = islice(unified_diff(before, after, n=1, lineterm=""), 2, None)
    shown = [f"  {line}" for line in lines if not line.startswith("@@")]
    yield from shown[:_MOST_LINES]
    if len(shown) > _MOST_LINES:
        yield f"  ... and {len(shown) - _MOST_LINES} more lines"


def _lines(content: Content) -> list[str]:
    if isinstance(content, str):
        return content.split("\n")
    return [] if content is None else [json.dumps(content, ensure_ascii=False, default=str)]


def _text(raw: bytes | None) -> list[str]:
    return [] if raw is None else raw.decode("utf-8", "replace").splitlines()


def _show_losses(step: Step) -> None:
    for loss in step.losses:
        output.say(f"    lost: {_loss(loss)}")
    if step.asked:
        output.say(f"    asks for: {', '.join(map(one_line, step.asked))}")


def _loss(loss: Loss) -> str:
    return f"{one_line(loss.what)}: {one_line(loss.why)}" if loss.what else one_line(loss.why)


def show_left(items: Iterable[Item]) -> None:
    """What is left alone and why; what only stays where it is, is told in numbers."""
    quiet = Counter[str]()
    for item in items:
        if item.state in _QUIET:
            quiet[item.why or item.state.value] += 1
        else:
            why = f": {one_line(item.why)}" if item.why else ""
            output.say(f"{item.state.value:<10} {item.name}{why}")
    if quiet:
        told = ", ".join(f"{number} {one_line(why)}" for why, number in quiet.most_common(_NAMED))
        output.note(f"Left alone: {told}.")


def note_rest(steps: Sequence[Step], command: str, where: str) -> None:
    """What is to be done in the other direction."""
    if steps:
        changed = f"{output.counted(len(steps), 'entry', 'entries')} changed {where}"
        output.note(f"{changed}: run `{command}`, too.")


def show_status(plan: Plan) -> None:
    """How both stand to each other, in numbers, with the first entries of each state."""
    found = plan.survey
    same = f"{found.same} {'entry is' if found.same == 1 else 'entries are'} the same"
    output.say(f"{same} here and in {found.work.name}.")
    by_state = states(plan)
    for state, items in by_state.items():
        names = [item.name for item in items]
        more = len(names) - _NAMED
        listed = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        output.say(f"{len(names):>5} {state.value}: {listed}")
    used = sorted(found.usage.items(), key=lambda pair: -_most(pair[1].values()))[:_NAMED]
    told = [f"{id_} ({_counts(table)})" for id_, table in used if _most(table.values())]
    if told:
        output.note(f"Used most: {'; '.join(told)}.")


def _counts(table: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} in {period}" for period, count in table.items())


def _most(counts: Iterable[int]) -> int:
    return max(counts, default=0)


def states(plan: Plan) -> dict[State, list[Item]]:
    """All that is not the same, by its state, in the order of the states."""
    items = [*(step.item for step in (*plan.push, *plan.pull)), *plan.left]
    by_state = {state: [item for item in items if item.state is state] for state in State}
    return {state: found for state, found in by_state.items() if found}


def show_pushed(done: Sequence[Pushed]) -> None:
    """What became of each step of a push: those that were not done as errors."""
    for one in done:
        if not one.is_done:
            why = f": {one_line(one.why)}" if one.why else ""
            hint = one.hint if one.why else "Pull first, then push again."
            output.error(f"{one.id}: {one.how.value}{why}", one_line(hint))
        else:
            address = f"  {one_line(one.address)}" if one.address else ""
            output.say(f"{one.how.value:<11} {one.id}{address}")


def show_pulled(done: Sequence[Pulled]) -> None:
    """The places where both sides had changed the same; the steps were shown before."""
    from cannery.cli.hunks import places, show_hunks
    from cannery.git.clone import THEIRS

    for one in done:
        for path, hunks in one.conflicts.items():
            beside = path + THEIRS
            if beside in one.paths:
                hint = f"Copy what you need from {beside}, then delete that file."
            else:
                hint = "Delete yours, too, or push it again."
            output.error(f"{path}: you and the desk both changed: {places(hunks)}", hint)
            show_hunks(hunks, "desk's")


def pulled_data(one: Pulled) -> dict[str, object]:
    """What became of an entry as JSON."""
    conflicts = {path: [hunk._asdict() for hunk in hunks] for path, hunks in one.conflicts.items()}
    return {**one._asdict(), "conflicts": conflicts}


def plan_data(plan: Plan) -> dict[str, object]:
    """All of a plan as JSON."""
    return {
        "desk": plan.survey.work.name,
        "same": plan.survey.same,
        "push": [step_data(step) for step in plan.push],
        "pull": [step_data(step) for step in plan.pull],
        "left": [_item_data(item) for item in plan.left],
        "caution": plan.caution,
    }


def _item_data(item: Item) -> dict[str, object]:
    return {
        "entry": item.id,
        "record": item.record.id if item.record else item.agreed.record if item.agreed else "",
        "kind": item.kind.value,
        "title": item.title,
        "record_title": item.record.title if item.record else "",
        "state": item.state.value,
        "why": item.why,
        "address": item.record.address if item.record else "",
    }


def _decoded(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "replace")


def step_data(step: Step) -> dict[str, object]:
    """A step as JSON: parts of a record or files, before and after."""
    files = dict(step.merge.files) if step.merge else {}
    if step.new:
        files |= {path: (None, raw) for path, raw in step.new.files.items()}
    return {
        **_item_data(step.item),
        "act": step.act.value,
        "parts": [change._asdict() for change in step.parts],
        "files": [
            {"path": path, "before": _decoded(before), "after": _decoded(after)}
            for path, (before, after) in files.items()
        ],
        "lost": [{"what": loss.what, "why": loss.why} for loss in step.losses],
        "asked": [*step.asked],
    }


def status_data(plan: Plan) -> dict[str, object]:
    """The status as JSON."""
    found = plan.survey
    return {
        "desk": found.work.name,
        "same": found.same,
        "states": {
            state.value: [_item_data(item) for item in items]
            for state, items in states(plan).items()
        },
        "usage": {id_: dict(table) for id_, table in found.usage.items()},
    }


def show_verdicts(verdicts: Sequence[Verdict]) -> None:
    """The macros that a desk fills in otherwise, and how many are the same."""
    from cannery.exchange.desks.seen_lines import seen_lines

    for one in verdicts:
        if one.is_same:
            continue
        output.say(output.style(one.id, bold=True))
        if one.why:
            output.say(f"    {one_line(one.why)}")
        else:
            for line in _difference(seen_lines(one.ours), seen_lines(one.theirs)):
                output.say(f"    {line}")
    same = sum(one.is_same for one in verdicts)
    output.note(f"{same} of {len(verdicts)} macros are filled in the same way.")
