"""A pull request on the host at hand: GitHub, GitLab, Gitea, Forgejo, Bitbucket or another."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from cannery.contribute.checkout import Checkout
from cannery.contribute.command import RemoteError
from cannery.contribute.notes import Proposal
from cannery.contribute.repo import GitError

_SECONDS = 30.0
_SSH = re.compile(r"^(?:ssh://)?(?:[^@/]+@)?(?P<host>[^:/]+)(?::\d+/|[:/])(?P<path>.+)$")
_WEB = re.compile(r"^(?P<scheme>https?)://(?:[^@/]*@)?(?P<host>[^/]+)/(?P<path>.+)$")


class Place(NamedTuple):
    """A repository on a host: `kind` is github, gitlab, gitea, bitbucket or empty."""

    kind: str
    scheme: str
    host: str
    path: str

    @property
    def web(self) -> str:
        return f"{self.scheme}://{self.host}/{self.path}"


def place(address: str, kind: str = "") -> Place | None:
    """Where a remote's address leads, of the kind that was told or seems so; None for a folder."""
    web = _WEB.match(address)
    found = web or (None if address.startswith(("/", ".", "file:")) else _SSH.match(address))
    if found is None:
        return None
    host = found["host"].lower()
    path = found["path"].removesuffix("/").removesuffix(".git")
    return Place(kind or _kind(host), web["scheme"] if web else "https", host, path)


def _kind(host: str) -> str:
    for kind, names in (
        ("github", ("github",)),
        ("gitlab", ("gitlab", "salsa.debian.org")),
        ("gitea", ("gitea", "forgejo", "codeberg.org")),
        ("bitbucket", ("bitbucket",)),
    ):
        if any(name in host for name in names):
            return kind
    return ""


def push_options(where: Place | None, proposal: Proposal, main: str) -> list[str]:
    """What a push asks of a host that opens the request by itself: GitLab, Gitea, Forgejo."""
    told = proposal.body.replace("\n", "\\n")  # a push option is one line
    if where and where.kind == "gitea":
        return [f"topic={proposal.branch}", f"title={proposal.title}", f"description={told}"]
    if where is None or where.kind != "gitlab":
        return []
    return [
        "merge_request.create",
        f"merge_request.target={main}",
        f"merge_request.title={proposal.title}",
        f"merge_request.description={told}",
    ]


def opened(said: str) -> str:
    """The address of a request that the remote named in answer to a push."""
    found = re.search(r"https?://\S+/(?:merge_requests|pulls?|pull-requests)/\d+", said)
    return found[0] if found else ""


def form(where: Place, proposal: Proposal, main: str, owner: str) -> str:
    """The address where a person opens the request."""
    branch, target = quote(proposal.branch, safe=""), quote(main, safe="")
    if where.kind == "gitlab":
        return f"{where.web}/-/merge_requests/new?merge_request[source_branch]={branch}"
    if where.kind == "bitbucket":
        return f"{where.web}/pull-requests/new?source={branch}&dest={target}"
    head = f"{quote(owner)}:{branch}" if owner else branch
    query = f"?expand=1&title={quote(proposal.title)}" if where.kind == "github" else ""
    return f"{where.web}/compare/{target}...{head}{query}"


def open_on_github(where: Place, proposal: Proposal, main: str, owner: str) -> str:
    """The address of the pull request, opened now or before; empty where nobody is signed in."""
    token = _token(where)
    if not token:
        return ""
    head = f"{owner or where.path.split('/')[0]}:{proposal.branch}"
    known = _github(where, token, f"pulls?head={quote(head)}&state=open")
    if isinstance(known, list) and known:
        return str(known[0]["html_url"])
    asked = {"title": proposal.title, "head": head, "base": main, "body": proposal.body}
    made = _github(where, token, "pulls", asked)
    return str(made["html_url"]) if isinstance(made, dict) else ""


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


def _github(
    where: Place, token: str, what: str, data: dict[str, str] | None = None
) -> list[dict[str, object]] | dict[str, object]:
    request = Request(  # noqa: S310 - the address is the host's own, or what the user has set
        f"{_api(where)}/repos/{where.path}/{what}",
        data=json.dumps(data).encode() if data else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - likewise
            found: list[dict[str, object]] | dict[str, object] = json.loads(answer.read())
            return found
    except HTTPError as error:
        with error:
            raise GitError(*_said(error.code, error.read())) from error
    except (URLError, TimeoutError, ValueError) as error:
        raise RemoteError(
            f"{where.host} has no answer: {error}", "The branch is there; run it again."
        ) from error


def _said(code: int, raw: bytes) -> tuple[str, str]:
    try:
        answer = json.loads(raw)
        errors = [str(item.get("message", item)) for item in answer.get("errors", [])]
        told = "; ".join([str(answer["message"]), *errors])
    except (ValueError, KeyError, AttributeError, TypeError):
        told = raw[:200].decode("utf-8", "replace")
    hint = "The branch is pushed; open the pull request by hand, or run it again."
    if code in (401, 403, 404):
        hint = "The branch is pushed. Does your token allow pull requests here?"
    return f"GitHub refuses the pull request ({code}): {told}", hint


def owner_of(checkout: Checkout, remote: str) -> str:
    """Whose fork a remote is; empty where it is the team's own repository."""
    if remote == checkout.remote:
        return ""
    found = place(checkout.git("remote", "get-url", remote))
    return found.path.split("/")[0] if found else ""
