"""A repository from a stranger: nothing that it names is run by commands that only read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import Clone, Team, git

from cannery.git.repository import GitError
from cannery.git.run import attempt
from cannery.git.run import git as our_git
from cannery.git.view import as_user

MKDOCS = Path(__file__).parents[2] / "mkdocs.yml"
HAR = "kb/articles/har.md"
HOOKS = (
    "applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit"
    " post-index-change post-merge post-rewrite pre-auto-gc pre-commit pre-merge-commit pre-push"
    " prepare-commit-msg proc-receive reference-transaction sendemail-validate"
)
READING = (
    ("find", "har"),
    ("show", "articles/har"),
    ("show", "articles/har", "--raw"),
    ("reply", "hello", "--print", "--set", "name=Kim"),
    ("similar", "articles/har"),
    ("check",),
    ("check", "--since", "HEAD~1"),
    ("check", "--fix", "--dry-run"),
    ("history", "articles/har"),
    ("history", "articles/har", "--patch"),
    ("history", "articles/har", "--json"),
    ("blame", "articles/har"),
    ("status",),
    ("status", "--json"),
    ("doctor",),
    ("stage", "out"),
    ("restore", "articles/har", "--at", "HEAD~1", "--dry-run"),
    ("undo", "--dry-run"),
    ("propose", "--dry-run"),
)


def _settings(run: str) -> str:
    """A .git/config in which each setting that can name a program names one."""
    return f"""
[core]
	fsmonitor = {run} fsmonitor
	pager = {run} pager
	sshCommand = {run} ssh
	gitProxy = {run} proxy
	askPass = {run}-askpass
	editor = {run} editor
	alternateRefsCommand = {run} alternates
	attributesFile = .git/attributes
[credential]
	helper = !{run} credential
[sequence]
	editor = {run} sequence
[diff]
	external = {run} external
[diff "evil"]
	command = {run} command
	textconv = {run} textconv
	cachetextconv = false
[filter "evil"]
	clean = {run} clean
	smudge = {run} smudge
	process = {run} process
	required = true
[merge "evil"]
	driver = {run} driver
[gpg]
	program = {run}-gpg
[gpg "ssh"]
	program = {run}-gpgssh
	defaultKeyCommand = {run} key
[log]
	showSignature = true
[pager]
	log = {run} pager-log
	diff = {run} pager-diff
	blame = {run} pager-blame
	status = {run} pager-status
[alias]
	log = !{run} alias
	blame = !{run} alias
	rev-parse = !{run} alias
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[uploadpack]
	packObjectsHook = {run} packobjects
[fetch]
	recurseSubmodules = true
[submodule]
	recurse = true
[submodule "sub"]
	active = true
	url = ext::{run} submodule
	update = !{run} update
[trace2]
	eventTarget = {Path(run).parent}/ran/trace2
[include]
	path = more
[url "ext::{run} insteadof %S"]
	insteadOf = https://team.example/
"""


@pytest.fixture
def foreign(team: Team, tmp_path: Path) -> tuple[Clone, Path]:
    """A clone whose settings, hooks and attributes name programs, and where their marks would be."""
    marks = tmp_path / "ran"
    marks.mkdir()
    run = tmp_path / "run"
    run.write_text(f'#!/bin/sh\n: > "{marks}/$(basename "$0")-$1"\ncat\n')
    run.chmod(0o755)
    for name in ("gpg", "gpgssh", "askpass"):
        (tmp_path / f"run-{name}").symlink_to(run)
    mine = team.mine
    mine.edit(HAR, "First line", "1st")
    mine.write(".gitattributes", "*.md filter=evil diff=evil merge=evil\n")
    _with_submodule(mine, run)
    mine.git("add", ".gitattributes", HAR)
    mine.git("commit", "-q", "-m", "A change")
    _sign(mine)
    mine.edit(HAR, "Second line", "2nd")
    mine.write("kb/articles/new.md", "---\ntitle: New\n---\nNew.\n")
    hooks = mine.root / ".git/hooks"
    for name in HOOKS.split():
        (hooks / name).write_text(f"#!/bin/sh\n{run} hook-{name}\nexit 0\n")
        (hooks / name).chmod(0o755)
    (mine.root / ".git/info/attributes").write_text("*.md filter=evil diff=evil\n")
    with (mine.root / ".git/config").open("a") as settings:
        settings.write(_settings(str(run)))
    (mine.root / ".git/more").write_text(f"[core]\n\tfsmonitor = {run} included\n")
    for path in (mine.root / "kb").rglob("*.md"):
        os.utime(path, (1, 1))  # the index has to look at them again
    return mine, marks


def _with_submodule(mine: Clone, run: Path) -> None:
    """A repository inside, with settings of its own."""
    mine.git("init", "-q", "kb/sub")
    inner = Clone(mine.root / "kb/sub")
    inner.git("commit", "-q", "--allow-empty", "-m", "x")
    mine.git("add", "kb/sub")
    mine.write(".gitmodules", '[submodule "sub"]\npath = kb/sub\nurl = ./x\nignore = none\n')
    inner.git("config", "core.fsmonitor", f"{run} submodule-fsmonitor")
    inner.write("file", "x")


def _sign(mine: Clone) -> None:
    """A signature on the newest commit, for whoever would look at it."""
    raw = mine.git("cat-file", "commit", "HEAD")
    head, _, text = raw.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{text}\n"
    path = mine.root / ".git/signed"
    path.write_text(signed)
    mine.git("reset", "-q", "--soft", mine.git("hash-object", "-t", "commit", "-w", str(path)))


def _ran(marks: Path) -> list[str]:
    return sorted(path.name for path in marks.iterdir())


def test_git_itself_would_run_them(foreign: tuple[Clone, Path]) -> None:
    """Else the tests below would show nothing."""
    mine, marks = foreign
    for asked in (("status",), ("diff", "--ext-diff"), ("log", "-p", "--ext-diff", "-1")):
        subprocess.run(["git", *asked], cwd=mine.root, capture_output=True, check=False)
    assert {"run-fsmonitor", "run-clean", "run-external", "run-hook-post-index-change"} & {
        *_ran(marks)
    }
    assert len(_ran(marks)) >= 3


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_that_reads_runs_nothing(
    kb: Run, foreign: tuple[Clone, Path], command: tuple[str, ...]
) -> None:
    before = (foreign[0].root / ".git/index").read_bytes()
    done = kb(*command)
    assert _ran(foreign[1]) == []
    assert done.code in {0, 1}
    assert "bug" not in done.err
    assert (foreign[0].root / ".git/index").read_bytes() == before


def test_a_site_is_built_of_it_and_runs_nothing(kb: Run, foreign: tuple[Clone, Path]) -> None:
    (foreign[0].root / "mkdocs.yml").write_text(MKDOCS.read_text())
    for audience in ("public", "internal"):
        done = kb("site", "build", "--audience", audience)
        assert (done.code, _ran(foreign[1])) == (0, []), done.err


ONE_BY_ONE = {
    "fsmonitor": ("core.fsmonitor", "{run}"),
    "hooksPath": ("core.hooksPath", "{hooks}"),
    "pager": ("core.pager", "{run}"),
    "pager of one command": ("pager.log", "{run}"),
    "sshCommand": ("core.sshCommand", "{run}"),
    "askPass": ("core.askPass", "{run}"),
    "gitProxy": ("core.gitProxy", "{run}"),
    "credential helper": ("credential.helper", "!{run}"),
    "credential helper of a host": ("credential.https://127.0.0.1:9.helper", "!{run}"),
    "external diff": ("diff.external", "{run}"),
    "diff command": ("diff.evil.command", "{run}"),
    "textconv": ("diff.evil.textconv", "{run}"),
    "clean filter": ("filter.evil.clean", "{run}"),
    "smudge filter": ("filter.evil.smudge", "{run}"),
    "process filter": ("filter.evil.process", "{run}"),
    "signatures": ("gpg.program", "{run}"),
    "signatures of SSH": ("gpg.ssh.program", "{run}"),
    "ext in the address": ("remote.origin.url", "ext::{run}"),
    "vcs": ("remote.origin.vcs", "ext"),
    "uploadpack": ("remote.origin.uploadpack", "{run}"),
    "insteadOf": ("url.ext::{run} .insteadOf", "{remote}"),
    "include": ("include.path", "{included}"),
    "includeIf": ("includeIf.gitdir:/.path", "{included}"),
    "trace": ("trace2.eventTarget", "{mark}"),
}
# What git itself runs of it when asked the same: the others need a terminal or another host.
RUN_BY_GIT = {
    "fsmonitor", "hooksPath", "external diff", "diff command", "textconv", "clean filter",
    "process filter", "ext in the address", "uploadpack", "insteadOf", "include", "includeIf",
    "signatures", "smudge filter",
}  # fmt: skip
ASKED = (
    ("status", "--porcelain"),
    ("diff", "HEAD"),
    ("log", "-p", "--format=%H"),
    ("blame", "--", HAR),
    ("ls-files", "--others"),
    ("cat-file", "--filters", f"HEAD:{HAR}"),
    ("hash-object", "--", HAR),
    ("ls-remote", "origin"),
    ("fetch", "-q", "origin"),
)


@pytest.mark.parametrize("which", ONE_BY_ONE)
def test_each_setting_by_itself_runs_nothing(team: Team, tmp_path: Path, which: str) -> None:
    mark, run, hooks = tmp_path / "mark", tmp_path / "run", tmp_path / "hooks"
    run.write_text(f"#!/bin/sh\n: > '{mark}'\nexit 1\n")
    run.chmod(0o755)
    hooks.mkdir()
    for name in HOOKS.split():
        (hooks / name).symlink_to(run)
    included = tmp_path / "included"
    included.write_text(f"[core]\n\tfsmonitor = {run}\n")
    mine = team.mine
    _sign(mine)
    if which == "signatures":
        mine.git("config", "log.showSignature", "true")
    mine.git("config", "protocol.ext.allow", "always")
    (mine.root / ".git/info/attributes").write_text("*.md filter=evil diff=evil\n")
    mine.edit(HAR, "First line", "1st")
    names = {"run": run, "hooks": hooks, "included": included, "mark": mark, "remote": team.remote}
    key, value = (text.format(**names) for text in ONE_BY_ONE[which])
    mine.git("config", key, value)
    # Where a file is newer than git's index, git writes the index, and a hook follows.
    touched = mine.root / "kb/articles/proxy.md"
    touched.touch()
    for asked in ASKED:
        attempt(mine.root, *asked)
    assert not mark.exists()
    touched.touch()
    for asked in ASKED:
        subprocess.run(
            ["git", *asked],
            cwd=mine.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    assert mark.exists() is (which in RUN_BY_GIT)


def test_what_is_read_is_right_all_the_same(kb: Run, foreign: tuple[Clone, Path]) -> None:
    assert "1st" in kb("history", "articles/har", "--patch").out
    assert [line.split()[2] for line in kb("history", "articles/har").out.splitlines()] == [
        "en",
        "en",
    ]
    assert "2nd" in kb("blame", "articles/har").out
    said = kb("status").out
    assert HAR in said
    assert "kb/articles/new.md" in said
    assert "core.fsmonitor" in kb("doctor").out


@pytest.mark.parametrize(
    "address",
    ["ext::{run} ext", "foo::bar", "ssh://git@host.invalid/x", "git://host.invalid/x",
     "https://team.example/x", "https://kim@127.0.0.1:9/x"],
)  # fmt: skip
def test_to_look_at_a_remote_runs_nothing(
    kb: Run, foreign: tuple[Clone, Path], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    mine, marks = foreign
    (marks.parent / "bin").mkdir()
    ssh = marks.parent / "bin/ssh"  # the user's own, which says no
    ssh.write_text("#!/bin/sh\nexit 255\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    git(mine.root, "config", "remote.origin.url", address.format(run=marks.parent / "run"))
    git(mine.root, "config", "remote.origin.vcs", "ext")
    git(mine.root, "config", "remote.origin.uploadpack", f"{marks.parent}/run uploadpack")
    done = kb("status")
    assert (done.code, _ran(marks)) == (0, [])
    assert "core.sshcommand" in done.err


def test_a_missing_object_is_not_fetched(kb: Run, foreign: tuple[Clone, Path]) -> None:
    mine, marks = foreign
    git(mine.root, "config", "core.repositoryformatversion", "1")
    git(mine.root, "config", "extensions.partialClone", "origin")
    git(mine.root, "config", "remote.origin.promisor", "true")
    git(mine.root, "config", "remote.origin.url", f"ext::{marks.parent}/run promisor")
    for path in marks.iterdir():
        path.unlink()
    name = our_git(mine.root, "rev-parse", f"HEAD:{HAR}")
    (mine.root / ".git/objects" / name[:2] / name[2:]).unlink()
    for command in (("history", "articles/har", "-p"), ("blame", "articles/har"), ("check",)):
        kb(*command)
    assert _ran(marks) == []


def test_a_repository_inside_of_another_is_not_taken_for_it(
    kb: Run, foreign: tuple[Clone, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, marks = foreign
    inner = mine.root / "inner"
    git(mine.root, "init", "-q", "--bare", str(inner))
    (inner / "config").write_text(
        f"[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = {marks.parent}/run bare\n"
    )
    (inner / "kb/articles").mkdir(parents=True)
    (inner / "kb/kb.toml").write_text("")
    (inner / "kb/articles/a.md").write_text("---\ntitle: A\n---\nA.\n")
    monkeypatch.chdir(inner)
    for command in READING:
        kb(*command)
    assert _ran(marks) == []
    done = kb("sync")
    assert (done.code, "looks like a repository inside another one" in done.err) == (1, True)
    assert _ran(marks) == []


def test_files_elsewhere_are_neither_read_nor_written(kb: Run, team: Team, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "kb/articles").mkdir(parents=True)
    (elsewhere / "kb/articles/har.md").write_text("mine")
    team.other.edit(HAR, "First line", "Theirs")
    team.other.push()
    team.mine.git("config", "core.worktree", str(elsewhere))
    assert kb("status").code == 0
    done = kb("sync")
    assert (done.code, "is configured to keep its files in" in done.err) == (1, True)
    assert (elsewhere / "kb/articles/har.md").read_text() == "mine"


def test_a_git_that_lies_in_the_knowledge_base_is_not_run(
    kb: Run, team: Team, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = team.mine.write("git", f"#!/bin/sh\n: > {tmp_path}/ran\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f".:{team.mine.root}:{os.environ['PATH']}")
    assert kb("history", "articles/har").code == 0
    assert not (tmp_path / "ran").exists()


def test_commands_that_write_have_the_clone_s_own_settings(team: Team) -> None:
    team.mine.git("config", "user.title", "x")
    team.mine.git("config", "filter.up.clean", "tr a-z A-Z")
    team.mine.write(".git/info/attributes", "*.md filter=up\n")
    with as_user():
        name = our_git(team.mine.root, "hash-object", "-w", "--", HAR)
    assert "FIRST LINE" in our_git(team.mine.root, "cat-file", "blob", name)
    name = our_git(team.mine.root, "hash-object", "-w", "--", HAR)
    assert "First line" in our_git(team.mine.root, "cat-file", "blob", name)


def test_the_user_s_own_filters_hold_for_reading(kb: Run, team: Team, home: Path) -> None:
    with (home / ".gitconfig").open("a") as settings:
        settings.write('[filter "up"]\nclean = tr a-z A-Z\n')
    team.mine.write(".git/info/attributes", "*.md filter=up\n")
    name = our_git(team.mine.root, "hash-object", "-w", "--", HAR)
    assert "FIRST LINE" in our_git(team.mine.root, "cat-file", "blob", name)


FORMATS = """
[log]
	showSignature = true
	showRoot = false
	decorate = full
	date = relative
	abbrevCommit = true
[diff]
	noprefix = true
	context = 0
	orderFile = /nowhere
	wordRegex = .
	external = /nowhere
	relative = true
	renames = false
[format]
	pretty = oneline
[blame]
	showEmail = true
	coloring = highlightRecent
	ignoreRevsFile = /dev/null
	blankBoundary = true
[color]
	ui = always
	diff = always
	status = always
[core]
	quotePath = true
	abbrev = 4
[status]
	showUntrackedFiles = no
	short = true
[i18n]
	logOutputEncoding = UTF-16
[column]
	ui = always
"""


@pytest.mark.parametrize("where", ["of the user", "of the clone"])
@pytest.mark.parametrize(
    "command",
    [("history", "har"), ("history", "har", "-p"), ("blame", "har"), ("status",), ("doctor",),
     ("check", "--since", "HEAD"), ("propose", "--dry-run")],
    ids=" ".join,
)  # fmt: skip
def test_no_setting_changes_what_is_read(
    kb: Run, team: Team, home: Path, where: str, command: tuple[str, ...]
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.git("mv", HAR, "kb/articles/résumé.md")
    team.mine.git("commit", "-q", "-a", "-m", "Ünïcode")
    team.mine.git("mv", "kb/articles/résumé.md", HAR)
    team.mine.git("commit", "-q", "-a", "-m", "Back")
    team.mine.write("kb/articles/ñew.md", "---\ntitle: New\n---\nNew.\n")
    before = kb(*command)
    file = home / ".gitconfig" if where == "of the user" else team.mine.root / ".git/config"
    with file.open("a") as settings:
        settings.write(FORMATS)
    after = kb(*command)
    lines = [line for line in after.out.splitlines() if "git's settings" not in line]
    assert (after.code, lines, after.err) == (before.code, before.out.splitlines(), before.err)


def test_settings_that_are_none_are_told(kb: Run, team: Team) -> None:
    (team.mine.root / ".git/config").write_text("[core\n")
    done = kb("history", "har")
    assert (done.code, "git's settings can't be read" in done.err) == (1, True)


def test_a_worktree_beside_is_read_like_any_other(
    kb: Run, team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "beside"
    team.mine.git("worktree", "add", "-q", "-b", "other", str(beside))
    monkeypatch.chdir(beside)
    Clone(beside).edit(HAR, "First line", "1st")
    assert HAR in kb("status").out
    git(beside, "commit", "-q", "-a", "-m", "Beside")
    assert "Beside" in kb("history", "har").out
    assert our_git(beside, "symbolic-ref", "HEAD") == "refs/heads/other"
    monkeypatch.chdir(team.mine.root)
    assert "Beside" not in kb("history", "har").out


def test_a_head_that_moves_is_followed(team: Team) -> None:
    first = our_git(team.mine.root, "rev-parse", "HEAD")
    team.mine.git("checkout", "-q", "--detach")
    team.mine.git("commit", "-q", "--allow-empty", "-m", "x")
    assert (
        our_git(team.mine.root, "rev-parse", "HEAD") == team.mine.git("rev-parse", "HEAD") != first
    )
    assert our_git(team.mine.root, "rev-parse", "HEAD@{1}") == first


def test_without_a_cache_nothing_is_left_behind(
    team: Team, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "cache" / "cannery").mkdir(parents=True, exist_ok=True)
    (home / "cache" / "cannery" / "views").write_text("no folder")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    done = subprocess.run(
        [Path(sys.executable).parent / "kb", "history", "articles/har"],
        cwd=team.mine.root,
        capture_output=True,
        check=True,
    )
    assert b"Kim" in done.stdout
    assert [*scratch.iterdir()] == []


def test_a_cache_of_others_is_not_used(team: Team, home: Path) -> None:
    views = home / "cache/cannery/views"
    our_git(team.mine.root, "rev-parse", "HEAD")
    (made,) = views.iterdir()
    (made / "config").write_text("[core]\nrepositoryformatversion = 99\n")
    views.chmod(0o777)
    team.mine.git("config", "x.y", "z")  # a view is made anew
    assert our_git(team.mine.root, "rev-parse", "HEAD") == team.mine.git("rev-parse", "HEAD")
    assert [*views.iterdir()] == [made]


@pytest.mark.parametrize("others", ["write to it", "have led it elsewhere"])
def test_views_are_kept_where_no_other_can_have_put_them(
    team: Team, home: Path, others: str
) -> None:
    cannery = home / "cache/cannery"
    shutil.rmtree(cannery, ignore_errors=True)
    if others == "write to it":
        cannery.mkdir(parents=True)
        cannery.chmod(0o777)
    else:
        cannery.parent.mkdir(parents=True, exist_ok=True)
        (home / "elsewhere").mkdir()
        cannery.symlink_to(home / "elsewhere")
    assert our_git(team.mine.root, "rev-parse", "HEAD") == team.mine.git("rev-parse", "HEAD")
    assert not [*(cannery / "views").glob("*")]


def test_where_there_is_no_repository_nothing_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    with pytest.raises(GitError, match="is not in a Git repository"):
        our_git(tmp_path, "rev-parse", "HEAD")
