"""A team whose repository is on a small forge, with a pull request of a colleague's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.hosts.forges import Forge
from tests.repositories import Team, git

_REFS = {"github": "pull", "gitea": "pull", "gitlab": "merge-requests"}


class ReviewedTeam(NamedTuple):
    """The user's clone is the current folder, and the user is signed in to the forge."""

    team: Team
    forge: Forge

    def propose(self, number: int = 1) -> str:
        """Make a request of what the colleague has changed, on top of main; its commit."""
        other = self.team.other
        other.git("checkout", "-q", "-B", f"change-{number}")
        other.git("add", "-A", "-f")
        other.git("commit", "-q", "-m", "A change")
        commit = other.git("rev-parse", "HEAD")
        other.git("push", "-q", "-f", "origin", f"HEAD:refs/{_REFS[self.forge.kind]}/{number}/head")
        other.git("checkout", "-q", "main")
        for item in self.forge.requests:
            if item.get("iid", item["number"]) == number:
                item.update({"sha": commit, "head": {**item.get("head", {}), "sha": commit}})
        self.forge.head = commit
        return commit


@contextmanager
def reviewed_team(
    team: Team, home: Path, kind: str = "github", requests: int = 1
) -> Iterator[ReviewedTeam]:
    forge = Forge(kind, requests)
    path = home / "config/cannery/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[hosts]\n"{forge.name}" = {{ token_variable = "FORGE_TOKEN" }}\n', "utf-8")
    settings = (
        f'name = "Team"\nrepository = "{forge.address}"\nforge = "{kind}"\nlanguages = ["en"]\n'
    )
    team.other.write("kb/kb.toml", settings)
    team.other.push("On a forge")
    git(team.mine.root, "pull", "-q", "--ff-only")
    try:
        yield ReviewedTeam(team, forge)
    finally:
        forge.end()
