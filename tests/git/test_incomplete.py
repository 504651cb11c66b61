"""What is said of a history that the clone has only a part of: what is known, and no guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import Team, git

from cannery.git.authorship import file_histories
from cannery.git.blobs import Blobs
from cannery.git.failures import MissingObjectsError

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"
SHALLOW = "This is a shallow clone: run `git fetch --unshallow`"


Clone = Callable[[str], Path]


@pytest.fixture
def remote(team: Team, monkeypatch: pytest.MonkeyPatch) -> str:
    """The team's, with a change to one file, and later one to another."""
    for day, name, path in ((3, "Ana", HAR), (4, "Ben", PROXY)):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_DATE", f"2024-02-0{day}T12:00:00Z")
            monkeypatch.setenv(f"GIT_{who}_NAME", name)
        team.mine.edit(path, "First line.", f"First line, by {name}.")
        team.mine.push(f"By {name}")
    git(team.remote, "config", "uploadpack.allowFilter", "true")
    return f"file://{team.remote}"


@pytest.fixture
def cloned(remote: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Make a clone with an option, and work in it."""

    def clone(option: str) -> Path:
        git(tmp_path, "clone", "-q", option, remote, "part")
        monkeypatch.chdir(tmp_path / "part")
        return tmp_path / "part"

    return clone


def test_days_and_people_that_a_shallow_clone_does_not_know_are_left_out(
    cloned: Clone,
) -> None:
    part = cloned("--depth=2")
    known = file_histories(part, [HAR, PROXY, "kb/kb.toml"])
    assert {path: (item.changed, item.people) for path, item in known.items()} == {
        PROXY: (date(2024, 2, 4), ("Ben",))
    }


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("blame", "articles/har"), "unknown       First line, by Ana."),
        (("blame", "articles/proxy"), "2024-02-04  Ben  First line, by Ben."),
        (("history", "articles/proxy"), "2024-02-04  en  Ben: By Ben"),
        (("history", "articles/proxy", "--patch"), "2024-02-04 Ben: By Ben"),
    ],
)
def test_what_a_shallow_clone_does_not_know_is_told(
    cloned: Clone, kb: Run, words: tuple[str, ...], shown: str
) -> None:
    cloned("--depth=2")
    done = kb(*words)
    assert (done.code, shown in done.out, SHALLOW in done.err) == (0, True, True), done
    assert "Ana" not in done.out.replace("by Ana", "")


@pytest.mark.parametrize("words", [("history", "har"), ("history", "har", "--patch")])
def test_the_commit_that_a_history_is_cut_off_at_has_not_changed_every_file(
    cloned: Clone, kb: Run, words: tuple[str, ...]
) -> None:
    cloned("--depth=1")
    done = kb(*words)
    assert (done.code, done.out, SHALLOW in done.err) == (0, "", True)


def test_a_revision_that_a_shallow_clone_lacks_is_told_so(
    team: Team, cloned: Clone, kb: Run
) -> None:
    part = cloned("--depth=1")
    git(part, "fetch", "-q", "--depth=1", "origin", team.mine.git("rev-parse", "HEAD~2"))
    done = kb("check", "--since", "FETCH_HEAD")
    assert (done.code, "no history in common" in done.err, SHALLOW in done.err) == (1, True, True)


def test_without_the_folders_of_its_history_a_clone_has_no_days(cloned: Clone, kb: Run) -> None:
    part = cloned("--filter=tree:0")
    assert file_histories(part, [HAR, PROXY]) == {}
    done = kb("history", "har")
    assert "lacks a part of its history" in done.err
    assert "git fetch --refetch --no-filter" in done.err
    git(part, "fetch", "-q", "--refetch", "--no-filter")
    assert file_histories(part, [HAR])[HAR].people == ("Ana", "Kim")


def test_a_file_whose_content_a_clone_lacks_is_not_taken_for_none(
    cloned: Clone,
) -> None:
    part = cloned("--filter=blob:none")
    blobs = Blobs(part)
    assert blobs["HEAD:kb/none.md"] is None
    with pytest.raises(MissingObjectsError, match=r"HEAD~2:kb/articles/har\.md"):
        blobs.load([f"HEAD~2:{HAR}"])


def test_mkdocs_tells_what_a_site_leaves_out(
    cloned: Clone, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    part = cloned("--depth=1")
    (part / "mkdocs.yml").write_text(
        "site_name: T\ndocs_dir: .site/docs\nplugins: [cannery: {audience: internal}]\n", "utf-8"
    )
    assert home.is_dir()
    from mkdocs.config import load_config

    (part / ".site/docs").mkdir(parents=True)
    config = load_config(str(part / "mkdocs.yml"))
    with caplog.at_level("INFO"):
        config.plugins.on_config(config)
    assert f"Last changes that are not known are left out. {SHALLOW}" in caplog.text
