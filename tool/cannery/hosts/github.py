"""GitHub's API: pull requests and issues, with the token of whoever is signed in.

The calls are those that GitHub describes for the version 2022-11-28. What a host answers is a
stranger's word: an address in it is used only if it is one of that host's.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import quote

from cannery.git.repository import GitError
from cannery.hosts.addresses import Place, place
from cannery.hosts.api import ask
from cannery.hosts.tokens import access
from cannery.model.proposal import Proposal
from cannery.util.address import web

_ISSUE = re.compile(r"(?P<repository>https?://[^\s?#]+)/issues/(?P<number>\d{1,18})(?:[/?#]\S*)?")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")


def open_pull(where: Place, proposal: Proposal, main: str, owner: str) -> str:
    """The address of the pull request, opened now or before; empty where nobody is signed in."""
    how = access(_known(where))
    if not how.token:
        return ""
    head = f"{owner or where.path.split('/')[0]}:{proposal.branch}"
    known = ask(where, how, f"pulls?head={quote(head)}&state=open")
    if isinstance(known, list) and known:
        return _page(where, known[0])
    asked = {"title": proposal.title, "head": head, "base": main, "body": proposal.body}
    return _page(where, ask(where, how, "pulls", asked))


def open_issue(where: Place, title: str, text: str, labels: list[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in."""
    how = access(_known(where))
    if not how.token:
        return ""
    asked = {"title": title, "body": text, "labels": labels}
    return _page(where, ask(where, how, "issues", asked))


def fork(where: Place) -> str:
    """The address of the user's own fork, made now or before; empty where nobody is signed in."""
    how = access(_known(where))
    if not how.token:
        return ""
    return _page(where, ask(where, how, "forks", {}), "clone_url")


class Issue(NamedTuple):
    """An issue, and what was said to it, the oldest first."""

    url: str
    title: str
    text: str
    answers: tuple[str, ...]


def read_issue(address: str) -> Issue:
    """The issue at an address. Raises GitError for one that is none, or can't be read."""
    found = _ISSUE.fullmatch(address)
    where = place(found["repository"]) if found else None
    if found is None or where is None or not _REPOSITORY.fullmatch(where.path):
        hint = "As in https://github.com/team/kb/issues/7."
        raise GitError(f"{address} is no issue's address", hint)
    how = access(_known(where))
    number = found["number"]
    issue = ask(where, how, f"issues/{number}")
    comments = ask(where, how, f"issues/{number}/comments?per_page=100")
    if not isinstance(issue, dict) or not isinstance(comments, list):
        raise _strange(where)
    answers = tuple(
        str(comment.get("body") or "") for comment in comments if isinstance(comment, dict)
    )
    url = f"{where.web}/issues/{number}"
    return Issue(url, str(issue.get("title") or ""), str(issue.get("body") or ""), answers)


def _known(where: Place) -> Place:
    """The place, if its path is a repository's: it becomes a part of other addresses."""
    if _REPOSITORY.fullmatch(where.path) and not {".", ".."} & {*where.path.split("/")}:
        return where
    raise GitError(f"{where.web} is no repository's address", "As in https://github.com/team/kb.")


def _page(where: Place, answer: Any, key: str = "html_url") -> str:  # noqa: ANN401 - JSON
    """An address that the host names, which must be one of its own."""
    named = web(str(answer.get(key))) if isinstance(answer, dict) else None
    if named is None:
        raise _strange(where)
    if named.origin != (where.scheme, where.host):
        hint = "What was pushed is there. Ask whose host it is."
        raise GitError(f"{where.host} names an address on {named.host}: not used", hint)
    return named.address


def _strange(where: Place) -> GitError:
    return GitError(f"{where.host} answers what GitHub would not", "Is it a GitHub host?")
