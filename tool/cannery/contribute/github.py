"""GitHub's API: pull requests and issues, with the token of whoever is signed in.

The calls are those that GitHub describes for the version 2022-11-28.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from cannery.contribute.command import RemoteError
from cannery.contribute.forge import Place, place
from cannery.contribute.notes import Proposal
from cannery.contribute.repo import GitError

_SECONDS = 30.0
_ISSUE = re.compile(r"^(?P<repository>https?://[^/]+/[^/]+/[^/]+)/issues/(?P<number>\d+)")


def open_pull(where: Place, proposal: Proposal, main: str, owner: str) -> str:
    """The address of the pull request, opened now or before; empty where nobody is signed in."""
    token = _token(where)
    if not token:
        return ""
    head = f"{owner or where.path.split('/')[0]}:{proposal.branch}"
    known = _github(where, token, f"pulls?head={quote(head)}&state=open")
    if isinstance(known, list) and known:
        return str(known[0]["html_url"])
    asked = {"title": proposal.title, "head": head, "base": main, "body": proposal.body}
    return str(_github(where, token, "pulls", asked)["html_url"])


def open_issue(where: Place, title: str, text: str, labels: list[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in."""
    token = _token(where)
    if not token:
        return ""
    asked = {"title": title, "body": text, "labels": labels}
    return str(_github(where, token, "issues", asked)["html_url"])


def fork(where: Place) -> str:
    """The address of the user's own fork, made now or before; empty where nobody is signed in."""
    token = _token(where)
    return str(_github(where, token, "forks", {})["clone_url"]) if token else ""


class Issue(NamedTuple):
    """An issue, and what was said to it, the oldest first."""

    url: str
    title: str
    text: str
    answers: tuple[str, ...]


def read_issue(address: str) -> Issue:
    """The issue at an address. Raises GitError for one that is none, or can't be read."""
    found = _ISSUE.match(address)
    where = place(found["repository"]) if found else None
    if found is None or where is None:
        hint = "As in https://github.com/team/kb/issues/7."
        raise GitError(f"{address} is no issue's address", hint)
    token = _token(where)
    number = found["number"]
    issue = _github(where, token, f"issues/{number}")
    comments = _github(where, token, f"issues/{number}/comments?per_page=100")
    answers = tuple(str(comment.get("body") or "") for comment in comments)
    return Issue(address, str(issue["title"]), str(issue.get("body") or ""), answers)


def _token(where: Place) -> str:
    """A token from the environment, else of the `gh` that is signed in."""
    for name in ("GH_TOKEN", "GITHUB_TOKEN"):
        if token := os.environ.get(name, "").strip():
            return token
    if shutil.which("gh") is None:
        return ""
    command = ["gh", "auth", "token", "--hostname", where.host]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    return done.stdout.strip() if done.returncode == 0 else ""


def _api(where: Place) -> str:
    told = os.environ.get("GITHUB_API_URL", "").rstrip("/")
    if told:
        return told
    return (
        "https://api.github.com" if where.host == "github.com" else f"https://{where.host}/api/v3"
    )


def _github(where: Place, token: str, what: str, data: Any = None) -> Any:  # noqa: ANN401 - JSON
    request = Request(  # noqa: S310 - the address is the host's own, or what the user has set
        f"{_api(where)}/repos/{where.path}/{what}",
        data=json.dumps(data).encode() if data is not None else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
            **({"Authorization": f"Bearer {token}"} if token else {}),
        },
    )
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - likewise
            return json.loads(answer.read())
    except HTTPError as error:
        with error:
            raise GitError(*_said(error.code, error.read())) from error
    except (URLError, TimeoutError, ValueError) as error:
        raise RemoteError(f"{where.host} has no answer: {error}", "Run it again.") from error


def _said(code: int, raw: bytes) -> tuple[str, str]:
    try:
        answer = json.loads(raw)
        errors = [str(item.get("message", item)) for item in answer.get("errors", [])]
        told = "; ".join([str(answer["message"]), *errors])
    except (ValueError, KeyError, AttributeError, TypeError):
        told = raw[:200].decode("utf-8", "replace")
    hint = "What was pushed is there; run it again, or do it by hand."
    if code in (401, 403, 404):
        hint = "Does your token allow it here? What was pushed is there."
    return f"GitHub refuses ({code}): {told}", hint
