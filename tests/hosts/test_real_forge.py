"""A trip with a real forge, Gitea: propose, review, merge, sync, ask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.conftest import Run
from tests.git_calls import recorded
from tests.hosts.gitea import Gitea, build
from tests.repositories import Clone, Team, git

pytestmark = [pytest.mark.long, pytest.mark.needs("go")]

HAR = "kb/articles/har.md"
# Of whoever runs the tests: each test has a home of its own, without Go's caches.
_ENVIRONMENT = dict(os.environ)
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cannery-tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gitea]:
    _CACHE.mkdir(parents=True, exist_ok=True)
    program, source = build(_CACHE, _ENVIRONMENT)
    made = Gitea(program, source, tmp_path_factory.mktemp("gitea") / "work")
    yield made
    made.end()


class Desk(NamedTuple):
    """Kim's clone of a team's repository, which is at `path` in the server's API."""

    server: Gitea
    path: str
    clone: Clone

    @property
    def web(self) -> str:
        return f"http://{self.server.name}/{self.path.removeprefix('repos/')}"

    def ask(self, inner: str, data: object = None, method: str = "") -> Any:  # noqa: ANN401 - JSON
        """What the server answers to the owner about the repository."""
        return self.server.ask(self.server.lee, f"{self.path}/{inner}", data, method)

    def merge(self, number: int) -> None:
        self.server.wait_for(f"{self.path}/pulls/{number}", "mergeable", value=True)
        self.ask(f"pulls/{number}/merge", {"Do": "squash"})


@pytest.fixture
def desk(
    server: Gitea,
    team: Team,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Desk:
    name = request.node.name
    server.add_repository(name)
    settings = f'name = "Team"\nrepository = "http://{server.name}/lee/{name}"\nforge = "gitea"\n'
    team.other.write("kb/kb.toml", settings)
    team.other.git("remote", "set-url", "origin", server.address(server.lee, name))
    team.other.push("Where we are")
    server.wait_for(f"repos/lee/{name}", "empty", value=False)
    git(team.mine.root.parent, "clone", "-q", server.address(server.kim, name), "kim")
    path = home / "config/cannery/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[hosts]\n"{server.name}" = {{ token_variable = "KIM_TOKEN" }}\n', "utf-8")
    monkeypatch.setenv("KIM_TOKEN", server.kim.token)
    clone = Clone(team.mine.root.parent / "kim")
    monkeypatch.chdir(clone.root)
    return Desk(server, f"repos/lee/{name}", clone)


def test_a_proposal_is_merged_and_synced(desk: Desk, kb: Run) -> None:
    desk.clone.edit(HAR, "First line", "1st")
    done = kb("propose", "--yes", "--why", "It reads better.")
    assert (done.code, done.out) == (0, f"{desk.web}/pulls/1\n"), done.err
    asked = desk.ask("pulls/1")
    assert asked["title"] == "Update HAR files"
    assert asked["body"].startswith("It reads better.\n\n- update `kb/articles/har.md`\n")
    desk.clone.edit(HAR, "1st", "The first")
    assert kb("propose", "--yes").out == done.out
    assert len(desk.ask("pulls")) == 1
    assert "\nproposed  Update HAR files" in kb("status").out
    desk.merge(1)
    assert "merged    Update HAR files" in kb("status").out
    assert kb("sync").code == 0
    assert "The first" in (desk.clone.root / HAR).read_text("utf-8")
    assert kb("propose").err.endswith("Nothing to propose.\n")
    assert kb("status").out == ""


def test_a_colleague_s_proposal_is_reviewed(
    desk: Desk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.clone.edit("kb/macros/hello.md", "Hello {{", "Good day {{")
    assert kb("propose", "--yes").code == 0
    monkeypatch.setenv("KIM_TOKEN", desk.server.lee.token)
    assert kb("review").out.startswith("    1  Update Hello\n       kim · ")
    shown = kb("review", "1")
    assert "\nChanged: Hello\n" in shown.out
    assert "\n  -Hello [name]\n  +Good day [name]\n" in shown.out
    assert "\nCheck: 0 errors, 0 warnings\n" in shown.out
    assert kb("review", "1", "--comment", "In the evening too?", "--yes").code == 0
    assert kb("review", "1", "--approve", "--comment", "Reads well.", "--yes").code == 0
    (said,) = desk.ask("issues/1/comments")
    assert (said["body"], said["user"]["login"]) == ("In the evening too?", "lee")
    (approved,) = desk.ask("pulls/1/reviews")
    assert (approved["state"], approved["body"]) == ("APPROVED", "Reads well.")
    assert approved["commit_id"] == desk.ask("pulls/1")["head"]["sha"]
    monkeypatch.setenv("KIM_TOKEN", desk.server.kim.token)
    own = kb("review", "1", "--approve", "--yes")
    assert own.code == 1
    assert "can't approve pull request 1: approve your own pull is not allowed" in own.err
    folder = Path(kb("review", "1", "--checkout").out.strip())
    assert "Good day" in (folder / "kb/macros/hello.md").read_text("utf-8")
    assert kb("review", "1", "--return").code == 0
    assert not folder.exists()


def test_a_proposal_that_was_closed_is_told(desk: Desk, kb: Run) -> None:
    desk.clone.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/1\n"
    desk.ask("pulls/1", {"state": "closed"}, "PATCH")
    assert "closed    Update HAR files" in kb("status").out
    desk.clone.edit(HAR, "2nd", "The second")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/2\n"
    assert [item["number"] for item in desk.ask("pulls?state=open")] == [2]


def test_what_is_edited_after_a_merge_is_another_request(desk: Desk, kb: Run) -> None:
    desk.clone.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/1\n"
    desk.merge(1)
    desk.clone.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/2\n"
    changed = desk.ask("pulls/2/files")
    assert [(item["filename"], item["additions"]) for item in changed] == [(HAR, 1)]


def test_a_question_becomes_an_issue_with_its_label(desk: Desk, kb: Run) -> None:
    desk.ask("labels", {"name": "question", "color": "#00aabb"})
    done = kb("ask", "How long are build logs kept?", "--yes")
    assert (done.code, done.out) == (0, f"{desk.web}/issues/1\n"), done.err
    issue = desk.ask("issues/1")
    assert issue["title"] == "Question: How long are build logs kept?"
    assert [item["name"] for item in issue["labels"]] == ["question"]
    for number in range(60):  # more than a page
        desk.ask("issues/1/comments", {"body": f"For {number} days."})
    desk.ask("issues/1/comments", {"body": "Thanks!"})
    made = kb("new", "article", "--from-issue", f"{desk.web}/issues/1")
    assert made.code == 0, made.err
    text = (desk.clone.root / made.out.strip()).read_text("utf-8")
    assert "title: How long are build logs kept?" in text
    assert "For 0 days." in text
    assert "For 59 days." in text
    assert "Thanks!" not in text


def test_who_may_only_read_proposes_too(desk: Desk, kb: Run) -> None:
    desk.ask("collaborators/kim", {"permission": "read"}, "PUT")
    desk.clone.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/1\n"
    assert desk.ask("pulls/1")["user"]["login"] == "kim"


def test_what_the_team_changes_meanwhile_is_merged_into_the_request(desk: Desk, kb: Run) -> None:
    desk.clone.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/1\n"
    other = Clone(desk.clone.root.parent / "other")
    other.edit(HAR, "Third line", "3rd")
    other.push()
    desk.clone.edit(HAR, "1st", "The first")
    assert kb("propose", "--yes").out == f"{desk.web}/pulls/1\n"
    desk.merge(1)
    assert kb("sync").code == 0
    text = (desk.clone.root / HAR).read_text("utf-8")
    assert "The first.\n\nSecond line.\n\n3rd." in text
    assert kb("status").out == ""


def test_a_token_is_on_no_command_line(
    desk: Desk, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.clone.git("remote", "set-url", "origin", f"{desk.web}.git")
    desk.clone.git(
        "config", "credential.helper", "!f() { echo username=kim; echo password=$KIM_TOKEN; }; f"
    )
    calls = recorded(tmp_path, monkeypatch)
    desk.clone.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    assert kb("status").code == 0
    told = "\n".join(calls())
    assert "push" in told
    assert desk.server.kim.token not in told
