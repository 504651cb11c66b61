"""GitHub's API: pull requests and issues, with the token of whoever is signed in.

The calls are those that GitHub describes for the version 2022-11-28. What a host answers is a
stranger's word: an address in it is used only if it is one of that host's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cannery.git.repository import GitError
from cannery.hosts.api import ask
from cannery.hosts.github_tokens import access
from cannery.hosts.issues import QUESTION, number_of_titled, post_issue, questions_in
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import Asking
from cannery.model.issue import Issue, OpenIssue
from cannery.model.proposal import Proposal
from cannery.util.address import web

_SIZE, _PAGES = 100, 50  # an issue has 2,500 comments at most
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")


def open_request(repo: RemoteRepo, proposal: Proposal, main: str, owner: str) -> str:
    """The address of the pull request, opened now or before; empty where nobody is signed in."""
    signed_in = access(_checked(repo))
    if not signed_in.token:
        return ""
    path = f"repos/{repo.path}/pulls"
    head = f"{owner or repo.path.split('/')[0]}:{proposal.branch}"
    requests = ask(signed_in, f"{path}?head={quote(head)}&state=open")
    if isinstance(requests, list) and requests:
        return _page(repo, requests[0])
    request = {"title": proposal.title, "head": head, "base": main, "body": proposal.body}
    return _page(repo, ask(signed_in, path, request))


def open_issue(repo: RemoteRepo, title: str, text: str, labels: Sequence[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in."""
    asking = _asking(repo, "open an issue")
    if not asking.access.token:
        return ""
    issue = {"title": title, "body": text, "labels": [*labels]}
    return _page(repo, post_issue(asking, f"repos/{repo.path}", issue))


def find_issue(repo: RemoteRepo, title: str, label: str) -> str:
    """The address of the open issue of a title and label; empty for none, or without a token."""
    asking = _asking(repo, "list the open issues")
    if not asking.access.token:
        return ""
    number = number_of_titled(asking, _open(asking, label), title, "number")
    return f"{repo.web}/issues/{number}" if number else ""


def open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    """The open issues that ask something. Raises GitError."""
    asking = _asking(repo, "list the open issues")._replace(is_public=True)
    return questions_in(asking, _open(asking, QUESTION), "number", f"{repo.web}/issues")


def _open(asking: Asking, label: str) -> Iterator[Mapping[str, Any]]:
    path = f"repos/{asking.repo.path}/issues?state=open&labels={quote(label, safe='')}"
    return asking.pages(path, _SIZE)


def fork(repo: RemoteRepo) -> str:
    """The address of the user's own fork, made now or before; empty where nobody is signed in."""
    asking = _asking(repo, f"fork {repo.path}")
    if not asking.access.token:
        return ""
    return _page(repo, asking(f"repos/{repo.path}/forks", {}), "clone_url")


def read_issue(repo: RemoteRepo, number: int) -> Issue:
    """An issue, with all that was said to it. Raises GitError."""
    asking = _asking(repo, f"read issue {number} of {repo.path}")._replace(is_public=True)
    path = f"repos/{repo.path}/issues/{number}"
    issue = asking(path)
    if not isinstance(issue, dict):
        raise _strange(repo)
    answers = tuple(_comments(asking, f"{path}/comments"))
    url = f"{repo.web}/issues/{number}"
    return Issue(url, str(issue.get("title") or ""), str(issue.get("body") or ""), answers)


def _comments(asking: Asking, path: str) -> Iterator[str]:
    """The texts of all comments, however many pages they take."""
    for number in range(1, _PAGES + 1):
        comments, has_next = asking.page(f"{path}?per_page={_SIZE}&page={number}")
        if not isinstance(comments, list):
            raise _strange(asking.repo)
        yield from (str(item.get("body") or "") for item in comments if isinstance(item, dict))
        if not has_next and len(comments) < _SIZE:
            return


def _asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(_checked(repo), access(repo), wish, "GH_TOKEN")


def _checked(repo: RemoteRepo) -> RemoteRepo:
    """The repository, if its path can be one here: it becomes a part of other addresses."""
    if _REPOSITORY.fullmatch(repo.path) and not {".", ".."} & {*repo.path.split("/")}:
        return repo
    raise GitError(
        f"{repo.web} is not the address of a repository", "Example: https://github.com/team/kb"
    )


def _page(repo: RemoteRepo, answer: Any, key: str = "html_url") -> str:  # noqa: ANN401 - JSON
    """An address that the host names, which must be one of its own."""
    named = web(str(answer.get(key))) if isinstance(answer, dict) else None
    if named is None:
        raise _strange(repo)
    if named.origin != (repo.scheme, repo.host):
        hint = "The branch was pushed. Check the address of the host."
        raise GitError(f"{repo.host} returned an address on {named.host}, which is not used", hint)
    return named.address


def _strange(repo: RemoteRepo) -> GitError:
    return GitError(f"unexpected response from {repo.host}", "Check that it is a GitHub host.")
