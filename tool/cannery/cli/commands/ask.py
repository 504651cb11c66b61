"""`kb ask`: a question that nothing answers yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.hosts.remote_repo import RemoteRepo
    from cannery.model.hit import Hit
    from cannery.workspace import Workspace

_SHOWN = 3  # hits that may answer it after all


def ask(
    question: Annotated[str, typer.Argument(help="As a customer asks it, without their name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> None:
    """Pass a question on that search does not answer.

    As an issue, or where there is no host as a draft to be filled. What search has found is
    shown first, and told to whoever answers.

    Example: kb ask "How long are build logs kept?"
    """
    from cannery.errors import UsageError
    from cannery.hosts.table import host_of
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import open_workspace

    question = one_line(question)
    if not question:
        raise UsageError("there is no question", 'As in kb ask "How long are logs kept?".')
    workspace = open_workspace(Path.cwd())
    with KnowledgeBase(workspace) as base:
        hits = base.search(question, limit=_SHOWN)
    if hits and not yes and sys.stdin.isatty():
        for hit in hits:
            output.note(f"{hit.title}  kb show {hit.at.id}")
        output.confirm("Does none of these answer it?", default=True, abort=True)
    text = _text(question, hits)
    where = _host(workspace)
    if where is None:
        from cannery.cli.draft import write_draft

        output.say(write_draft(workspace, "kb/articles/questions", question, text))
        output.note("A draft, since there is no host to ask on: fill it in, then `kb propose`.")
        return
    title = f"Question: {question}"
    host = host_of(where)
    url = host.open_issue(where, title, text, ["question"])
    if not url:
        if reason := host.missing_token(where):
            output.note(reason)
        output.note("Open the issue here:")
    output.say(url or host.issue_form(where, title, text))


def _text(question: str, hits: list[Hit]) -> str:
    found = "\n".join(f"- {hit.title} (`{hit.at.id}`)" for hit in hits)
    told = (
        f"Search found these, and no answer in them:\n\n{found}"
        if found
        else "Search found nothing."
    )
    return f"{question}\n\n{told}\n"


def _host(workspace: Workspace) -> RemoteRepo | None:
    """Where issues are; None in a folder, or with a remote that is none."""
    from cannery.git.clone import open_checkout
    from cannery.git.repository import GitError
    from cannery.hosts.addresses import team_repository

    try:
        return team_repository(open_checkout(workspace.root), workspace)
    except GitError as error:
        output.note(error.message)
        return None
