"""What a host's API knows of pull requests: the fields of a row, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from cannery.git.repository import GitError
from cannery.hosts.api import Access, Advice, HostRefusalError, ask
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.pull_request import PullRequest
from cannery.util.address import web

_PAGES = 20
_SECONDS = 10.0
_UNKNOWN, _DENIED, _MISSING = 401, 403, 404
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_READING = Advice("Run it again in a moment.", "Check the permissions of your token.")


class Reviews(NamedTuple):
    """What a host does for reviewers; each raises GitError.

    `head_ref` is where Git finds the commits of a request, with `{number}` in the place of its
    number. `open_requests` are the newest first. `find` looks for the newest request from a branch
    of an owner's, empty for the team's own; None for none. What is approved is the request's
    `head`: a host that can tell refuses if there is a newer commit. The texts may be empty, but a
    comment's.
    """

    head_ref: str
    is_signed_in: Callable[[RemoteRepo], bool]
    open_requests: Callable[[RemoteRepo], list[PullRequest]]
    read: Callable[[RemoteRepo, int], PullRequest]
    find: Callable[[RemoteRepo, str, str], PullRequest | None]
    approve: Callable[[RemoteRepo, PullRequest, str], None]
    comment: Callable[[RemoteRepo, PullRequest, str], None]


class Asking(NamedTuple):
    """A question to a host's API: of which repository, how, and what the user has asked for.

    `wish` completes "can't ...", such as `list the open pull requests`; `variable` is the usual one
    for a token.
    """

    repo: RemoteRepo
    access: Access
    wish: str
    variable: str

    def __call__(self, path: str, data: Any = None) -> Any:  # noqa: ANN401 - JSON
        try:
            return ask(self.access, path, data, _READING, _SECONDS)
        except HostRefusalError as error:
            raise self._in_words(error) from None

    def pages(self, path: str, size: int) -> Iterator[Mapping[str, Any]]:
        """The items of a list, page by page of so many."""
        for page in range(1, _PAGES + 1):
            mark = "&" if "?" in path else "?"
            items = self(f"{path}{mark}per_page={size}&limit={size}&page={page}")
            if not isinstance(items, list):
                raise self.strange()
            yield from (item for item in items if isinstance(item, dict))
            if len(items) < size:
                return

    def strange(self) -> GitError:
        hint = f"Check that {self.repo.host} is a {self.access.name} host."
        return GitError(f"can't {self.wish}: unexpected response from {self.repo.host}", hint)

    def _in_words(self, error: HostRefusalError) -> GitError:
        said = f"can't {self.wish}"
        if error.code == _UNKNOWN and self.access.token:
            return GitError(f"{said}: {self.repo.host} rejected your token", self._sign_in())
        if not self.access.token and error.code in (_UNKNOWN, _DENIED, _MISSING):
            return GitError(f"{said}: no token for {self.repo.host}", self._sign_in())
        if error.code == _MISSING:
            hint = "Check the number, and that your token may read this repository."
            return GitError(f"{said}: not found in {self.repo.path} on {self.repo.host}", hint)
        if error.code == _DENIED:
            return GitError(f"{said}: {error.reason}", "Check the permissions of your token.")
        return GitError(f"{said}: {error.reason}", error.hint)

    def _sign_in(self) -> str:
        return (
            f"Set {self.variable}, or name a variable with your token for {self.repo.host} below "
            "[hosts] in config.toml."
        )


def project(repo: RemoteRepo) -> str:
    """The repository's path as a part of another address. Raises GitError for what can't be one."""
    parts = repo.path.split("/")
    if len(parts) > 1 and not {"", ".", ".."} & {*parts} and repo.path.isprintable():
        return "/".join(quote(part, safe="") for part in parts)
    hint = "Example: https://github.com/team/kb"
    raise GitError(f"{repo.web} is not the address of a repository", hint)


def text(answer: Any, *keys: str) -> str:  # noqa: ANN401 - JSON
    """A text below some keys of an answer; empty where there is none."""
    for key in keys:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer if isinstance(answer, str) else ""


def texts(answer: Any, key: str, name: str, before: str = "@") -> tuple[str, ...]:  # noqa: ANN401
    """The texts called `name` of the list below a key, with a sign before each."""
    items = answer.get(key) if isinstance(answer, dict) else None
    found = (text(item, name) for item in (items if isinstance(items, list) else ()))
    return tuple(f"{before}{item}" for item in found if item)


def number_in(asking: Asking, answer: Any, key: str) -> int:  # noqa: ANN401 - JSON
    """A request's number. Raises GitError."""
    number = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(number, int) or number < 1:
        raise asking.strange()
    return number


def commit_in(answer: Any, *keys: str) -> str:  # noqa: ANN401 - JSON
    """A commit's name; empty for anything else, which could be an option for Git."""
    name = text(answer, *keys)
    return name if _COMMIT.fullmatch(name) else ""


def page_of(repo: RemoteRepo, address: str, otherwise: str) -> str:
    """A page of the repository's host; `otherwise` if an address leads elsewhere."""
    named = web(address)
    return named.address if named and named.origin == (repo.scheme, repo.host) else otherwise
