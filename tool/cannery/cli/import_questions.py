"""Ask what of an import becomes a field, and which of two replies that say the same is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.operations.import_plan import Decisions
from cannery.util.text import fold_name

if TYPE_CHECKING:
    from cannery.operations.import_personal import PersonalPart, Value
    from cannery.operations.import_replies import Lookalike, Survey

_ANSWERS = {"は": "y", "い": "n"}  # はい, いいえ
_SHOWN = 100  # letters of a line


def decide(found: Survey, *, asks: bool) -> Decisions:
    """What a person decides. Where nobody is asked, each value becomes a field but the desk's own.

    Then nothing is left out: of two replies that only look alike both may be needed. All of it is
    told. ^C and ^D raise typer.Abort.
    """
    merged = _merged(found, asks=asks)
    return Decisions(_fields(found, asks=asks), merged)


def _merged(found: Survey, *, asks: bool) -> set[int]:
    """The numbers of the lookalikes to be left out."""
    merged: set[int] = set()
    answer = ""
    for count, one in enumerate(found.alike, start=1):
        _show_alike(found, one, f"{count} of {len(found.alike)}" if asks else "")
        if not asks:
            continue
        if answer not in {"a", "d"}:
            what = "Leave it out" if one.macro else "Merge it into that one"
            answer = _answer(f"  {what}?", default="n")
        if answer in {"y", "a"}:
            merged.add(one.number)
    return merged


def _show_alike(found: Survey, one: Lookalike, place: str) -> None:
    this, other = (
        found.candidates[number].reply if number is not None else None
        for number in (one.number, one.other)
    )
    if this is None:
        return
    known = f"{one.macro}" if other is None else f"{other.title or other.origin.path}"
    lead = f"{place}: " if place else ""
    output.note(f"{lead}{this.title or this.origin.path} is {one.share:.0%} similar to {known}")


def _fields(found: Survey, *, asks: bool) -> set[Value]:
    """The values that become fields; those that may not stay are among them, whatever is said."""
    accepted: set[Value] = set()
    answer = "" if asks else "a"
    for count, part in enumerate(found.personal, start=1):
        _show_part(part, f"{count} of {len(found.personal)}" if asks else "")
        if asks and answer not in {"a", "d"} and not part.is_secret:
            answer = _answer("  Make this a field?", default="n" if part.is_own else "y")
        is_accepted = answer == "y" or (answer == "a" and not part.is_own)
        if part.is_secret or is_accepted:
            accepted.add(part.value)
    return accepted


def _show_part(part: PersonalPart, place: str) -> None:
    """What a value would become; of one that many replies have, that it is left as it is."""
    lead = f"{place}: " if place else ""
    where = output.counted(len(part.replies), "reply", "replies")
    output.note(f"{lead}{part.label} in {where}: {part.value[1]}")
    if part.is_own:
        output.note("  So many have it that it is taken for yours, and stays.")
    else:
        output.note(f"  {_short(part.before)}")
        output.tell("  ", output.style(f"→ {_short(part.after)}", fg="green"))
    if part.is_secret:
        output.note("  This link gives access to anyone who has it, so it must become a field.")


def _short(line: str) -> str:
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _answer(question: str, default: str) -> str:
    choices = "[Y]es, [n]o" if default == "y" else "[y]es, [N]o"
    while True:
        typed = output.prompt(f"{question} {choices}, [a]ll remaining, [d]one", default)
        word = fold_name(typed)[:1]
        word = _ANSWERS.get(word, word)
        if word in {"y", "n", "a", "d"}:
            return word
