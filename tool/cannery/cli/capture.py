"""Ask what of a captured reply becomes a field, and whether it is needed at all."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import typer

from cannery.cli import output
from cannery.util.text import fold_name

if TYPE_CHECKING:
    from cannery.capture.personal_span import PersonalSpan
    from cannery.model.event import Listener
    from cannery.operations.capture import CapturedText
    from cannery.operations.draft import Draft
    from cannery.workspace import Workspace

_ANSWERS = {"は": "y", "い": "n"}  # はい, いいえ
_SHOWN = 3  # lines of one proposal
_BESIDE = 8  # columns of a line that are not the reply's


class CaptureOptions(NamedTuple):
    """Where the reply is: a file's name, `-` or `clipboard`.

    `accept` asks nothing; `keep` keeps a copy of the reply until the draft is written; with
    `sees_language` the draft gets the language of the reply.
    """

    source: str
    accept: bool
    keep: bool
    sees_language: bool


def captured(
    workspace: Workspace, draft: Draft, options: CaptureOptions, listener: Listener
) -> tuple[Draft, CapturedText]:
    """The draft that a reply makes, and the reply.

    Raises typer.Exit after another entry was improved instead.
    """
    from cannery.operations import capture

    reply = capture.CapturedText(capture.read_reply(options.source, sys.stdin))
    if options.keep:
        reply = capture.keep_copy(workspace, reply.text, listener)
    asks = not options.accept and sys.stderr.isatty() and sys.stdin.isatty()
    _offer_duplicates(workspace, reply, listener, asks=asks)
    spans = _choose(reply.text, capture.personal_spans(workspace, reply.text), asks=asks)
    if options.sees_language:
        draft = draft._replace(language=capture.language_of_reply(workspace, reply.text))
    keeps_lines = workspace.settings.keeps_lines
    return capture.fill_draft(draft, reply.text, spans, keeps_lines=keeps_lines), reply


def _offer_duplicates(
    workspace: Workspace, reply: CapturedText, listener: Listener, *, asks: bool
) -> None:
    """Show what says much the same already; its author may improve that one instead."""
    from cannery.operations.capture import likely_duplicates

    duplicates = likely_duplicates(workspace, reply.text, listener)
    for item in duplicates:
        output.note(f"{item.shared:.0%} similar to {item.at.id}: {item.title}")
    if not (asks and duplicates):
        return
    at = duplicates[0].at
    if output.confirm(f"Edit {at.id} instead?", default=False):
        from cannery.cli.commands.edit import edit_file

        if reply.copy:
            output.note(f"The captured text is in {reply.copy}.")
        raise typer.Exit(0 if edit_file(workspace, at) else 1)


def _choose(text: str, spans: Sequence[PersonalSpan], *, asks: bool) -> tuple[PersonalSpan, ...]:
    """The spans that are accepted, each shown in its line; all where nobody is asked.

    What may not stay is accepted, whatever is answered. ^C and ^D raise typer.Abort.
    """
    from cannery.operations.capture import proposals

    accepted: list[PersonalSpan] = []
    answer = "" if asks else "a"
    groups = proposals(spans)
    for number, group in enumerate(groups, start=1):
        is_secret = group[0].placeholder.is_secret
        if answer == "d" and not is_secret:
            continue
        _show(text, group, f"{number} of {len(groups)}")
        if answer not in {"a", "d"}:
            answer = _answer(is_secret=is_secret)
        if is_secret or answer in {"y", "a"}:
            accepted += group
    return tuple(sorted(accepted))


def _show(text: str, group: Sequence[PersonalSpan], place: str) -> None:
    """The lines that a proposal changes, with what changes marked."""
    from cannery.operations.capture import change_in_line

    times = f", {len(group)} times" if len(group) > 1 else ""
    output.note(f"{place}: {group[0].placeholder.label}{times}")
    width = shutil.get_terminal_size().columns - _BESIDE
    for span in group[:_SHOWN]:
        change = change_in_line(text, span, width)
        output.tell(
            f"  {change.before}[",
            output.style(change.old, fg="red"), " → ", output.style(change.new, fg="green"),
            f"]{change.after}",
        )  # fmt: skip
    if len(group) > _SHOWN:
        output.note(f"  and {len(group) - _SHOWN} more")
    if group[0].placeholder.is_secret:
        output.note("  This link gives access to anyone who has it, so it must become a field.")


def _answer(*, is_secret: bool) -> str:
    what = "[Y]es" if is_secret else "[Y]es, [n]o"
    while True:
        word = fold_name(
            output.prompt(f"  Make this a field? {what}, [a]ll remaining, [d]one", "y")
        )[:1]
        word = _ANSWERS.get(word, word)
        if word in {"y", "a", "d"} or (word == "n" and not is_secret):
            return word
