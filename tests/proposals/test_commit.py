"""From changed files to a branch of the team's repository, against real git."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import Run
from tests.interrupt import interrupt
from tests.repositories import ARTICLE, Team, git

HAR = "kb/articles/har.md"


def propose(kb: Run, *arguments: str) -> str:
    done = kb("propose", "--yes", *arguments)
    assert done.code == 0, done.err
    return done.out.strip()


def test_a_change_becomes_a_branch_and_the_checkout_stays_as_it_was(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "First sentence")
    team.mine.write("kb/articles/new.md", "---\ntitle: New\n---\nx\n")
    (team.mine.root / "kb/macros/hello.md").unlink()
    team.mine.write("elsewhere.txt", "not of the knowledge base")
    team.mine.git("add", "kb/articles/new.md")
    before = team.mine.state()
    propose(kb, "--why", "It reads better.")
    assert team.mine.state() == before
    (branch,) = team.branches()
    assert team.shown(branch, HAR) == ARTICLE.replace("First line", "First sentence")
    changed = git(team.remote, "diff", "--name-status", "main", branch)
    assert changed.split() == ["M", HAR, "A", "kb/articles/new.md", "D", "kb/macros/hello.md"]
    said = git(team.remote, "log", "-1", "--format=%an %ae%n%B", branch)
    assert said.startswith("Kim kim@example.com\nUpdate 3 entries: HAR files, New, Hello\n")
    assert "It reads better." in said
    assert "- update `kb/articles/har.md`" in said


def test_a_reviewer_reads_a_macro_before_and_after(team: Team, kb: Run) -> None:
    team.mine.write(
        "kb/macros/hello.md",
        "---\ntitle: Hello\nfields:\n- {name: name, label: Their name}\n- {name: number, pattern: '[A-Z]+'}\n"
        "- {name: sorry, type: yesno}\n---\nDear {{ name }}, {% if sorry %}we are sorry about{% endif %} {{ number }}\n",
    )
    said = kb("propose", "--dry-run").out
    assert (
        "### Preview of Hello\n\nBefore:\n\n> Hello [name]\n\nAfter:\n\n> Dear [Their name], we are sorry about [number]\n"
        in said
    )


def test_notes_that_came_with_a_clone_have_nothing_removed(
    team: Team, kb: Run, tmp_path: Path
) -> None:
    precious = tmp_path / "kb-propose-precious"
    precious.mkdir()
    notes = team.mine.root / ".git/cannery/trees"
    (notes / "00").mkdir(parents=True)
    (notes / "0x").write_text("/")
    (notes / "4194305").write_text(str(precious))  # more than a process's number can be
    team.mine.edit(HAR, "First line", "First sentence")
    propose(kb)
    assert precious.is_dir()
    assert not (notes / "4194305").exists()


def test_nothing_changed_is_nothing_to_propose(team: Team, kb: Run) -> None:
    assert "Nothing to propose" in kb("propose").err
    assert team.branches() == []


def test_a_preview_does_nothing(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    done = kb("propose", "--dry-run")
    assert (done.code, done.out.splitlines()[0]) == (0, "Update HAR files")
    assert team.mine.state() == before
    assert team.branches() == []
    assert not (team.mine.root / ".git/cannery").exists()


def test_only_what_was_named_is_proposed(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.edit("kb/articles/proxy.md", "First line", "1st")
    (team.mine.root / "kb/macros/hello.md").unlink()
    propose(kb, HAR, "kb/macros/hello.md")
    (branch,) = team.branches()
    assert git(team.remote, "diff", "--name-only", "main", branch).split() == [
        HAR,
        "kb/macros/hello.md",
    ]


def test_what_editors_leave_and_what_is_hidden_is_not_proposed(team: Team, kb: Run) -> None:
    for name in (
        ".env",
        "articles/.har.md.swp",
        "articles/har.md~",
        ".idea/x.xml",
        "articles/har.md.orig",
    ):
        team.mine.write(f"kb/{name}", "x")
    assert "Nothing to propose" in kb("propose").err
    team.mine.write("kb/articles/menu.png", b"\x89PNG\0")
    propose(kb)
    (branch,) = team.branches()
    assert git(team.remote, "diff", "--name-only", "main", branch) == "kb/articles/menu.png"


def test_what_has_errors_is_not_proposed(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "[x](gone.md)")
    team.mine.edit("kb/articles/proxy.md", "First line", "1st")
    done = kb("propose", "--yes")
    assert (done.code, "broken link" in done.out) == (1, True)
    assert team.branches() == []
    propose(kb, "kb/articles/proxy.md")


def test_it_is_built_on_what_the_team_has_by_now(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.edit(HAR, "tags: [network]", "tags: [network, http]")
    newest = team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    team.mine.edit(HAR, "owner: me", "owner: us")
    before = team.mine.state()
    propose(kb)
    assert team.mine.state() == before
    (branch,) = team.branches()
    assert git(team.remote, "merge-base", branch, "main") == newest
    expected = ARTICLE.replace("First line", "1st").replace("Third line", "3rd")
    expected = expected.replace("owner: me", "owner: us").replace("[network]", "[network, http]")
    assert team.shown(branch, HAR) == expected


def test_where_both_changed_the_same_it_stops_and_names_the_file(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "One")
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    done = kb("propose", "--yes")
    assert (done.code, f"{HAR}: body" in done.err) == (1, True)
    assert team.mine.state() == before


def test_what_the_team_has_already_is_not_proposed(team: Team, kb: Run) -> None:
    for clone in (team.other, team.mine):
        clone.edit(HAR, "First line", "1st")
    team.other.push()
    assert "Nothing to propose" in kb("propose").err


def test_to_propose_again_goes_on_top_of_the_same_branch(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    (branch,) = team.branches()
    assert "is up to date" in kb("propose").err
    team.other.git("fetch", "-q")
    team.other.git("checkout", "-q", branch)  # a reviewer mends something there
    team.other.edit(HAR, "Third line", "3rd")
    team.other.git("commit", "-q", "-a", "-m", "A word")
    team.other.git("push", "-q", "origin", branch)
    team.mine.edit(HAR, "Second line", "2nd")
    propose(kb)
    assert team.branches() == [branch]
    expected = ARTICLE
    for old, new in (("First line", "1st"), ("Second line", "2nd"), ("Third line", "3rd")):
        expected = expected.replace(old, new)
    assert team.shown(branch, HAR) == expected
    assert git(team.remote, "rev-list", "--count", f"main..{branch}") == "3"


def test_a_request_stays_mergeable_when_the_team_changes_the_same_file(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    (branch,) = team.branches()
    team.other.edit(HAR, "First line", "One")
    team.other.edit("kb/articles/proxy.md", "First line", "One")
    team.other.push()
    assert kb("sync").code == 1
    team.mine.edit(HAR, "1st", "One and first")
    (team.mine.root / f"{HAR}.theirs").unlink()
    propose(kb)
    assert git(team.remote, "diff", "--name-only", "main", branch) == HAR
    team.other.git("fetch", "-q")
    team.other.git("merge", "-q", "--no-edit", f"origin/{branch}")
    assert "One and first" in (team.other.root / HAR).read_text()


def test_where_a_reviewer_and_the_user_meet_it_is_told(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    team.other.git("checkout", "-q", branch)
    team.other.edit(HAR, "1st", "theirs")
    team.other.git("commit", "-q", "-a", "-m", "A word")
    team.other.git("push", "-q", "origin", branch)
    team.mine.edit(HAR, "1st", "mine")
    done = kb("propose", "--yes")
    assert (done.code, f"It was changed in {branch}" in done.err) == (1, True)
    team.mine.edit(HAR, "mine", "theirs")
    team.mine.edit(HAR, "Second line", "2nd")
    propose(kb)
    assert "theirs.\n\n2nd" in team.shown(branch, HAR)


def test_a_change_that_was_taken_back_is_taken_back_there(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.edit("kb/articles/proxy.md", "First line", "1st")
    propose(kb)
    team.mine.git("checkout", "-q", "--", HAR)
    propose(kb)
    (branch,) = team.branches()
    assert team.shown(branch, HAR) == ARTICLE


def test_each_change_goes_to_the_proposal_that_it_belongs_to(team: Team, kb: Run) -> None:
    proxy = "kb/articles/proxy.md"
    for name in (HAR, proxy):
        team.mine.edit(name, "First line", "1st")
        propose(kb, name)
    assert len(team.branches()) == 2
    for name in (HAR, proxy):
        team.mine.edit(name, "Second line", "2nd")
    team.mine.write("kb/articles/more.md", "---\ntitle: More\n---\nx\n")
    assert len(propose(kb).splitlines()) == 3
    changed = {
        branch: git(team.remote, "diff", "--name-only", "main", branch)
        for branch in team.branches()
    }
    assert sorted(changed.values()) == [HAR, "kb/articles/more.md", proxy]
    for branch, name in changed.items():
        text = team.shown(branch, name)
        assert text.count("2nd") == (0 if "more" in name else 1)


def test_what_is_named_with_a_proposal_s_file_joins_it(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    team.mine.write("kb/articles/more.md", "---\ntitle: More\n---\nx\n")
    propose(kb, HAR, "kb/articles/more.md")
    (branch,) = team.branches()
    changed = git(team.remote, "diff", "--name-only", "main", branch)
    assert changed.split() == [HAR, "kb/articles/more.md"]


@pytest.mark.parametrize("then", ["deleted", "synced", "left"])
def test_after_a_merge_the_next_proposal_is_a_new_one(team: Team, kb: Run, then: str) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    team.other.git("merge", "-q", "--squash", f"origin/{branch}")
    team.other.push("Merged")
    if then == "deleted":
        team.other.git("push", "-q", "origin", f":{branch}")
        assert "Nothing to propose" in kb("propose").err
    elif then == "synced":
        kb("sync")
    team.mine.edit(HAR, "Second line", "2nd")
    propose(kb)
    (other,) = {*team.branches()} - {branch}
    assert git(team.remote, "rev-list", "--count", f"main..{other}") == "1"


def test_offline_it_waits_and_is_sent_later(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    away = team.remote.rename(team.remote.with_suffix(".away"))
    done = kb("propose", "--yes")
    assert (done.code, "kb propose --resume" in done.err) == (1, True)
    assert kb("propose", "--resume").code == 1
    away.rename(team.remote)
    team.mine.git("gc", "-q", "--prune=now")
    assert kb("propose", "--resume").code == 0
    (branch,) = team.branches()
    assert "1st" in team.shown(branch, HAR)
    assert "No proposals to push" in kb("propose", "--resume").err
    assert team.mine.git("for-each-ref", "refs/cannery") == ""


def test_a_branch_that_somebody_pushed_to_is_not_overwritten(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    (branch,) = team.branches()
    hook = team.mine.root / ".git/hooks/pre-push"
    team.other.git("fetch", "-q")
    team.other.git("checkout", "-q", branch)
    team.other.edit(HAR, "Third line", "3rd")
    team.other.git("commit", "-q", "-a", "-m", "A word")
    hook.write_text(
        f"#!/bin/sh\ncd {team.other.root} && unset GIT_DIR && git push -q origin {branch}\n"
    )
    hook.chmod(0o755)
    team.mine.edit(HAR, "Second line", "2nd")
    done = kb("propose", "--yes")
    assert (done.code, "someone else has pushed" in done.err) == (1, True)
    hook.unlink()
    assert "someone else has pushed" in kb("propose", "--resume").err
    propose(kb)
    expected = ARTICLE
    for old, new in (("First line", "1st"), ("Second line", "2nd"), ("Third line", "3rd")):
        expected = expected.replace(old, new)
    assert team.shown(branch, HAR) == expected
    assert "No proposals to push" in kb("propose", "--resume").err


def test_a_remote_that_refuses_is_quoted(team: Team, kb: Run) -> None:
    hook = team.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Branches are named otherwise here.'\nexit 1\n")
    hook.chmod(0o755)
    team.mine.edit(HAR, "First line", "1st")
    done = kb("propose", "--yes")
    assert done.code == 1
    assert "remote: Branches are named otherwise here." in done.err


def test_the_user_s_hooks_run_and_may_refuse(team: Team, kb: Run) -> None:
    hook = team.mine.root / ".git/hooks/commit-msg"
    hook.write_text("#!/bin/sh\necho 'No ticket in the message.' >&2\nexit 1\n")
    hook.chmod(0o755)
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    done = kb("propose", "--yes")
    assert (done.code, "No ticket in the message." in done.err) == (1, True)
    assert team.mine.state() == before
    hook.unlink()
    propose(kb)


def test_a_hook_finds_all_files_as_in_any_commit(team: Team, kb: Run, tmp_path: Path) -> None:
    hook = team.mine.root / ".git/hooks/pre-commit"
    hook.write_text(
        f"#!/bin/sh\nls kb/articles > {tmp_path}/seen; git diff --cached --name-only >> {tmp_path}/seen\n"
    )
    hook.chmod(0o755)
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    assert (tmp_path / "seen").read_text().split() == ["har.md", "proxy.md", HAR]


def test_without_a_name_git_s_own_question_is_passed_on(team: Team, kb: Run, home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    team.mine.edit(HAR, "First line", "1st")
    assert "your name and email are not set" in kb("propose", "--yes").err


def test_a_patch_is_for_those_who_may_not_push(team: Team, kb: Run, tmp_path: Path) -> None:
    team.mine.edit(HAR, "First line", "最初の行")
    refused = kb("propose", "--yes", "--patch", str(tmp_path))
    assert (refused.code, "Choose another file" in refused.err) == (2, True)
    (tmp_path / "a.patch").write_text("an earlier one")
    (tmp_path / "a.patch").chmod(0o640)
    propose(kb, "--patch", str(tmp_path / "a.patch"))
    assert (tmp_path / "a.patch").stat().st_mode & 0o777 == 0o640
    assert team.branches() == []
    team.other.git("am", "-q", str(tmp_path / "a.patch"))
    assert "最初の行" in (team.other.root / HAR).read_text("utf-8")


def test_a_fork_is_pushed_to_where_the_team_s_is_named_upstream(
    team: Team, kb: Run, tmp_path: Path
) -> None:
    fork = tmp_path / "fork.git"
    git(tmp_path, "clone", "-q", "--bare", str(team.remote), str(fork))
    team.mine.git("remote", "rename", "origin", "upstream")
    team.mine.git("remote", "add", "origin", str(fork))
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    assert team.branches() == []
    assert "kb/har-" in git(fork, "branch")


@pytest.mark.parametrize("where", ["detached", "branch", "behind", "worktree", "crlf", "folder"])
def test_it_works_from_wherever_one_stands(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    clone = team.mine
    if where == "detached":
        clone.git("checkout", "-q", "--detach")
    elif where == "branch":
        clone.git("checkout", "-q", "-b", "own")
        clone.edit(HAR, "Second line", "2nd")
        clone.git("commit", "-q", "-a", "-m", "local")
    elif where == "behind":
        team.other.edit("kb/articles/proxy.md", "First line", "One")
        team.other.push()
    elif where == "worktree":
        clone.git("worktree", "add", "-q", str(tmp_path / "more"))
        clone = type(clone)(tmp_path / "more")
        monkeypatch.chdir(clone.root)
    elif where == "crlf":
        clone.git("config", "core.autocrlf", "true")
        text = (clone.root / HAR).read_text("utf-8")
        clone.write(HAR, text.replace("\n", "\r\n"))
    elif where == "folder":
        monkeypatch.chdir(clone.root / "kb" / "macros")
    clone.edit(HAR, "First line", "1st")
    before = clone.state()
    propose(kb)
    assert clone.state() == before
    (branch,) = team.branches()
    expected = ARTICLE.replace("First line", "1st")
    expected = expected.replace("Second line", "2nd") if where == "branch" else expected
    assert team.shown(branch, HAR) == expected
    assert git(team.remote, "diff", "--name-only", f"main...{branch}") == HAR


def test_names_in_any_script_are_proposed(team: Team, kb: Run) -> None:
    team.mine.write("kb/articles/返金 の手順.md", "---\ntitle: 返金\n---\nx\n")
    assert json.loads(kb("propose", "--json").out)[0]["title"] == "Add 返金"
    (branch,) = team.branches()
    assert branch.startswith("kb/proposal-")
    assert team.shown(branch, "kb/articles/返金 の手順.md")


def test_a_shallow_clone_is_enough(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{team.remote}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    clone = type(team.mine)(tmp_path / "shallow")
    clone.edit(HAR, "First line", "1st")
    propose(kb)
    assert "1st" in team.shown(team.branches()[0], HAR)


def test_where_there_is_nothing_to_propose_to_it_is_said(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone"
    (alone / "kb").mkdir(parents=True)
    (alone / "kb" / "kb.toml").touch()
    monkeypatch.chdir(alone)
    assert "is not in a Git repository" in kb("propose").err
    git(alone, "init", "-q")
    assert "this repository has no commits" in kb("propose").err
    git(alone, "add", ".")
    git(alone, "commit", "-q", "-m", "x")
    assert "no remote" in kb("propose").err


@pytest.mark.needs("ps")
def test_a_tree_that_a_killed_process_left_is_taken_away(team: Team, kb: Run) -> None:
    hook = team.mine.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nkill -9 $(ps -o ppid= $PPID)\n")
    hook.chmod(0o755)
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()[:5]
    done = subprocess.run(
        [sys.executable, "-m", "cannery", "propose", "--yes"],
        cwd=team.mine.root,
        check=False,
        capture_output=True,
        env={**os.environ},
    )
    assert done.returncode == -9
    assert team.mine.state()[:5] == before
    assert len(team.mine.git("worktree", "list").splitlines()) == 2
    hook.unlink()
    propose(kb)
    assert len(team.mine.git("worktree", "list").splitlines()) == 1
    assert len(team.branches()) == 1


def _asked(*keys: str) -> str:
    """Run `kb propose` on a terminal and answer its questions; all that it said."""
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "propose"], encoding="utf-8", timeout=30
    )
    said = ""
    for question, key in zip(("Reason for the change: ", "Ctrl+C to cancel: "), keys, strict=False):
        child.expect_exact(question)
        said += child.before
        if key == "\x03":
            return f"{said}{interrupt(child)}"
        child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    return said + str(child.before)


def test_on_a_terminal_the_reason_is_asked_and_the_text_can_be_edited(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nsed -i "1s/.*/A better title/; s/It reads better/It is right/" "$1"\n'
    )
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    team.mine.edit(HAR, "First line", "1st")
    said = _asked("It reads better.\r", "e\r")
    assert "Update HAR files" in said
    (branch,) = team.branches()
    told = git(team.remote, "log", "-1", "--format=%B", branch)
    assert told.startswith("A better title\n\nIt is right.\n\n- update")


def test_an_interrupt_at_a_question_leaves_all_as_it_is(team: Team) -> None:
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    assert "interrupted\r\n" in _asked("Because.\r", "\x03")
    assert team.mine.state() == before
    assert team.branches() == []


@pytest.mark.parametrize("name", ["stray", "²", "9" * 40])
def test_a_note_of_a_working_tree_that_is_none_stops_no_proposal(
    team: Team, kb: Run, name: str
) -> None:
    trees = team.mine.root / ".git/cannery/trees"
    trees.mkdir(parents=True)
    (trees / name).write_bytes(b"kb-propose-\0\xff")
    (trees / "1234567").mkdir()
    team.mine.edit(HAR, "First line", "1st")
    propose(kb)
    assert len(team.branches()) == 1


@pytest.mark.parametrize("link", ["kb/articles/new.md", "kb/articles/net"])
def test_a_proposal_writes_through_no_link_of_the_team_s(
    team: Team, kb: Run, tmp_path: Path, link: str
) -> None:
    """Where a hook looks at files, the team's are there while a proposal is committed."""
    hook = team.mine.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\n")
    hook.chmod(0o755)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "new.md").write_text("mine\n")
    (team.other.root / link).symlink_to(outside if link.endswith("net") else outside / "new.md")
    team.other.push()
    name = f"{link}/new.md" if link.endswith("net") else link
    team.mine.write(name, ARTICLE.replace("HAR files", "New"))
    done = kb("propose", "--yes")
    assert (outside / "new.md").read_text() == "mine\n", done
    assert [path.name for path in outside.iterdir()] == ["new.md"], done


def test_a_patch_goes_into_a_pipe(team: Team, kb: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    team.mine.edit(HAR, "First line", "1st")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        propose(kb, "--patch", str(tmp_path / "pipe"))
        assert b"+1st" in reader.communicate()[0]
    assert (tmp_path / "pipe").is_fifo()
