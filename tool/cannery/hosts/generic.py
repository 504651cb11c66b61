"""What most hosts do: the defaults of `Host`, and all that is known of a host of no kind."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.proposal import Proposal


def request_form(repo: RemoteRepo, proposal: Proposal, main: str, owner: str) -> str:
    """The address where a person opens the request; `owner` is a fork's, else empty."""
    branch, target = quote(proposal.branch, safe=""), quote(main, safe="")
    head = f"{quote(owner)}:{branch}" if owner else branch
    return f"{repo.web}/compare/{target}...{head}"


def issue_form(repo: RemoteRepo, title: str, text: str) -> str:
    """The address where a person opens an issue."""
    return f"{repo.web}/issues/new?title={quote(title, safe='')}&body={quote(text, safe='')}"


def edit_page(repo: RemoteRepo, branch: str) -> str:
    """The address where a person edits a file: with `{path}` in the place of its path."""
    return f"{repo.web}/edit/{quote(branch)}/{{path}}"


def history_page(repo: RemoteRepo, branch: str) -> str:
    """The address of what has happened to a file: with `{path}` in the place of its path."""
    return f"{repo.web}/commits/{quote(branch)}/{{path}}"


def push_options(_: Proposal, __: str) -> Sequence[str]:
    """What a push of a proposal to a main branch asks of a host that opens requests itself."""
    return ()


def one_line(text: str) -> str:
    """A text as a push option, which is one line."""
    return text.replace("\n", "\\n")


def open_request(_: RemoteRepo, __: Proposal, ___: str, ____: str) -> str:
    """Open the request by the host's API; its address, empty if that can't be done."""
    return ""


def open_issue(_: RemoteRepo, __: str, ___: str, ____: Sequence[str]) -> str:
    """Open an issue by the host's API: title, text, labels. Its address, empty as above."""
    return ""


def find_issue(_: RemoteRepo, __: str, ___: str) -> str:
    """The open issue of a title and a label, which some hosts look for: its address, or empty."""
    return ""


def fork(_: RemoteRepo) -> str:
    """The address of the user's own fork, made now or before; empty as above."""
    return ""


def missing_token(_: RemoteRepo) -> str:
    """What to tell a user who has a token, but none for this host; else empty."""
    return ""
