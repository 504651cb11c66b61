"""A pull request on the host at hand: GitHub, GitLab, Gitea, Forgejo, Bitbucket or another."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from cannery.git.clone import Checkout
from cannery.model.proposal import Proposal
from cannery.util.address import web
from cannery.workspace import Workspace

_PATH = r"(?P<path>(?!//)[^:\s\\\"'<>\x00-\x1f\x7f][^\s\\\"'<>\x00-\x1f\x7f]*)"
_HOST = r"(?:[^@/\s]+@)?(?P<host>[A-Za-z0-9_][A-Za-z0-9_.-]+)"
_SSH = re.compile(rf"(?:git|(?:git\+)?ssh)://{_HOST}(?::\d{{1,5}})?/{_PATH}")
_SCP = re.compile(rf"{_HOST}:{_PATH}")
_REQUEST = re.compile(
    r"https?://[^\s\"'<>\\\x00-\x1f\x7f]{1,300}/(?:merge_requests|pulls?|pull-requests)/\d+"
)


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
    """Where a remote's address leads, of the kind that was told or seems so; None for a folder.

    None too for what programs could read in different ways.
    """
    if found := web(address):
        scheme, host, path = found
    elif ssh := _SSH.fullmatch(address) or _SCP.fullmatch(address):
        scheme, host, path = "https", ssh["host"].lower().removesuffix("."), ssh["path"]
    else:
        return None
    path = path.strip("/").removesuffix(".git")
    return Place(kind or _kind(host), scheme, host, path) if path else None


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


def opened(said: str, where: Place) -> str:
    """The address of a request that the remote named in answer to a push.

    Only one on its own host: what else a remote says leads anywhere.
    """
    for found in _REQUEST.findall(said):
        named = web(found)
        if named and named.host in (where.host, _without_ssh(where.host)):
            return named.address
    return ""


def _without_ssh(host: str) -> str:
    """The host's name for browsers, where its remote is the one for SSH."""
    return re.sub(r"^(?:alt)?ssh\.", "", host)


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


def issue_form(where: Place, title: str, text: str) -> str:
    """The address where a person opens an issue."""
    said, told = quote(title, safe=""), quote(text, safe="")
    if where.kind == "gitlab":
        return f"{where.web}/-/issues/new?issue[title]={said}&issue[description]={told}"
    return f"{where.web}/issues/new?title={said}&body={told}"


def edit_page(where: Place, branch: str) -> str:
    """The address where a person edits a file: with `{path}` in the place of its path."""
    branch = quote(branch)
    if where.kind == "bitbucket":
        return f"{where.web}/src/{branch}/{{path}}?mode=edit"
    between = {"gitlab": "-/edit/", "gitea": "_edit/"}.get(where.kind, "edit/")
    return f"{where.web}/{between}{branch}/{{path}}"


def history_page(where: Place, branch: str) -> str:
    """The address of what has happened to a file: with `{path}` in the place of its path."""
    between = {"gitlab": "-/commits/", "gitea": "commits/branch/"}.get(where.kind, "commits/")
    return f"{where.web}/{between}{quote(branch)}/{{path}}"


def report_form(where: Place, template: str) -> str:
    """The address where a person says what is wrong with an entry: `{id}` is its id.

    `template` is the file name of an issue form, which GitHub fills in by its fields' ids.
    """
    if where.kind == "github" and template:
        return f"{where.web}/issues/new?template={quote(template)}&entry={{id}}"
    return issue_form(where, "Wrong: ", "").replace("Wrong%3A%20", "Wrong%3A%20{id}")


def team_repository(checkout: Checkout, workspace: Workspace) -> Place | None:
    """The team's repository on its host, as the settings or the remote have it."""
    settings = workspace.settings
    address = settings.repository or checkout.git("ls-remote", "--get-url", checkout.remote)
    found = place(address, settings.forge)
    own = workspace.user.hosts.get(found.host) if found else None
    return found._replace(kind=own.kind) if found and own and own.kind else found


def owner_of(checkout: Checkout, remote: str) -> str:
    """Whose fork a remote is; empty where it is the team's own repository."""
    if remote == checkout.remote:
        return ""
    found = place(checkout.git("ls-remote", "--get-url", remote))
    return found.path.split("/")[0] if found else ""
