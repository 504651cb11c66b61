"""Issues: all pages of one, without thanks; and why one can't be read or opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.hosts.server import Host
from tests.repositories import Team

from cannery.git.repository import GitError
from cannery.hosts.addresses import remote_repo
from cannery.hosts.table import host_of

URL = "https://github.com/team/kb/issues/7"
ISSUE = "/repos/team/kb/issues/7"
NEW = ("new", "article", "--from-issue", URL, "--dry-run")


@pytest.fixture
def api(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """GitHub's API, with the user signed in."""
    host = Host()
    monkeypatch.setenv("GITHUB_API_URL", host.address)
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    team.mine.write("kb/kb.toml", 'repository = "https://github.com/team/kb"\n')
    yield host
    host.end()


def _comments(*texts: str) -> list[dict[str, str]]:
    return [{"body": text} for text in texts]


@pytest.mark.parametrize("link", [False, True])
def test_all_pages_of_an_issue_are_read(kb: Run, api: Host, link: bool) -> None:
    size = 30 if link else 100
    headers = {"Link": '<https://evil.example/2>; rel="next"'} if link else {}
    api.answers = {
        ISSUE: (200, {}, {"title": "Question: How?", "body": "Chrome"}),
        f"{ISSUE}/comments?per_page=100&page=1": (200, headers, _comments(*["First."] * size)),
        f"{ISSUE}/comments?per_page=100&page=2": (200, {}, _comments("Second.", "Third.")),
    }
    done = kb(*NEW)
    assert (done.code, done.out.count("First."), "Third." in done.out) == (0, size, True)
    assert len(api.told) == 3


def test_comments_that_only_thank_are_left_out(kb: Run, api: Host) -> None:
    said = _comments(
        "Press F12.", "thanks!", "ありがとうございます", "+1", "👍", "Thanks, fixed in 2.1."
    )
    api.answers = {
        ISSUE: (200, {}, {"title": "Q", "body": "Thanks!"}),
        f"{ISSUE}/comments?per_page=100&page=1": (200, {}, said),
    }
    body = kb(*NEW).out.partition("status: draft\n---\n")[2].split("\n\n")
    assert [text.strip() for text in body] == [
        "Thanks!",
        "Press F12.",
        "Thanks, fixed in 2.1.",
        f"Source: {URL}",
    ]


READING, OPENING = "can't read issue 7 of team/kb: ", "can't open an issue: "


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        (404, "Not Found", ("not found in team/kb on github.com", "Check the number")),
        (410, "Issues are disabled", ("issues are switched off in team/kb", "Switch them on")),
        (410, "This issue was deleted", ("This issue was deleted", "")),
        (401, "Bad credentials", ("github.com rejected your token", "GH_TOKEN")),
        (403, "Resource not accessible", ("Resource not accessible", "permissions of your token")),
        (403, "API rate limit exceeded", ("too many requests for now", "Try again later.")),
    ],
)
def test_an_issue_that_can_t_be_read_is_told_as_such(
    kb: Run, api: Host, code: int, message: str, told: tuple[str, str]
) -> None:
    api.answer = (code, {}, {"message": message})
    done = kb(*NEW)
    assert (done.code, done.out) == (1, "")
    assert READING + told[0] in done.err
    assert told[1] in done.err
    assert "pushed" not in done.err


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((404, "Not Found"), "not found on github.com"),
        ((403, "API rate limit exceeded"), "too many requests for now"),
    ],
)
def test_without_a_token_the_user_is_asked_to_sign_in(
    kb: Run, api: Host, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, str], told: str
) -> None:
    monkeypatch.delenv("GH_TOKEN")
    api.answer = (answer[0], {}, {"message": answer[1]})
    done = kb(*NEW)
    assert READING + told in done.err
    assert "Set GH_TOKEN" in done.err


def test_offline_is_told_without_numbers(kb: Run, api: Host) -> None:
    api.end()
    for words, said in ((NEW, READING), (("ask", "How?", "--yes"), OPENING)):
        done = kb(*words)
        assert f"{said}github.com can't be reached: Connection refused" in done.err
        assert "Run it again when you are online." in done.err
        assert "Errno" not in done.err


@pytest.mark.parametrize(
    ("code", "told"),
    [(410, "issues are switched off in team/kb"), (404, "issues are switched off in team/kb")],
)
def test_a_question_to_a_repository_without_issues_is_told_so(
    kb: Run, api: Host, code: int, told: str
) -> None:
    api.answer = (code, {}, {"message": "Issues are disabled for this repo"})
    api.answers = {"/repos/team/kb": (200, {}, {"has_issues": False})}
    done = kb("ask", "How?", "--yes")
    assert (done.code, OPENING + told in done.err) == (1, True)
    assert "kb new article" in done.err


SWITCHES = {
    "gitlab": ("/api/v4/projects/team%2Fkb", "issues_enabled"),
    "gitea": ("/api/v1/repos/team/kb", "has_issues"),
}


@pytest.mark.parametrize("kind", SWITCHES)
@pytest.mark.parametrize("is_off", [False, True])
def test_so_it_is_on_other_hosts(
    home: Path, monkeypatch: pytest.MonkeyPatch, kind: str, is_off: bool
) -> None:
    host = Host()
    repository, switch = SWITCHES[kind]
    host.answer = (404, {}, {"message": "404 Not Found"})
    host.answers = {
        repository: (200, {}, {switch: not is_off}),
        f"{repository}/labels?per_page=50&limit=50&page=1": (200, {}, []),
    }
    (home / "config/cannery").mkdir(parents=True)
    (home / "config/cannery/config.toml").write_text(
        f'[hosts]\n"{host.name}" = {{ kind = "{kind}", token_variable = "TOKEN" }}\n', "utf-8"
    )
    monkeypatch.setenv("TOKEN", "t0ken")
    repo = remote_repo(f"{host.address}/team/kb", kind)
    assert repo is not None
    with pytest.raises(GitError) as told:
        host_of(repo).open_issue(repo, "Q", "How?", [])
    host.end()
    reason = "issues are switched off in team/kb" if is_off else "not found in team/kb"
    assert OPENING + reason in told.value.message


def test_a_question_to_no_repository_is_told_so(kb: Run, api: Host) -> None:
    api.answer = (404, {}, {"message": "Not Found"})
    assert f"{OPENING}not found in team/kb on github.com" in kb("ask", "How?", "--yes").err


LISTS = {
    "github": "/api/v3/repos/team/kb/issues?state=open&labels=question&per_page=100&limit=100&page=1",
    "gitlab": "/api/v4/projects/team%2Fkb/issues?state=opened&labels=question&per_page=100&limit=100&page=1",
    "gitea": "/api/v1/repos/team/kb/issues?state=open&type=issues&per_page=50&limit=50&page=1",
}


def _issue(number: int, title: str, **more: object) -> dict[str, object]:
    at = "2026-11-01T09:00:00Z"
    return {"number": number, "iid": number, "title": title, "created_at": at, **more}


@pytest.mark.parametrize("kind", LISTS)
def test_open_questions_are_listed(home: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    host = Host()
    label = "question" if kind == "gitlab" else {"name": "question"}
    host.answer = (404, {}, {})
    host.answers = {
        LISTS[kind]: (200, {}, [
            _issue(1, "Question: How long are logs kept?"),
            _issue(2, "質問: 請求書は?", created_at="yesterday"),
            _issue(3, "Where is our data?", labels=[label]),
            _issue(4, "A bug", labels=["bug", {"name": None}, 3]),
            _issue(5, "Question: no issue", pull_request={}),
        ])
    }  # fmt: skip
    (home / "config/cannery").mkdir(parents=True)
    (home / "config/cannery/config.toml").write_text(
        f'[hosts]\n"{host.name}" = {{ kind = "{kind}", token_variable = "TOKEN" }}\n', "utf-8"
    )
    monkeypatch.setenv("TOKEN", "t0ken")
    repo = remote_repo(f"{host.address}/team/kb", kind)
    assert repo is not None
    listed = host_of(repo).open_questions
    assert listed is not None
    found = [(issue.url.rsplit("/", 1)[-1], issue.title, issue.at) for issue in listed(repo)]
    host.end()
    assert found == [
        ("1", "Question: How long are logs kept?", 1793523600.0),
        ("2", "質問: 請求書は?", 0.0),
        ("3", "Where is our data?", 1793523600.0),
    ]
