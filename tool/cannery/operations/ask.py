"""A question that nothing answers yet, and answers that came to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cannery.model.event import Listener, Remark, ignore
from cannery.model.location import Kind
from cannery.operations.draft import Draft, write_draft
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.hosts.remote_repo import RemoteRepo
    from cannery.model.hit import Hit
    from cannery.workspace import Workspace

_HITS = 3  # that may answer it after all
_SECTION = "questions"


class PassedOn(NamedTuple):
    """Where a question went: the address of an issue or of a form for one, or a draft's path."""

    address: str
    is_draft: bool


def possible_answers(workspace: Workspace, question: str) -> list[Hit]:
    """What a search finds for the question, best first."""
    from cannery.operations.knowledge_base import KnowledgeBase

    with KnowledgeBase(workspace) as knowledge_base:
        return knowledge_base.search(question, limit=_HITS)


def pass_on(
    workspace: Workspace, question: str, hits: Sequence[Hit], listener: Listener = ignore
) -> PassedOn:
    """Open an issue for the question; without a host, write a draft for the answer.

    `hits` are what did not answer it, and whoever answers is told so.
    """
    from cannery.operations.ask_log import keep_asked

    passed_on, issue = _passed_on(workspace, question, hits, listener)
    keep_asked(workspace, question, issue, is_draft=passed_on.is_draft)
    return passed_on


def _passed_on(
    workspace: Workspace, question: str, hits: Sequence[Hit], listener: Listener
) -> tuple[PassedOn, str]:
    """Where it went; and the address of the issue, or the path, that the question is known by."""
    from cannery.hosts.table import host_of

    text = _text(question, hits)
    repository = issue_tracker(workspace, listener)
    if repository is None:
        draft = Draft(Kind.ARTICLE, question, _SECTION, text)
        path = write_draft(workspace, draft, listener)
        return PassedOn(path, is_draft=True), path
    title = f"Question: {question}"
    host = host_of(repository)
    url = host.open_issue(repository, title, text, ["question"])
    if not url:
        if reason := host.missing_token(repository):
            listener(Remark(reason))
        listener(Remark("Open the issue here:"))
    return PassedOn(url or host.issue_form(repository, title, text), is_draft=False), url


def _text(question: str, hits: Sequence[Hit]) -> str:
    titles = "\n".join(f"- {hit.title} (`{hit.at.id}`)" for hit in hits)
    results = (
        f"These search results did not answer it:\n\n{titles}"
        if titles
        else "Search found no results."
    )
    return f"{question}\n\n{results}\n"


def issue_tracker(workspace: Workspace, listener: Listener) -> RemoteRepo | None:
    """The repository whose issues are asked in; None in a folder, or if its remote is no host."""
    from cannery.git.clone import open_checkout
    from cannery.git.repository import GitError
    from cannery.hosts.addresses import team_repository

    try:
        return team_repository(open_checkout(workspace.root), workspace)
    except GitError as error:
        listener(Remark(f"No issue tracker: {error.message}."))
        return None


def draft_from_issue(workspace: Workspace, url: str, draft: Draft) -> Draft:
    """The draft with an issue's question and answers, and its title unless the draft has one.

    Raises CanneryError if the issue can't be read.
    """
    from cannery.capture.thanks import is_thanks
    from cannery.hosts.issue_address import issue_at

    issue = issue_at(url, issue_tracker(workspace, ignore))
    answers = (text for text in issue.answers if not is_thanks(text))
    texts = (text.strip() for text in (issue.text, *answers))
    body = "\n\n".join([*(text for text in texts if text), f"Source: {issue.url}"])
    question = issue.title.removeprefix("Question: ").removeprefix("質問: ")
    title = draft.title or one_line(question)
    section = draft.section.strip("/") or _SECTION
    return draft._replace(title=title, section=section, body=body)
