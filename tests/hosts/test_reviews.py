"""Pull requests read, approved and commented on, by the API of each host that has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hosts.forges import HEAD, Forge

from cannery.git.repository import GitError
from cannery.hosts import gitea_reviews, gitlab_reviews
from cannery.hosts.addresses import remote_repo
from cannery.hosts.issue_address import issue_at
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import Reviews
from cannery.hosts.table import host_of
from cannery.model.pull_request import RequestState

KINDS = ("github", "gitea", "gitlab")
PAGES = {"github": "pull", "gitea": "pulls", "gitlab": "-/merge_requests"}
CLOSED = {
    "github": ("closed", "merged_at", "2026-11-25"),
    "gitea": ("closed", "merged", True),
    "gitlab": ("merged", "", ""),
}


@pytest.fixture(params=KINDS)
def forge(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Forge]:
    made = Forge(request.param, 3)
    _knows(home, made)
    monkeypatch.setenv("FORGE_TOKEN", "s3cret")
    yield made
    made.end()


def _knows(home: Path, forge: Forge) -> None:
    path = home / "config/cannery/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'[hosts]\n"{forge.name}" = {{ kind = "{forge.kind}", token_variable = "FORGE_TOKEN" }}\n',
        "utf-8",
    )


def _of(forge: Forge) -> tuple[Reviews, RemoteRepo]:
    repo = remote_repo(forge.address, forge.kind)
    assert repo is not None
    reviews = host_of(repo).reviews
    assert reviews is not None
    return reviews(), repo


def test_open_requests_are_listed_over_all_pages(forge: Forge) -> None:
    reviews, repo = _of(forge)
    forge.requests *= 50
    found = reviews.open_requests(repo)
    assert [item.number for item in found] == [3, 2, 1] * 50
    assert [item.is_draft for item in found[:3]] == [False, True, False]


def test_a_request_is_read_with_all_that_a_reviewer_asks(forge: Forge) -> None:
    reviews, repo = _of(forge)
    found = reviews.read(repo, 1)
    teams = () if forge.kind == "gitlab" else ("@team/network",)
    # The forges name pages elsewhere: they are not where a user is led.
    assert found.url == f"{repo.web}/{PAGES[forge.kind]}/1"
    assert (found.number, found.title, found.author, found.state) == (1, "Change 1", "kim", "open")
    assert (found.branch, found.head, found.base) == ("kb/har-1", HEAD, "main")
    assert (found.reviewers, found.body) == (("@lee", *teams), "")
    assert set(forge.tokens) == {"s3cret"}


def test_a_branch_leads_to_its_request_whatever_became_of_it(forge: Forge) -> None:
    reviews, repo = _of(forge)
    state, key, value = CLOSED[forge.kind]
    forge.requests[1].update({"state": state, key: value})
    found = reviews.find(repo, "kb/har-2", "")
    assert found is not None
    assert (found.number, found.state) == (2, RequestState.MERGED)
    forge.requests[0]["state"] = "closed"
    closed = reviews.find(repo, "kb/har-3", "")
    assert closed is not None
    assert closed.state is RequestState.CLOSED
    assert reviews.find(repo, "kb/other", "") is None


def test_an_approval_is_of_the_commit_that_was_seen(forge: Forge) -> None:
    reviews, repo = _of(forge)
    request = reviews.read(repo, 1)
    reviews.approve(repo, request, "Well said.")
    assert [item.get("sha", item.get("commit_id")) for item in forge.reviews] == [HEAD]
    said = [*forge.reviews, *forge.comments][-1]
    assert said["body"] == "Well said."
    with pytest.raises(GitError, match="SHA does not match"):
        reviews.approve(repo, request._replace(head="b" * 40), "")


def test_a_comment_is_sent(forge: Forge) -> None:
    reviews, repo = _of(forge)
    reviews.comment(repo, reviews.read(repo, 1), "Why 14 days?")
    assert forge.comments == [{"body": "Why 14 days?"}]
    assert forge.reviews == []


def test_whoever_has_no_token_reads_and_is_told_what_writing_takes(
    forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORGE_TOKEN")
    reviews, repo = _of(forge)
    request = reviews.read(repo, 1)
    with pytest.raises(
        GitError, match=rf"can't comment on \w+ request 1: no token for {forge.name}"
    ) as told:
        reviews.comment(repo, request, "Why?")
    assert "[hosts]" in told.value.hint


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ((404, {"message": "Not Found"}), "can't read {} request 7: not found in team/kb on {}"),
        ((401, {"message": "Bad credentials"}), "can't read {} request 7: {1} rejected your token"),
        ((403, {"message": "Not for s3cret"}), "can't read {} request 7: Not for ..."),
        ((500, {"error": "Out of memory"}), "can't read {} request 7: Out of memory"),
        ((200, ["no request"]), "can't read {} request 7: unexpected response from {}"),
        ((200, {"number": "7", "iid": -7}), "can't read {} request 7: unexpected response from {}"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_terms_of_what_was_asked(
    forge: Forge, refusal: tuple[int, object], message: str
) -> None:
    reviews, repo = _of(forge)
    forge.refusal = refusal
    with pytest.raises(GitError) as told:
        reviews.read(repo, 7)
    what = "merge" if forge.kind == "gitlab" else "pull"
    assert told.value.message == message.replace("{1}", "{}").replace("{}", what, 1).replace(
        "{}", forge.name
    )
    assert "pushed" not in told.value.hint


def test_a_question_becomes_an_issue(forge: Forge) -> None:
    _, repo = _of(forge)
    pages = {"github": "issues", "gitea": "issues", "gitlab": "-/issues"}
    opened = host_of(repo).open_issue(repo, "Question: Why?", "Nothing answers it.", ["question"])
    assert opened == f"{repo.web}/{pages[forge.kind]}/8"
    (issue,) = forge.comments
    assert issue["title"] == "Question: Why?"
    assert (
        issue["labels"] == {"github": ["question"], "gitea": [5], "gitlab": "question"}[forge.kind]
    )
    assert "Nothing answers it." in issue.values()


def test_an_open_issue_is_found_by_its_title_on_whatever_page(forge: Forge) -> None:
    _, repo = _of(forge)
    find = host_of(repo).find_issue
    last = forge.requests[-1]
    forge.requests = [*forge.requests[:-1] * 70, last]
    assert find(repo, "Change 1", "insight").endswith("/issues/1")
    assert find(repo, "Change 999", "insight") == ""
    last["state"] = "closed"
    assert find(repo, "Change 1", "insight") == ""


def test_without_a_token_no_issue_is_looked_for(
    forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORGE_TOKEN")
    _, repo = _of(forge)
    assert host_of(repo).find_issue(repo, "Change 1", "insight") == ""
    assert forge.paths == []


@pytest.mark.parametrize("knows", ["the user's settings", "the team's"])
def test_an_issue_is_read_to_its_end_on_each_host(forge: Forge, home: Path, knows: str) -> None:
    _, repo = _of(forge)
    if knows == "the team's":
        settings = home / "config/cannery/config.toml"
        settings.write_text(
            settings.read_text("utf-8").replace(f'kind = "{forge.kind}", ', ""), "utf-8"
        )
    page = f"{repo.web}/{'-/' if forge.kind == 'gitlab' else ''}issues/7"
    issue = issue_at(f"{page}#note_1", repo if knows == "the team's" else None)
    assert (issue.url, issue.title, issue.text) == (
        page,
        "Question: How long?",
        "The logs, I mean.",
    )
    assert issue.answers == tuple(f"{number} days." for number in range(130))


def test_a_host_whose_issues_can_t_be_read_is_told() -> None:
    with pytest.raises(GitError, match=r"kb can't read issues of bitbucket\.org"):
        issue_at("https://bitbucket.org/team/kb/issues/7", None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["kb", "team/..", "team/./kb", "team//kb"])
def test_what_is_no_repository_is_asked_for_nowhere(kind: str, path: str) -> None:
    repo = RemoteRepo(kind, "https", f"{kind}.example", path)
    reviews = host_of(repo).reviews
    assert reviews is not None
    with pytest.raises(GitError, match="is not the address of a repository"):
        reviews().open_requests(repo)


@pytest.mark.parametrize(
    ("kind", "address", "sent"),
    [
        ("gitlab", "https://gitlab.com/t/kb", {"": True, "gitlab.com": True, "https://git.example": False}),
        ("gitlab", "https://git.example/t/kb", {"": False, "git.example": True, "https://git.example": True}),
        ("gitlab", "http://gitlab.com/t/kb", {"": False, "http://gitlab.com": False}),
        ("gitea", "https://codeberg.org/t/kb", {"": False, "https://codeberg.org": True}),
        ("gitea", "https://codeberg.org.evil.example/t/kb", {"https://codeberg.org": False}),
    ],
)  # fmt: skip
def test_a_token_goes_to_the_host_that_it_is_for(
    kind: str, address: str, sent: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    access, variable, host_variable = {
        "gitlab": (gitlab_reviews.access, "GITLAB_TOKEN", "GITLAB_HOST"),
        "gitea": (gitea_reviews.access, "GITEA_SERVER_TOKEN", "GITEA_SERVER_URL"),
    }[kind]
    monkeypatch.setenv(variable, "t0ken")
    repo = remote_repo(address, kind)
    assert repo is not None
    for host, goes in sent.items():
        monkeypatch.setenv(host_variable, host)
        assert bool(access(repo).token) is goes, host
