"""A team's repository: a bare remote, a clone of the user's, one of a colleague's."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

WHO = "[user]\nname = Kim\nemail = kim@example.com\n[init]\ndefaultBranch = main\n"
ARTICLE = "---\ntitle: HAR files\ntags: [network]\nowner: me\n---\nFirst line.\n\nSecond line.\n\nThird line.\n"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


@dataclass(frozen=True)
class Clone:
    """A working copy of the team's repository."""

    root: Path

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments)

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_bytes().decode()
        assert old in text
        self.write(path, text.replace(old, new))

    def push(self, message: str = "A change") -> str:
        """Commit all and push it; the commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        self.git("push", "-q", "origin", "HEAD:main")
        return self.git("rev-parse", "HEAD")

    def pull(self) -> None:
        self.git("pull", "-q", "--ff-only")

    def state(self) -> tuple[object, ...]:
        """All that a proposal must leave alone."""
        files = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.root).parts
        }
        return (
            files,
            self.git("status", "--porcelain=v2"),
            self.git("rev-parse", "HEAD", "--symbolic-full-name", "HEAD"),
            self.git("for-each-ref", "refs/heads", "refs/stash"),
            self.git("diff", "--cached"),
            self.git("worktree", "list"),
        )


@dataclass(frozen=True)
class Team:
    remote: Path
    mine: Clone
    other: Clone

    def shown(self, branch: str, path: str) -> str:
        return git(self.remote, "show", f"{branch}:{path}") + "\n"

    def branches(self) -> list[str]:
        found = git(self.remote, "for-each-ref", "--format=%(refname:short)", "refs/heads")
        return [name for name in found.splitlines() if name != "main"]


@pytest.fixture(scope="session")
def team_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three repositories of a team, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("team")
    settings = folder / "settings"
    settings.write_text(WHO, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        git(folder, "init", "-q", "--bare", "remote.git")
        git(folder, "clone", "-q", "remote.git", "other")
        first = Clone(folder / "other")
        first.write("kb/kb.toml", 'name = "Team"\n')
        first.write("kb/articles/har.md", ARTICLE)
        first.write("kb/articles/proxy.md", ARTICLE.replace("HAR files", "Proxies"))
        first.write("kb/macros/hello.md", "---\ntitle: Hello\n---\nHello {{ name }}\n")
        first.push("First")
        git(folder, "clone", "-q", "remote.git", "mine")
    for example in folder.rglob("hooks/*.sample"):
        example.unlink()
    return folder


@pytest.fixture
def team(team_template: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """The user's clone is the current folder."""
    (home / ".gitconfig").write_text(WHO, "utf-8")
    for name in ("remote.git", "other", "mine"):
        shutil.copytree(team_template / name, tmp_path / name, symlinks=True)
    remote = tmp_path / "remote.git"
    for name in ("other", "mine"):
        config = tmp_path / name / ".git/config"
        config.write_text(
            config.read_text("utf-8").replace(str(team_template / "remote.git"), str(remote)),
            "utf-8",
        )
        git(tmp_path / name, "update-index", "--refresh")  # the copies are other files than those
    mine = Clone(tmp_path / "mine")
    monkeypatch.chdir(mine.root)
    return Team(remote, mine, Clone(tmp_path / "other"))
