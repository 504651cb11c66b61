"""Pull requests: GitHub's calls held against its published description, the others as pushes."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest

from cannery.contribute.forge import form, opened, place
from cannery.contribute.notes import Proposal
from tests.conftest import Run
from tests.contribute.conftest import Team, git

HAR = "kb/articles/har.md"
API = json.loads((Path(__file__).parent / "github-pulls.json").read_text("utf-8"))
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
    found = place(address)
    assert found is not None
    assert (found.kind, found.web) == (kind, web)
    assert "secret" not in str(found)


@pytest.mark.parametrize("address", ["/srv/git/kb.git", "../kb.git", "file:///srv/kb.git"])
def test_a_folder_is_on_no_host(address: str) -> None:
    assert place(address) is None


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
    found = place(address)
    assert found is not None
    assert form(found, PROPOSAL, "main", "kim") == shown


def test_the_address_that_a_remote_names_is_found() -> None:
    said = "remote: View merge request:\nremote:   https://gitlab.com/t/kb/-/merge_requests/7\n"
    assert opened(said) == "https://gitlab.com/t/kb/-/merge_requests/7"
    assert opened("remote: ok") == ""


class GitHub:
    """A server that refuses whatever GitHub's description does not know."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.pulls: list[dict[str, str]] = []
        self.status = 201
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
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def call(self, request: object, method: str, data: dict[str, str] | None) -> None:
        assert isinstance(request, self.handler)
        url = urlsplit(request.path)
        self.calls.append(method)
        known = {item["name"]: item for item in API[method]["parameters"] if item["in"] == "query"}
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        try:
            assert url.path == "/repos/team/kb/pulls", url.path
            assert request.headers["Authorization"] == "Bearer t0ken"
            assert request.headers["Accept"] == "application/vnd.github+json"
            for key, value in asked.items():
                jsonschema.validate(value, known[key]["schema"])
            if method == "post":
                jsonschema.validate(data, API["post"]["body"])
        except (AssertionError, KeyError, jsonschema.ValidationError) as error:
            self.wrong.append(str(error))
            request.answer(422, {"message": "Validation Failed"})
            return
        if method == "get":
            request.answer(200, [pull for pull in self.pulls if pull["head"] == asked["head"]])
        elif self.status != 201:
            request.answer(
                self.status, {"message": "Resource not accessible", "errors": [{"message": "no"}]}
            )
        else:
            assert data is not None
            self.pulls.append(
                {**data, "html_url": f"https://github.com/team/kb/pull/{len(self.pulls) + 1}"}
            )
            request.answer(201, self.pulls[-1])


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
    assert github.calls == ["get", "post"]


def test_a_refused_request_leaves_the_branch_and_is_opened_later(
    team: Team, kb: Run, github: GitHub
) -> None:
    github.status = 403
    done = kb("propose", "--yes")
    assert done.code == 1
    assert "GitHub refuses the pull request (403): Resource not accessible; no" in done.err
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
    monkeypatch.setenv("PATH", os.environ["PATH"] if not (tmp_path / "gh").exists() else "")
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


def test_gitea_and_forgejo_take_a_push_for_review(team: Team, kb: Run) -> None:
    told = _takes_options(team, "pulls")
    _is_at(team, "https://git.example.com/team/kb", "gitea")
    done = kb("propose", "--yes")
    assert done.out == "https://git.example.com/team/kb/pulls/7\n"
    assert "refs/for/main" in told.with_name("told.refs").read_text()
    lines = told.read_text().splitlines()
    assert lines[0].startswith("topic=kb/har-")
    assert lines[1] == "title=Update HAR files"
    assert team.branches() == []
