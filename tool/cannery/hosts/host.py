"""What differs from host to host: the fields of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cannery.hosts import generic
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.issue import Issue, OpenIssue
from cannery.model.proposal import Proposal

if TYPE_CHECKING:
    from cannery.hosts.code_owners import Owners
    from cannery.hosts.reviews import Reviews


class Host(NamedTuple):
    """One kind of host; its defaults do nothing, or what most hosts do.

    A host is recognised by `names`, each a part of a host's name. `ssh_hosts` are public hosts:
    a name that SSH reaches one by, and its name in browsers. `request_paths` is a pattern for
    the part of a request's address before its number. With `takes_reviews`, a push to
    refs/for/MAIN opens the request, and there is no branch. `report_form` is the address where
    a person says what is wrong with an entry, by the file name of an issue form and with `{id}` for
    the entry's id; None for a host without such forms. `open_questions` lists the open issues that
    ask something, None where that can't be done. `read_issue` reads an issue by its number,
    None where that can't be done. `reviews` gives what the host's API does for
    reviewers, None for a host whose API is not known. `owner_files` are the places of a file such
    as CODEOWNERS, of which the first that is there counts, and `owners` says by its text whose
    approval a change to some files takes; None for a host that has no such rules, or its own way
    with them. For the other functions, see `generic`.
    """

    names: tuple[str, ...] = ()
    ssh_hosts: tuple[tuple[str, str], ...] = ()
    request_paths: str = "merge_requests|pulls?|pull-requests"
    takes_reviews: bool = False
    request_form: Callable[[RemoteRepo, Proposal, str, str], str] = generic.request_form
    issue_form: Callable[[RemoteRepo, str, str], str] = generic.issue_form
    report_form: Callable[[RemoteRepo, str], str] | None = None
    edit_page: Callable[[RemoteRepo, str], str] = generic.edit_page
    history_page: Callable[[RemoteRepo, str], str] = generic.history_page
    push_options: Callable[[Proposal, str], Sequence[str]] = generic.push_options
    open_request: Callable[[RemoteRepo, Proposal, str, str], str] = generic.open_request
    open_issue: Callable[[RemoteRepo, str, str, Sequence[str]], str] = generic.open_issue
    find_issue: Callable[[RemoteRepo, str, str], str] = generic.find_issue
    open_questions: Callable[[RemoteRepo], Iterator[OpenIssue]] | None = None
    read_issue: Callable[[RemoteRepo, int], Issue] | None = None
    fork: Callable[[RemoteRepo], str] = generic.fork
    missing_token: Callable[[RemoteRepo], str] = generic.missing_token
    reviews: Callable[[], Reviews] | None = None
    owner_files: tuple[str, ...] = ()
    owners: Callable[[str, Sequence[str]], list[Owners]] | None = None
