"""The situations in which `kills.py` kills: a clone of the team's, or a folder without Git."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ARTICLE = "---\ntitle: {}\ntags: [a]\nowner: me\n---\nFirst line.\n\nSecond line.\n\nThird line.\n"
LINKING = "---\ntitle: Link {}\nowner: me\nrelated: [articles/one]\n---\nSee [one](one.md) and [two](two.md).\n"
WRONG = "---\ntitle: Wrong {}\nowner: me\n---\n## A\n\n#### B\n\nText.\n"
MACRO = "---\ntitle: Hello\nfields:\n  who: {remember: true}\n---\nHello {{ who }}\n"
EDITOR = '#!/bin/sh\nfor last; do :; done\nprintf "One line more.\\n" >> "$last"\n'

STARTER = Path(__file__).parents[2] / "tool/cannery/starter/files"

Kb = Callable[..., object]


class Trip(NamedTuple):
    """A situation, the command that is killed in it, and the exit code that it ends with.

    `then` are the ways in which a user may go on: the same again, undo, or another command.
    """

    prepare: Callable[[Path, Kb], None]
    command: tuple[str, ...]
    code: int = 0
    then: tuple[str, ...] = ("same", "undo", "other")
    every: int = 1


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / "kb" / "articles" / f"{name}.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def push(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A change")
    git(root, "push", "-q", "origin", "HEAD:main")


def make(root: Path, _: Kb) -> None:
    """A bare remote, a clone of the user's, and one of a colleague's."""
    git(root, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(root, "clone", "-q", "remote.git", "other")
    articles = root / "other" / "kb" / "articles"
    articles.mkdir(parents=True)
    (root / "other" / "kb" / "kb.toml").touch()
    for name in ("one", "two", "three", "four"):
        (articles / f"{name}.md").write_text(ARTICLE.format(name), "utf-8")
    git(root / "other", "checkout", "-q", "-b", "main")
    push(root / "other")
    git(root, "clone", "-q", "remote.git", "mine")


def fill(root: Path) -> None:
    """What `rename`, `check --fix` and `reply` have something to do with."""
    articles = root / "mine" / "kb" / "articles"
    for number in range(4):
        (articles / f"link{number}.md").write_text(LINKING.format(number), "utf-8")
        (articles / f"wrong{number}.md").write_text(WRONG.format(number), "utf-8")
    (articles.parent / "macros").mkdir()
    (articles.parent / "macros" / "hello.md").write_text(MACRO, "utf-8")


def local(root: Path, kb: Kb) -> None:
    """A clone with much in it that is not committed."""
    make(root, kb)
    fill(root)


def plain(root: Path, _: Kb) -> None:
    """The same in a folder without Git."""
    articles = root / "mine" / "kb" / "articles"
    articles.mkdir(parents=True)
    (articles.parent / "kb.toml").touch()
    for name in ("one", "two"):
        (articles / f"{name}.md").write_text(ARTICLE.format(name), "utf-8")
    fill(root)


def siteful(root: Path, kb: Kb) -> None:
    plain(root, kb)
    (root / "mine" / "kb" / "kb.toml").write_text('site_url = "https://help.example.com"\n')
    for path in (root / "mine" / "kb" / "articles").glob("*.md"):
        text = path.read_text("utf-8").replace("owner: me\n", "owner: me\naudience: public\n")
        path.write_text(text, "utf-8")
    shutil.copy(STARTER / "mkdocs.yml", root / "mine")


def built_before(root: Path, kb: Kb) -> None:
    siteful(root, kb)
    kb(root, "site", "build")
    edit(root / "mine", "one", "First", "1st")
    (root / "mine" / "kb" / "articles" / "wrong0.md").unlink()


def nothing(root: Path, _: Kb) -> None:
    (root / "mine").mkdir()


def renamed_before(root: Path, kb: Kb) -> None:
    local(root, kb)
    kb(root, "rename", "one", "uno")


def replied_before(root: Path, kb: Kb) -> None:
    plain(root, kb)
    kb(root, "reply", "hello", "--set", "who=Ada", "--print")


def importing(root: Path, kb: Kb) -> None:
    """A folder with replies of another program."""
    local(root, kb)
    for name in ("refund", "restart", "welcome"):
        folder = root / "mine" / "replies"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(f"About {name}: [Name], thank you.\n", "utf-8")


def captured(root: Path, kb: Kb) -> None:
    plain(root, kb)
    (root / "mine" / "reply.txt").write_text("Dear Ada,\n\nRestart it, please.\n", "utf-8")


def _old_site(folder: Path) -> None:
    """A site of MkDocs that is to be adopted."""
    pages = folder / "docs"
    (pages / "img").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Old\n", "utf-8")
    (pages / "img" / "menu.png").write_bytes(b"\x89PNG")
    for name in ("printers", "scanners", "cables"):
        text = ARTICLE.format(name) + "\n![menu](img/menu.png) [see](printers.md)\n"
        (pages / f"{name}.md").write_text(text, "utf-8")


def site_of_another_tool(root: Path, _: Kb) -> None:
    """A repository without a knowledge base."""
    _old_site(root / "mine")
    git(root / "mine", "init", "-q")
    git(root / "mine", "add", "-A")
    git(root / "mine", "commit", "-q", "-m", "A site")


def site_elsewhere(root: Path, kb: Kb) -> None:
    plain(root, kb)
    _old_site(root / "old")


def site_in_the_repository(root: Path, kb: Kb) -> None:
    make(root, kb)
    _old_site(root / "mine" / "old")
    push(root / "mine")


def mine_edits(root: Path, kb: Kb) -> None:
    make(root, kb)
    _edit_mine(root)


def _edit_mine(root: Path) -> None:
    edit(root / "mine", "one", "First", "1st")
    (root / "mine" / "kb" / "articles" / "new.md").write_text("---\ntitle: New\n---\nx\n")
    (root / "mine" / "kb" / "articles" / "four.md").unlink()


def theirs_edit(root: Path, kb: Kb) -> None:
    make(root, kb)
    edit(root / "other", "one", "Third", "3rd")
    edit(root / "other", "two", "First", "1st")
    (root / "other" / "kb" / "articles" / "added.md").write_text(ARTICLE.format("added"))
    (root / "other" / "kb" / "articles" / "three.md").unlink()
    push(root / "other")


def both_edit(root: Path, kb: Kb) -> None:
    theirs_edit(root, kb)
    _edit_mine(root)


def meet(root: Path, kb: Kb) -> None:
    both_edit(root, kb)
    edit(root / "mine", "two", "First", "mine")


def proposed_before(root: Path, kb: Kb) -> None:
    mine_edits(root, kb)
    kb(root, "propose", "--yes")
    edit(root / "mine", "one", "Second", "2nd")


def offline_before(root: Path, kb: Kb) -> None:
    mine_edits(root, kb)
    (root / "remote.git").rename(root / "away")
    kb(root, "propose", "--yes")
    (root / "away").rename(root / "remote.git")


def merged_before(root: Path, kb: Kb) -> None:
    proposed_before(root, kb)
    kb(root, "propose", "--yes")
    branch = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)", "refs/heads/kb")
    git(root / "other", "pull", "-q", "origin", "main")
    git(root / "other", "fetch", "-q")
    git(root / "other", "merge", "-q", "--squash", f"origin/{branch}")
    push(root / "other")


def hunks(root: Path, kb: Kb) -> None:
    """Both have edited one line of a file, and each another one, too."""
    meet(root, kb)
    edit(root / "mine", "two", "Third", "3rd of mine")
    edit(root / "other", "two", "Second", "2nd of theirs")
    push(root / "other")


def hunks_again(root: Path, kb: Kb) -> None:
    """The same once more, with a conflict open and words of the user's beside it."""
    hunks(root, kb)
    kb(root, "sync")
    beside = root / "mine" / "kb" / "articles" / "two.md.theirs"
    beside.write_text(beside.read_text("utf-8").replace("1st", "1st, of both"), "utf-8")
    edit(root / "other", "two", "1st", "another 1st")
    edit(root / "other", "one", "Second", "2nd")
    push(root / "other")


def hunks_before(root: Path, kb: Kb) -> None:
    hunks(root, kb)
    kb(root, "sync")


def _rename(root: Path, old: str, new: str) -> None:
    articles = root / "kb" / "articles"
    (articles / f"{old}.md").rename(articles / f"{new}.md")


def renamed_there(root: Path, kb: Kb) -> None:
    """The team has renamed what the user has edited."""
    both_edit(root, kb)
    _rename(root / "other", "one", "uno")
    push(root / "other")


def renamed_here(root: Path, kb: Kb) -> None:
    """The user has renamed what the team has edited."""
    both_edit(root, kb)
    _rename(root / "mine", "one", "uno")


def _squash(root: Path, *edits: tuple[str, str, str]) -> None:
    """Merge the only proposal as a reviewer has edited it, who has deleted its branch."""
    branch = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)", "refs/heads/kb")
    git(root / "other", "fetch", "-q")
    git(root / "other", "merge", "-q", "--squash", f"origin/{branch}")
    for name, old, new in edits:
        edit(root / "other", name, old, new)
    push(root / "other")
    git(root / "other", "push", "-q", "origin", f":{branch}")


def suggested(root: Path, kb: Kb) -> None:
    """A reviewer has edited the very line that was proposed."""
    mine_edits(root, kb)
    kb(root, "propose", "--yes")
    _squash(root, ("one", "1st", "1st, and better"))


def formatting(root: Path, kb: Kb) -> None:
    """A hook of the user's writes otherwise what they commit."""
    mine_edits(root, kb)
    hook = root / "mine" / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nsed -i s/1st/FIRST/ kb/articles/one.md\ngit add -u\n", "utf-8")
    hook.chmod(0o755)


def formatted_before(root: Path, kb: Kb) -> None:
    formatting(root, kb)
    kb(root, "propose", "--yes")
    _squash(root)


def reviewed_before(root: Path, kb: Kb) -> None:
    """A reviewer has pushed to the proposal's branch, and the user has edited on."""
    proposed_before(root, kb)
    branch = git(root / "remote.git", "for-each-ref", "--format=%(refname:short)", "refs/heads/kb")
    git(root / "other", "fetch", "-q")
    git(root / "other", "checkout", "-q", "--detach", f"origin/{branch}")
    edit(root / "other", "one", "Third", "3rd of a reviewer's")
    git(root / "other", "commit", "-q", "-a", "-m", "Suggestion")
    git(root / "other", "push", "-q", "origin", f"HEAD:{branch}")


def synced_before(root: Path, kb: Kb) -> None:
    both_edit(root, kb)
    kb(root, "sync")


def two_commits(root: Path, kb: Kb) -> None:
    make(root, kb)
    edit(root / "mine", "one", "First", "1st")
    git(root / "mine", "commit", "-q", "-a", "-m", "x")


_AGAIN = ("same", "undo")  # another command does not send what waits
TRIPS = {
    "propose": Trip(mine_edits, ("propose", "--yes"), then=_AGAIN),
    "propose, the team is ahead": Trip(both_edit, ("propose", "--yes"), then=_AGAIN),
    "propose again": Trip(proposed_before, ("propose", "--yes"), then=_AGAIN),
    "propose --resume": Trip(offline_before, ("propose", "--resume"), then=_AGAIN),
    "sync": Trip(theirs_edit, ("sync",)),
    "sync, both have edited": Trip(both_edit, ("sync",)),
    "sync, a conflict": Trip(meet, ("sync",), 1),
    "sync, merged upstream": Trip(merged_before, ("sync",)),
    "sync, hunks": Trip(hunks, ("sync",), 1),
    "sync, hunks again": Trip(hunks_again, ("sync",), 1),
    "sync, renamed by the team": Trip(renamed_there, ("sync",)),
    "sync, renamed here": Trip(renamed_here, ("sync",)),
    "sync, a suggestion squashed": Trip(suggested, ("sync",)),
    "sync, reformatted by a hook": Trip(formatted_before, ("sync",)),
    "propose, reformatted by a hook": Trip(formatting, ("propose", "--yes"), then=_AGAIN),
    "propose, renamed by the team": Trip(renamed_there, ("propose", "--yes"), then=_AGAIN),
    "propose, renamed here": Trip(renamed_here, ("propose", "--yes"), then=_AGAIN),
    "propose again, with a reviewer's commit": Trip(  # what others have added to is not undone
        reviewed_before, ("propose", "--yes"), then=("same",)
    ),
    "undo of a sync with hunks": Trip(hunks_before, ("undo",), then=("same", "other")),
    "restore": Trip(two_commits, ("restore", "one", "--at", "HEAD~1")),
    "undo of a sync": Trip(synced_before, ("undo",), then=("same", "other")),
    "undo of a proposal": Trip(proposed_before, ("undo",), then=("same",)),
    "rename": Trip(local, ("rename", "one", "uno")),
    "rename, no Git": Trip(plain, ("rename", "one", "uno")),
    "undo of a rename": Trip(renamed_before, ("undo",), then=("same", "other")),
    "retire": Trip(local, ("retire", "one", "--for", "two")),
    "retire, no Git": Trip(plain, ("retire", "one", "--for", "two")),
    "edit": Trip(local, ("edit", "one")),
    "edit, no Git": Trip(plain, ("edit", "one")),
    "new": Trip(local, ("new", "article", "A draft")),
    "new from a reply": Trip(captured, ("new", "macro", "Restart", "--from", "reply.txt", "--yes")),
    "import": Trip(importing, ("import", "replies", "--yes")),
    "check --fix": Trip(local, ("check", "--fix")),
    "check --fix, no Git": Trip(plain, ("check", "--fix")),
    "adopt": Trip(site_of_another_tool, ("adopt", "--yes"), then=("same",)),
    "adopt, an import": Trip(site_elsewhere, ("adopt", "../old", "--yes")),
    "adopt, a move": Trip(site_in_the_repository, ("adopt", "old", "--move", "--yes")),
    "init": Trip(nothing, ("init",), then=("same",)),
    "values remembered": Trip(
        replied_before, ("reply", "hello", "--set", "who=Bob", "--print"), then=("same", "other")
    ),
    "site build": Trip(siteful, ("site", "build"), then=("same",), every=5),
    "site build, again": Trip(built_before, ("site", "build"), then=("same",), every=3),
}
