"""What a host's API knows of pull requests: the fields of a row, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from cannery.git.failures import RemoteError
from cannery.git.repository import GitError
from cannery.hosts.api import Access, Advice, HostRefusalError, Page, ask_page
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.pull_request import PullRequest
from cannery.util.address import web

_PAGES = 20
_SECONDS = 10.0
_UNKNOWN, _DENIED, _MISSING, _GONE, _BROKEN = 401, 403, 404, 410, 500
_REFUSED, _TOO_MANY = (401, 403, 404), (403, 429)
_WITHOUT_ISSUES = "Switch them on in its settings, or write a draft: `kb new article`."
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
    for a token. With `is_public`, a host may answer without one.
    """

    repo: RemoteRepo
    access: Access
    wish: str
    variable: str
    is_public: bool = False

    def __call__(self, path: str, data: Any = None) -> Any:  # noqa: ANN401 - JSON
        return self.page(path, data).content

    def page(self, path: str, data: Any = None) -> Page:  # noqa: ANN401 - JSON
        """An answer, and whether a list goes on. Raises GitError."""
        try:
            return ask_page(self.access, path, data, _READING, _SECONDS)
        except HostRefusalError as error:
            raise self._in_words(error) from None
        except RemoteError as error:
            raise RemoteError(f"can't {self.wish}: {error.message}", error.hint) from None

    def pages(self, path: str, size: int) -> Iterator[Mapping[str, Any]]:
        """The items of a list, page by page of so many."""
        for page in range(1, _PAGES + 1):
            mark = "&" if "?" in path else "?"
            items, has_next = self.page(f"{path}{mark}per_page={size}&limit={size}&page={page}")
            if not isinstance(items, list):
                raise self.strange()
            yield from (item for item in items if isinstance(item, dict))
            if len(items) < size and not has_next:
                return

    def strange(self) -> GitError:
        hint = f"Check that {self.repo.host} is a {self.access.name} host."
        return GitError(f"can't {self.wish}: unexpected response from {self.repo.host}", hint)

    def _in_words(self, error: HostRefusalError) -> HostRefusalError:
        message, hint = self._told(error.code, error.reason, error.hint)
        return HostRefusalError(f"can't {self.wish}: {message}", hint, error.code, error.reason)

    def _told(self, code: int, reason: str, hint: str) -> tuple[str, str]:
        """What a refusal means for the user, and what to do."""
        host, path, token = self.repo.host, self.repo.path, self.access.token
        is_limit = code in _TOO_MANY and "rate limit" in reason.lower()
        is_missing = code == _MISSING
        may_be_private = f"Check the address. If it is private: {self._sign_in()}"
        number = "Check the number, and that your token may read this repository."
        rows = (
            (is_limit and token, f"too many requests for now: {reason}", "Try again later."),
            (is_limit, f"too many requests for now: {reason}", self._sign_in()),
            (code == _GONE and "disabled" in reason.lower(), self._no_issues, _WITHOUT_ISSUES),
            (code == _UNKNOWN and token, f"{host} rejected your token", self._sign_in()),
            (is_missing and self.is_public and not token, f"not found on {host}", may_be_private),
            (code in _REFUSED and not token, f"no token for {host}", self._sign_in()),
            (is_missing, f"not found in {path} on {host}", number),
            (code == _DENIED, reason, "Check the permissions of your token."),
            (True, reason, hint if code >= _BROKEN else ""),
        )
        return next((message, hint) for applies, message, hint in rows if applies)

    @property
    def _no_issues(self) -> str:
        return f"issues are switched off in {self.repo.path}"

    def without_issues(self) -> GitError:
        """The error where a host refuses an issue, and has none of this repository."""
        return GitError(f"can't {self.wish}: {self._no_issues}", _WITHOUT_ISSUES)

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
