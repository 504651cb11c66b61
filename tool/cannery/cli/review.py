"""What `kb propose` asks before it sends, and what it shows of what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from cannery.cli import output
from cannery.model.proposal import Proposal
from cannery.operations.proposal_draft import Draft, worded
from cannery.operations.propose import Plan, ProposeQuery
from cannery.util.editor import edit_text
from cannery.util.seen import stripped


def reviewed(plan: Plan, query: ProposeQuery) -> Plan:
    """The plan with titles and texts as the user at the terminal wants them."""
    why = query.why or output.prompt("Reason for the change")
    drafts = [_edited(worded(draft, query.title, why)) for draft in plan.drafts]
    return plan._replace(drafts=drafts)


def _edited(draft: Draft) -> Draft:
    output.note(f"\n{draft.title}\n\n{draft.body}")
    question = "Press Enter to propose, e to edit, Ctrl+C to cancel"
    if output.prompt(question).strip() != "e":
        return draft
    title, _, body = edit_text(f"{draft.title}\n\n{draft.body}").strip().partition("\n")
    return draft._replace(title=stripped(title) or draft.title, body=f"{body.strip()}\n")


def show_drafts(plan: Plan) -> None:
    for draft in plan.drafts:
        output.say(f"{draft.title}\n\n{draft.body}")


def show_patch(target: Path) -> None:
    output.say(str(target))
    output.note("Email this file to the team; `git am` applies it.")


def show_finished(proposal: Proposal | None) -> None:
    """What was finished though there was nothing new to propose, if anything."""
    if proposal:
        output.say(_address(proposal))


def show_sent(proposals: Iterator[Proposal], *, json: bool = False) -> None:
    """Show each proposal when it is sent; exit 1 if one waits."""
    done = []
    for item in proposals:
        done.append(item)
        if item.is_sent and not json:
            output.say(_address(item))
    if not all(item.is_sent for item in done):
        raise typer.Exit(1)
    if json:
        output.as_json([item._asdict() for item in done])


def _address(proposal: Proposal) -> str:
    return proposal.url or f"Pushed {proposal.branch}."
