"""Ask what of a captured reply becomes a field, and whether it is needed at all."""

from __future__ import annotations

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


class CaptureOptions(NamedTuple):
    """Where the reply is: a file's name, `-` or `clipboard`.

    `accept` asks nothing; `keep` keeps a copy of the reply until the draft is written.
    """

    source: str
    accept: bool
    keep: bool


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
    return capture.fill_draft(draft, reply.text, spans), reply


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
    """The spans that are accepted, each shown before and after; all where nobody is asked.

    ^C and ^D raise typer.Abort.
    """
    from cannery.operations.capture import replacement

    accepted: list[PersonalSpan] = []
    takes_all = not asks
    for number, span in enumerate(spans, start=1):
        before, after = replacement(text, span)
        output.note(f"{number} of {len(spans)}: {span.placeholder.label}")
        output.tell(output.style(f"  - {before}", fg="red"))
        output.tell(output.style(f"  + {after}", fg="green"))
        answer = "a" if takes_all else _answer()
        if answer == "d":
            break
        takes_all = answer == "a"
        if answer != "n":
            accepted.append(span)
    return tuple(accepted)


def _answer() -> str:
    while True:
        question = "  Make this a field? [Y]es, [n]o, [a]ll remaining, [d]one"
        word = fold_name(output.prompt(question, "y"))[:1]
        word = _ANSWERS.get(word, word)
        if word in {"y", "n", "a", "d"}:
            return word
