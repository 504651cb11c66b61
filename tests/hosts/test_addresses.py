"""Pull requests: GitHub's calls held against its published description, the others as pushes."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
from tests.conftest import Run
from tests.repositories import Team, git

from cannery.hosts.addresses import remote_repo, request_in
from cannery.hosts.table import host_of
from cannery.model.proposal import Proposal

HAR = "kb/articles/har.md"
API = json.loads((Path(__file__).parent / "github-api.json").read_text("utf-8"))["paths"]
PROPOSAL = Proposal("kb/har-1", (HAR,), "m", "t", "Update HAR", "Why")


@pytest.mark.parametrize(
    ("address", "kind", "web"),
    [
        ("git@github.com:team/kb.git", "github", "https://github.com/team/kb"),
        ("https://kim:secret@github.com/team/kb.git", "github", "https://github.com/team/kb"),
        (
            "ssh://git@github.example.com:2222/team/kb",
            "github",
            "https://github.example.com/team/kb",
        ),
        ("https://gitlab.com/group/sub/kb/", "gitlab", "https://gitlab.com/group/sub/kb"),
        ("git@codeberg.org:team/kb.git", "gitea", "https://codeberg.org/team/kb"),
        ("git@bitbucket.org:team/kb.git", "bitbucket", "https://bitbucket.org/team/kb"),
        ("http://git.example.com:3000/team/kb", "", "http://git.example.com:3000/team/kb"),
    ],
)
def test_an_address_tells_its_host(address: str, kind: str, web: str) -> None:
    found = remote_repo(address)
    assert found is not None
    assert (found.kind, found.web) == (kind, web)
    assert "secret" not in str(found)


@pytest.mark.parametrize("address", ["/srv/git/kb.git", "../kb.git", "file:///srv/kb.git"])
def test_a_folder_is_on_no_host(address: str) -> None:
    assert remote_repo(address) is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://github.com/t/kb", "https://github.com/t/kb/compare/main...kim:kb%2Fhar-1?expand=1&title=Update%20HAR"),
        ("https://gitlab.com/t/kb", "https://gitlab.com/t/kb/-/merge_requests/new?merge_request[source_branch]=kb%2Fhar-1"),
        ("https://bitbucket.org/t/kb", "https://bitbucket.org/t/kb/pull-requests/new?source=kb%2Fhar-1&dest=main"),
        ("https://git.example.com/t/kb", "https://git.example.com/t/kb/compare/main...kim:kb%2Fhar-1"),
    ],
)  # fmt: skip
def test_where_nobody_is_signed_in_the_form_s_address_is_shown(address: str, shown: str) -> None:
    found = remote_repo(address)
    assert found is not None
    assert host_of(found).request_form(found, PROPOSAL, "main", "kim") == shown


def test_the_address_that_a_remote_names_is_found() -> None:
    said = "remote: View merge request:\nremote:   https://gitlab.com/t/kb/-/merge_requests/7\n"
    found = remote_repo("git@gitlab.com:t/kb.git")
    assert found is not None
    assert request_in(said, found) == "https://gitlab.com/t/kb/-/merge_requests/7"
    assert request_in("remote: ok", found) == ""


class GitHub:
    """A server that refuses whatever GitHub's description does not know."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.pulls: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.status = 201
        self.state = "open"
        self.fork = ""
        self.wrong: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self, code: int, data: object) -> None:
                raw = json.dumps(data).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def do_GET(self) -> None:
                outer.call(self, "get", None)

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                outer.call(self, "post", json.loads(self.rfile.read(size)))

            def log_message(self, *_: object) -> None:
                pass

        self.handler = Handler
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def call(self, request: object, method: str, data: dict[str, Any] | None) -> None:
        assert isinstance(request, self.handler)
        url = urlsplit(request.path)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        what = url.path.removeprefix("/repos/team/kb/")
        self.calls.append(f"{method} {what}")
        try:
            name = "pull_number" if what.startswith("pulls") else "issue_number"
            template = re.sub(r"/\d+", f"/{{{name}}}", f"/repos/{{owner}}/{{repo}}/{what}")
            described = API[template][method]
            query = {
                item["name"]: item for item in described["parameters"] if item["in"] == "query"
            }
            assert request.headers["Authorization"] == "Bearer t0ken"
            assert request.headers["Accept"] == "application/vnd.github+json"
            for key, value in asked.items():
                kind = query[key]["schema"]
                jsonschema.validate(int(value) if kind["type"] == "integer" else value, kind)
            if method == "post":
                jsonschema.validate(data, described["body"])
        except (AssertionError, KeyError, jsonschema.ValidationError) as error:
            self.wrong.append(str(error))
            request.answer(422, {"message": "Validation Failed"})
            return
        self.respond(request, method, what, asked, data or {})

    def respond(
        self,
        request: Any,  # noqa: ANN401 - the handler
        method: str,
        what: str,
        asked: dict[str, str],
        data: dict[str, Any],
    ) -> None:
        if what == "forks":
            request.answer(202, {"clone_url": self.fork})
        elif method == "post" and self.status != 201:
            said = {"message": "Resource not accessible", "errors": [{"message": "no"}]}
            request.answer(self.status, said)
        elif method == "post":
            kept = self.pulls if what == "pulls" else self.issues
            name = "pull" if what == "pulls" else "issues"
            kept.append({**data, "html_url": f"https://github.com/team/kb/{name}/{len(kept) + 1}"})
            request.answer(201, kept[-1])
        elif what == "pulls":
            request.answer(200, [pull for pull in self.pulls if pull["head"] == asked["head"]])
        elif what.startswith("pulls/"):
            number = int(what.removeprefix("pulls/"))
            request.answer(200, {"number": number, "state": self.state} if self.state else [])
        elif what.endswith("/comments"):
            request.answer(200, [{"body": "Record it with F12."}, {"body": None}])
        else:
            request.answer(200, {"title": "Question: How do I record a HAR?", "body": "Chrome 130"})


@pytest.fixture
def github(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    """GitHub, as the host of the team's repository, with the user signed in."""
    made = GitHub()
    monkeypatch.setenv("GITHUB_API_URL", made.address)
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    _is_at(team, "https://github.com/team/kb", "github")
    yield made
    made.server.shutdown()
    made.server.server_close()
    assert made.wrong == []


def _is_at(team: Team, address: str, forge: str) -> None:
    team.other.write("kb/kb.toml", f'repository = "{address}"\nforge = "{forge}"\n')
    team.other.push()
    team.mine.pull()
    team.mine.edit(HAR, "First line", "1st")


def test_a_pull_request_is_opened_once(team: Team, kb: Run, github: GitHub) -> None:
    done = kb("propose", "--yes", "--why", "It reads better.")
    assert (done.code, done.out) == (0, "https://github.com/team/kb/pull/1\n")
    (pull,) = github.pulls
    (branch,) = team.branches()
    assert (pull["title"], pull["head"], pull["base"]) == (
        "Update HAR files",
        f"team:{branch}",
        "main",
    )
    assert pull["body"].startswith("It reads better.\n\n- update `kb/articles/har.md`")
    team.mine.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").out == "https://github.com/team/kb/pull/1\n"
    assert github.calls == ["get pulls", "post pulls", "get pulls/1"]


def test_what_is_added_to_a_closed_request_gets_another_one(
    team: Team, kb: Run, github: GitHub
) -> None:
    assert kb("propose", "--yes").out == "https://github.com/team/kb/pull/1\n"
    github.pulls[0]["head"] = "of a request that is closed"
    github.state = "closed"
    team.mine.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").out == "https://github.com/team/kb/pull/2\n"
    assert len(team.branches()) == 1


def test_a_host_that_does_not_say_what_became_of_a_request_is_no_obstacle(
    team: Team, kb: Run, github: GitHub
) -> None:
    assert kb("propose", "--yes").code == 0
    github.state = ""
    team.mine.edit(HAR, "Second line", "2nd")
    done = kb("propose", "--yes")
    assert done.out == "https://github.com/team/kb/pull/1\n"
    assert "What has become of your requests is not known: can't read pull request 1" in done.err


def test_a_refused_request_leaves_the_branch_and_is_opened_later(
    team: Team, kb: Run, github: GitHub
) -> None:
    github.status = 403
    done = kb("propose", "--yes")
    assert done.code == 1
    assert "GitHub returned an error (403): Resource not accessible; no" in done.err
    assert "t0ken" not in done.err
    assert len(team.branches()) == 1
    github.status = 201
    assert kb("propose", "--yes").out == "https://github.com/team/kb/pull/1\n"


def test_one_that_is_open_already_is_found(team: Team, kb: Run, github: GitHub) -> None:
    kb("propose", "--yes")
    notes = team.mine.root / ".git/cannery/proposals.json"
    rows = json.loads(notes.read_text())
    rows[0][-1] = ""  # as after a kill before the answer came
    notes.write_text(json.dumps(rows))
    team.mine.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").out == "https://github.com/team/kb/pull/1\n"
    assert len(github.pulls) == 1


def test_without_a_token_the_form_is_shown(
    team: Team, kb: Run, github: GitHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GH_TOKEN")
    done = kb("propose", "--yes")
    assert done.out.startswith("https://github.com/team/kb/compare/main...kb%2Fhar-")
    assert github.calls == []


def _takes_options(team: Team, refs: str) -> Path:
    """Let the remote write down what it is asked, and answer with an address."""
    git(team.remote, "config", "receive.advertisePushOptions", "true")
    told = team.remote / "told"
    hook = team.remote / "hooks/pre-receive"
    hook.write_text(
        "#!/bin/sh\n"
        f'cat > "{told}.refs"\n'
        f'i=0; while [ $i -lt "$GIT_PUSH_OPTION_COUNT" ]; do eval "echo \\$GIT_PUSH_OPTION_$i"; i=$((i+1)); done > "{told}"\n'
        f"echo 'https://git.example.com/team/kb/{refs}/7'\n"
    )
    hook.chmod(0o755)
    return told


def test_gitlab_is_asked_by_push_options(team: Team, kb: Run) -> None:
    told = _takes_options(team, "-/merge_requests")
    _is_at(team, "https://git.example.com/team/kb", "gitlab")
    done = kb("propose", "--yes", "--why", "Reads better.")
    assert done.out == "https://git.example.com/team/kb/-/merge_requests/7\n"
    assert told.read_text().splitlines()[:3] == [
        "merge_request.create",
        "merge_request.target=main",
        "merge_request.title=Update HAR files",
    ]
    assert "merge_request.description=Reads better." in told.read_text()


def test_where_no_push_options_are_taken_the_form_is_shown(team: Team, kb: Run) -> None:
    _is_at(team, "https://git.example.com/team/kb", "gitlab")
    done = kb("propose", "--yes")
    assert done.code == 0
    assert done.out.startswith("https://git.example.com/team/kb/-/merge_requests/new?")
    assert len(team.branches()) == 1


def test_gitea_and_forgejo_take_a_push_for_review(team: Team, kb: Run) -> None:
    told = _takes_options(team, "pulls")
    _is_at(team, "https://git.example.com/team/kb", "gitea")
    done = kb("propose", "--yes")
    assert done.out == "https://git.example.com/team/kb/pulls/7\n"
    assert "refs/for/main" in told.with_name("told.refs").read_text()
    topic, title = told.read_text().splitlines()
    assert topic.startswith("topic=kb/har-")
    assert title == "title=Update HAR files"  # and the commit's message has the text
    assert team.branches() == []


def test_a_question_that_nothing_answers_becomes_an_issue(
    team: Team, kb: Run, github: GitHub
) -> None:
    done = kb("ask", "How do I record a HAR?", "--yes")
    assert (done.code, done.out) == (0, "https://github.com/team/kb/issues/1\n")
    (issue,) = github.issues
    assert (issue["title"], issue["labels"]) == ("Question: How do I record a HAR?", ["question"])
    assert "articles/har" in issue["body"]
    assert github.calls == ["post issues"]


def test_without_a_token_the_question_s_form_is_shown(
    team: Team, kb: Run, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GH_TOKEN")
    done = kb("ask", "返金は?", "--yes")
    assert done.out.startswith(
        "https://github.com/team/kb/issues/new?title=Question%3A%20%E8%BF%94"
    )
    found = remote_repo("https://gitlab.com/t/kb")
    assert found is not None
    assert "/-/issues/new?issue[title]=a%26b" in host_of(found).issue_form(found, "a&b", "c")


def test_without_a_host_a_question_is_a_draft(team: Team, kb: Run) -> None:
    assert kb("ask", "How do I record a HAR?", "--yes").code == 0
    text = (team.mine.root / "kb/articles/questions/how-do-i-record-a-har.md").read_text()
    assert "title: How do I record a HAR?\n" in text
    assert "status: draft\n" in text
    again = kb("ask", "How do I record a HAR?", "--yes")
    assert (again.code, "already exists" in again.err) == (1, True)
    assert kb("check").code == 0


def test_what_a_search_finds_is_shown_before_a_question_is_passed_on(team: Team, kb: Run) -> None:
    for arguments in ((), ("--yes",)):  # nobody is asked: stdin is no terminal
        done = kb("ask", "Where is the proxy and the HAR?", *arguments)
        assert "HAR files  kb show articles/har\n" in done.err
        assert "Proxies  kb show articles/proxy\n" in done.err
    assert "kb show" not in kb("ask", "返金は?").err


def test_an_answered_issue_becomes_a_draft(team: Team, kb: Run, github: GitHub) -> None:
    done = kb("new", "article", "--from-issue", "https://github.com/team/kb/issues/7")
    assert done.out == "kb/articles/questions/how-do-i-record-a-har.md\n"
    text = (team.mine.root / done.out.strip()).read_text()
    assert "title: How do I record a HAR?" in text
    assert "Record it with F12." in text
    assert "https://github.com/team/kb/issues/7" in text
    assert github.calls == ["get issues/7", "get issues/7/comments"]
    assert (
        "not the address of an issue" in kb("new", "article", "--from-issue", "https://e.com/x").err
    )


def test_who_may_not_push_gets_a_fork_to_push_to(
    team: Team, kb: Run, github: GitHub, tmp_path: Path, home: Path
) -> None:
    hook = team.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Permission to team/kb.git denied to kim.'\nexit 1\n")
    hook.chmod(0o755)
    fork = tmp_path / "kim" / "kb.git"
    fork.parent.mkdir()
    git(tmp_path, "clone", "-q", "--bare", str(team.remote), str(fork))
    github.fork = "https://github.com/kim/kb.git"
    with (home / ".gitconfig").open("a") as settings:
        settings.write(f'[url "{fork}"]\ninsteadOf = {github.fork}\n')
    before = team.mine.state()
    done = kb("propose", "--yes")
    assert done.code == 0, done.err
    assert "your fork" in done.err
    assert github.calls[0] == "post forks"
    assert team.mine.git("remote").split() == ["origin", "upstream"]
    assert team.mine.git("config", "remote.origin.url") == github.fork
    assert "kb/har-" in git(fork, "branch")
    assert team.mine.state()[0] == before[0]
    assert kb("sync").code == 0
