"""Two agents edit the same articles by a random but seeded schedule; no edit may be lost.

python tests/benchmarks/agents.py [--edits 100] [--seed 1]

Each edit is a line or a tag that occurs once. Proposals are merged by a maintainer in one of three
ways. Where `kb sync` names a conflict, the agent takes over the team's text and adds their own.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ARTICLES = ("one", "two", "three")
TEXT = (
    "---\ntitle: {}\ntags: [first]\nowner: team\n---\nFirst line.\n\nSecond line.\n\nThird line.\n"
)
_MARK = re.compile(r"(?:edit|tag)-\d+")


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=check, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


class Agent:
    """A person with a clone."""

    def __init__(self, root: Path, name: str, chance: random.Random) -> None:
        self.folder, self.chance = root / name, chance
        git(root, "clone", "-q", "remote.git", name)

    def path(self) -> Path:
        return self.folder / "kb" / "articles" / f"{self.chance.choice(ARTICLES)}.md"

    def edit(self, number: int) -> str:
        """Put one mark anywhere; the mark."""
        path = self.path()
        text = path.read_text("utf-8")
        if self.chance.random() < 0.2:
            mark = f"tag-{number}"
            path.write_text(
                re.sub(r"^tags: \[", f"tags: [{mark}, ", text, flags=re.MULTILINE), "utf-8"
            )
            return mark
        mark = f"edit-{number}"
        head, body = text[: text.index("\n---\n") + 5], text[text.index("\n---\n") + 5 :]
        lines = body.split("\n")
        lines.insert(self.chance.randrange(len(lines)), f"A sentence with {mark} in it.")
        path.write_text(head + "\n".join(lines), "utf-8")
        return mark

    def kb(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "cannery", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode > 1:
            sys.exit(f"{arguments}: {done.stderr}")
        return done.returncode, done.stdout + done.stderr

    def sync(self) -> int:
        """Bring the team's changes in, and finish each conflict; how many there were."""
        self.kb("sync")
        beside = sorted(self.folder.rglob("*.theirs"))
        for theirs in beside:
            mine = theirs.with_suffix("")
            text = theirs.read_text("utf-8")
            lacking = [
                mark
                for mark in _MARK.findall(mine.read_text("utf-8"))
                if mark not in _MARK.findall(text)
            ]
            tags = "".join(f"{mark}, " for mark in lacking if mark.startswith("tag"))
            text = re.sub(r"^tags: \[", f"tags: [{tags}", text, flags=re.MULTILINE)
            own = [
                f"A sentence with {mark} in it.\n" for mark in lacking if mark.startswith("edit")
            ]
            mine.write_text(text + "".join(own), "utf-8")
            theirs.unlink()
        return len(beside)

    def propose(self) -> bool:
        code, said = self.kb("propose", "--yes")
        if code and "team has changed the same" in said:
            self.sync()
            code, said = self.kb("propose", "--yes")
        if code:
            sys.exit(f"propose: {said}")
        return "pushed" in said


def merge_one(maintainer: Path, chance: random.Random) -> str:
    """Merge an open proposal in one of three ways, where it merges; which."""
    git(maintainer, "fetch", "-q", "--prune")
    git(maintainer, "checkout", "-q", "-B", "main", "origin/main")
    refs = git(maintainer, "for-each-ref", "--format=%(refname:short)", "refs/remotes/origin/kb")
    if not refs:
        return ""
    branch = chance.choice(refs.split())
    way = chance.choice(("merge", "squash", "rebase"))
    if way == "rebase":
        base = git(maintainer, "merge-base", "main", branch)
        done = subprocess.run(["git", "cherry-pick", f"{base}..{branch}"], cwd=maintainer, capture_output=True, check=False)  # fmt: skip
    else:
        options = ["--squash"] if way == "squash" else ["--no-ff", "--no-edit"]
        done = subprocess.run(["git", "merge", "-q", *options, branch], cwd=maintainer, capture_output=True, check=False)  # fmt: skip
        if way == "squash" and not done.returncode:
            git(maintainer, "commit", "-q", "-m", "Squashed", check=False)
    if done.returncode:
        git(maintainer, "reset", "-q", "--hard", "origin/main")
        git(maintainer, "clean", "-qfd")
        return "conflict"
    git(maintainer, "push", "-q", "origin", "main", f":{branch.removeprefix('origin/')}")
    return way


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".gitconfig").write_text(
            "[user]\nname = Kim\nemail = kim@example.com\n[advice]\ndetachedHead = false\n"
        )
        os.environ.update(HOME=folder, KB_NO_HELPER="1", XDG_CACHE_HOME=str(root / "cache"))
        run(root, asked.edits, random.Random(asked.seed))  # noqa: S311 - the same in each run


def run(root: Path, edits: int, chance: random.Random) -> None:
    make_upstream(root)
    agents = [Agent(root, name, chance) for name in ("aoki", "kim")]
    for agent, name in zip(agents, ("aoki", "kim"), strict=True):
        git(agent.folder, "config", "user.email", f"{name}@example.com")
    marks: list[str] = []
    did: Counter[str] = Counter()
    while len(marks) < edits:
        agent = chance.choice(agents)
        what = chance.choices(("edit", "propose", "merge", "sync"), (4, 2, 2, 2))[0]
        if what == "edit":
            marks.append(agent.edit(len(marks)))
        elif what == "propose":
            agent.propose()
        elif what == "sync":
            did["conflicts"] += agent.sync()
        else:
            did[merge_one(root / "maintainer", chance) or "nothing to merge"] += 1
        did[what] += 1
    did["conflicts"] += settle(root, agents, chance)
    report(root, agents, marks, did)


def make_upstream(root: Path) -> None:
    """A remote with the articles, and its maintainer's clone."""
    git(root, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(root, "clone", "-q", "remote.git", "maintainer")
    articles = root / "maintainer" / "kb" / "articles"
    articles.mkdir(parents=True)
    (root / "maintainer" / "kb" / "kb.toml").write_text('[check.allow]\nduplicate = "so made"\n')
    for name in ARTICLES:
        (articles / f"{name}.md").write_text(TEXT.format(name))
    git(root / "maintainer", "checkout", "-q", "-b", "main")
    git(root / "maintainer", "add", "-A")
    git(root / "maintainer", "commit", "-q", "-m", "First")
    git(root / "maintainer", "push", "-q", "origin", "main")


def settle(root: Path, agents: list[Agent], chance: random.Random) -> int:
    """Sync, propose and merge until nothing is on its way; the number of conflicts."""
    conflicts = 0
    for _ in range(6):
        for agent in agents:
            conflicts += agent.sync()
            agent.propose()
            while merge_one(root / "maintainer", chance) in ("merge", "squash", "rebase"):
                pass
    for agent in agents:
        agent.sync()
    return conflicts


def report(root: Path, agents: list[Agent], marks: list[str], did: Counter[str]) -> None:
    git(root / "maintainer", "fetch", "-q", "--prune")
    there = "".join(
        git(root / "maintainer", "show", f"origin/main:kb/articles/{name}.md") for name in ARTICLES
    )
    lost = [mark for mark in marks if mark not in _MARK.findall(there)]
    twice = [mark for mark, count in Counter(_MARK.findall(there)).items() if count > 1]
    same = all(
        not git(agent.folder, "status", "--porcelain")
        and git(agent.folder, "rev-parse", "HEAD")
        == git(root / "maintainer", "rev-parse", "origin/main")
        for agent in agents
    )
    sys.stdout.write(f"{len(marks)} edits, {dict(did)}\n")
    sys.stdout.write(
        f"lost {len(lost)} {lost}, twice {len(twice)} {twice}, both equal to upstream: {same}\n"
    )
    if not same:
        for agent in agents:
            sys.stdout.write(
                git(agent.folder, "status", "--short", "--branch")
                + "\n"
                + git(agent.folder, "diff", "origin/main")[:1500]
                + "\n"
            )
            sys.stdout.write(agent.kb("status")[1])


if __name__ == "__main__":
    main()
