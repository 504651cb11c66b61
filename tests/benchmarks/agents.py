"""Two agents edit the same articles by a random but seeded schedule; no edit may be lost.

python tests/benchmarks/agents.py [--edits 100] [--seed 1]

Each edit is a mark that occurs once: a line of its own, words in a line that is there, or a tag. Now
and then an agent or the maintainer renames an article. A hook of one agent's reformats what they
commit. Proposals are merged by a maintainer in one of three ways, often with edits of the maintainer's
own. Where `kb sync` names a conflict, the agent takes over the team's text and adds their own. Before
each sync, `git merge` merges the same in a corner of its own: a conflict of ours where it has none is
a false one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ARTICLES = ("one", "two", "three")
LINES = "\n\n".join(f"Line {number} of the text." for number in range(1, 13))
TEXT = f"---\ntitle: {{}}\ntags: [first]\nowner: team\n---\n{LINES}\n"
HOOK = """#!/bin/sh
for file in $(git diff --cached --name-only --diff-filter=d); do
  sed -i 's/^A sentence/A tidy sentence/' "$file" && git add "$file"
done
"""
_WAYS = ("merge", "squash", "rebase", "suggestion")
_GONE = re.compile(r"^kb: (\S+) was deleted by the team", re.MULTILINE)
_MARK = re.compile(r"(?:edit|tag)-\d+")


def git(
    folder: Path,
    *arguments: str,
    check: bool = True,
    environment: Mapping[str, str] | None = None,
) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=check,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout.rstrip("\n")


class Agent:
    """A person with a clone."""

    def __init__(self, root: Path, name: str, chance: random.Random) -> None:
        self.folder, self.chance = root / name, chance
        git(root, "clone", "-q", "remote.git", name)

    def path(self) -> Path:
        return self.chance.choice(sorted((self.folder / "kb" / "articles").glob("*.md")))

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
        at = self.chance.randrange(len(lines))
        if lines[at] and self.chance.random() < 0.4:
            lines[at] += f" And {mark}."
        else:
            lines.insert(at, f"A sentence with {mark} in it.")
        path.write_text(head + "\n".join(lines), "utf-8")
        return mark

    def rename(self, number: int) -> None:
        path = self.path()
        path.rename(path.with_name(f"{path.stem.split('-')[0]}-{number}.md"))

    def merges_plainly(self) -> bool:
        """Whether `git merge` would bring in what the team has without a conflict."""
        git(self.folder, "fetch", "-q", "origin")
        index = {**os.environ, "GIT_INDEX_FILE": str(self.folder / ".git" / "corner")}
        shutil.copy(self.folder / ".git" / "index", index["GIT_INDEX_FILE"])
        git(self.folder, "add", "-A", "--", ":!*.theirs", environment=index)
        tree = git(self.folder, "write-tree", environment=index)
        commit = git(self.folder, "commit-tree", "-p", "HEAD", "-m", "x", tree)
        command = ["git", "merge-tree", "--write-tree", commit, "origin/main"]
        return not subprocess.run(
            command, cwd=self.folder, capture_output=True, check=False
        ).returncode

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

    def sync(self) -> Counter[str]:
        """Bring the team's changes in, and finish each conflict; how many there were."""
        is_plain = self.merges_plainly()
        code, said = self.kb("sync")
        if code and "conflict" not in said:
            sys.exit(f"sync: {said}")
        beside = sorted(self.folder.rglob("*.theirs"))
        if is_plain and code:
            sys.stdout.write(f"false conflict: {said}\n")
        gone = [self.folder / path for path in _GONE.findall(said)]
        if code and not (beside or gone):
            sys.exit(f"sync: {said}")
        for mine in gone:  # renamed, and no more like it: the marks go where it is
            names = {*mine.parent.glob(f"{mine.stem.split('-')[0]}*.md")} - {mine}
            target = min(names)
            self._add(target, target.read_text("utf-8"), mine.read_text("utf-8"))
            mine.unlink()
        for theirs in beside:
            mine = theirs.with_suffix("")
            if not mine.exists():  # deleted here, edited there
                theirs.rename(mine)
                continue
            self._add(mine, theirs.read_text("utf-8"), mine.read_text("utf-8"))
            theirs.unlink()
        return Counter(conflicts=len(beside) + len(gone), false=int(is_plain and bool(code)))

    def _add(self, path: Path, text: str, own: str) -> None:
        """Write a text with the marks of the agent's own that it lacks."""
        there = _MARK.findall(text)
        lacking = [mark for mark in dict.fromkeys(_MARK.findall(own)) if mark not in there]
        tags = "".join(f"{mark}, " for mark in lacking if mark.startswith("tag"))
        text = re.sub(r"^tags: \[", f"tags: [{tags}", text, flags=re.MULTILINE)
        lines = (f"A sentence with {mark} in it.\n" for mark in lacking if mark.startswith("edit"))
        path.write_text(text + "".join(lines), "utf-8")

    def propose(self) -> bool:
        code, said = self.kb("propose", "--yes")
        if "kb sync" in said:
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
    way = chance.choice(("merge", "squash", "rebase", "suggestion"))
    commands = {
        "merge": ["merge", "-q", "--no-ff", "--no-edit", branch],
        "rebase": ["cherry-pick", f"{git(maintainer, 'merge-base', 'main', branch)}..{branch}"],
    }
    command = commands.get(way, ["merge", "-q", "--squash", branch])
    done = subprocess.run(["git", *command], cwd=maintainer, capture_output=True, check=False)
    if done.returncode:
        git(maintainer, "reset", "-q", "--hard", "origin/main")
        git(maintainer, "clean", "-qfd")
        return "conflict"
    if way == "suggestion":
        edit_as_reviewer(maintainer, chance)
    if way in ("squash", "suggestion"):
        git(maintainer, "commit", "-q", "-a", "-m", "Squashed", check=False)
    git(maintainer, "push", "-q", "origin", "main", f":{branch.removeprefix('origin/')}")
    return way


def edit_as_reviewer(maintainer: Path, chance: random.Random) -> None:
    """Better words in lines that are proposed."""
    names = git(maintainer, "diff", "--cached", "--name-only", "--diff-filter=d").split()
    for path in (maintainer / name for name in names):
        text = path.read_text("utf-8")
        if chance.random() < 0.7:
            path.write_text(re.sub(r"^(A.* sentence) with", r"\1 reviewed, with", text, flags=re.MULTILINE), "utf-8")  # fmt: skip


def rename_one(maintainer: Path, number: int, chance: random.Random) -> None:
    """The maintainer renames an article."""
    git(maintainer, "fetch", "-q", "--prune")
    git(maintainer, "checkout", "-q", "-B", "main", "origin/main")
    path = chance.choice(sorted((maintainer / "kb" / "articles").glob("*.md")))
    git(maintainer, "mv", str(path), str(path.with_name(f"{path.stem.split('-')[0]}-{number}.md")))
    git(maintainer, "commit", "-q", "-m", "Renamed")
    git(maintainer, "push", "-q", "origin", "main")


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
    hook = agents[0].folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(HOOK, "utf-8")
    hook.chmod(0o755)
    marks: list[str] = []
    did: Counter[str] = Counter()
    while len(marks) < edits:
        agent = chance.choice(agents)
        kinds = ("edit", "propose", "merge", "sync", "rename", "rename upstream")
        what = chance.choices(kinds, (40, 20, 20, 20, 1, 2))[0]
        if what == "edit":
            marks.append(agent.edit(len(marks)))
        elif what == "propose":
            agent.propose()
        elif what == "sync":
            did += agent.sync()
        elif what == "rename":
            agent.rename(sum(did.values()))
        elif what == "rename upstream":
            rename_one(root / "maintainer", sum(did.values()), chance)
        else:
            did[merge_one(root / "maintainer", chance) or "nothing to merge"] += 1
        did[what] += 1
    did += settle(root, agents, chance)
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


def settle(root: Path, agents: list[Agent], chance: random.Random) -> Counter[str]:
    """Sync, propose and merge until nothing is on its way; the conflicts."""
    conflicts: Counter[str] = Counter()
    for _ in range(6):
        for agent in agents:
            conflicts += agent.sync()
            agent.propose()
            while merge_one(root / "maintainer", chance) in _WAYS:
                pass
    for agent in agents:
        agent.sync()
    return conflicts


def report(root: Path, agents: list[Agent], marks: list[str], did: Counter[str]) -> None:
    git(root / "maintainer", "fetch", "-q", "--prune")
    names = git(root / "maintainer", "ls-tree", "-r", "--name-only", "origin/main").split()
    there = "".join(git(root / "maintainer", "show", f"origin/main:{name}") for name in names)
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
