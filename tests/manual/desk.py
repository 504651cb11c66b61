"""A user's desk to try commands at: a clone of our own kb/, the team's repository beside it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.manual.commands import ROOT
from tests.repositories import git

from cannery.starter import starter_files, write_file

TICKET = '{"id": 42, "subject": "Builds fail", "requester": {"name": "田中 太郎", "email": "t@example.com"}}'
REPLY = "Hi Kim,\n\nplease send the log of build 77120 by Friday.\n\nBest regards,\nAoki\n"
SETTINGS = f"""ticket_command = '''printf %s '{TICKET}' '''

[agent]
name = "Aoki"
"""
_MACROS = (
    '{"macros": [{"id": 1, "title": "Printers::Ink", "actions": '
    '[{"field": "comment_value", "value": "Hello {{ticket.requester.name}}, the ink is here."}]}]}'
)
_MATCHES = """matches:
  - trigger: ":log"
    label: Log
    form: "Dear [[customer]], please send the log."
"""
_WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">
<page><title>Printers</title><ns>0</ns>
<revision><text>Turn '''it''' off. See [[Paper jams|jams]].</text></revision></page>
<page><title>Paper jams</title><ns>0</ns>
<revision><text>Open the lid.</text></revision></page></mediawiki>
"""
_ARTICLES = (
    '{"articles": [{"id": 7, "locale": "en-us", "title": "Printers", "draft": false, '
    '"section_id": 1, "html_url": "https://help.example.com/hc/en-us/articles/7-Printers", '
    '"body": "<p>Turn it <b>off</b>.</p>"}]}'
)
_SITE = "site_name: Handbook\nsite_url: https://help.example.com\n"
_INSTALL = (
    "import sys; from packaging.requirements import Requirement;"
    " *words, what = sys.argv[1:];"
    " sys.exit(words not in (['install'], ['tool', 'install']) or Requirement(what).name != 'cannery')"
)
_CURL = shutil.which("curl") or "false"
_MACRO = "kb/macros/billing/refund.md"


@dataclass(frozen=True)
class Desk:
    """`clone` is the user's; `pristine` holds what it and the team's repository were at first.

    `small` is a knowledge base as `kb init` makes it, which a site is soon built of; `empty` has
    nothing in it.
    """

    folder: Path

    @property
    def clone(self) -> Path:
        return self.folder / "support-kb"

    @property
    def remote(self) -> Path:
        return self.folder / "remote.git"

    @property
    def pristine(self) -> Path:
        return self.folder / "pristine"

    @property
    def small(self) -> Path:
        return self.folder / "small"

    @property
    def empty(self) -> Path:
        return self.folder / "empty"

    @property
    def site(self) -> Path:
        """Where another tool's site is."""
        return self.folder / "handbook"

    def tidy(self) -> None:
        """Have all as it was at first. Files that are the same stay, so that the index holds."""
        for checked_out in self.folder.glob("support-kb-review-*"):
            shutil.rmtree(checked_out)
        for target in (self.clone / ".git", self.remote):
            shutil.rmtree(target)
            shutil.copytree(self.pristine / target.name, target, symlinks=True)
        git(self.clone, "reset", "-q", "--hard")
        git(self.clone, "clean", "-q", "-fdx")

    def edit(self) -> None:
        """Change a macro, without a commit."""
        path = self.clone / _MACRO
        path.write_text(f"{path.read_text('utf-8')}\nOne more thing.\n", "utf-8")

    def proposed(self, ref: str) -> str:
        """A change that somebody has pushed for review, and the user has not; its commit."""
        self.edit()
        _commit(self, "A change")
        git(self.clone, "push", "-q", "origin", f"HEAD:{ref}")
        commit = git(self.clone, "rev-parse", "HEAD")
        git(self.clone, "reset", "-q", "--hard", "HEAD~1")
        return commit


def set_up(folder: Path) -> Desk:
    """The desk, in an empty folder. Git's settings name an author."""
    desk = Desk(folder)
    desk.empty.mkdir()
    (folder / "macros.json").write_text(_MACROS, "utf-8")
    (desk.site / "docs").mkdir(parents=True)
    (desk.site / "mkdocs.yml").write_text(_SITE, "utf-8")
    (desk.site / "docs/printers.md").write_text("# Printers\n\nTurn it off.\n", "utf-8")
    (folder / "replies.csv").write_text(
        "title,text\nLog,Please send the log of the build.\n", "utf-8"
    )
    _to_bring(folder)
    for root in (desk.clone, desk.small):
        root.mkdir()
        for file in starter_files(root):
            write_file(root, file)
    shutil.rmtree(desk.clone / "kb")
    shutil.copytree(ROOT / "kb", desk.clone / "kb")
    git(folder, "init", "-q", "--bare", "remote.git")
    git(desk.clone, "init", "-q")
    git(desk.clone, "remote", "add", "origin", str(desk.remote))
    _commit(desk, "The first macros")
    git(desk.clone, "tag", "v2.1")
    desk.edit()
    _commit(desk, "One thing more")
    git(desk.clone, "push", "-q", "-u", "origin", "HEAD:main")
    git(desk.clone, "fetch", "-q")
    for repository in (desk.clone / ".git", desk.remote):
        git(repository, "repack", "-a", "-d", "-q")  # few files, which are copied for each test
        shutil.rmtree(repository / "hooks")
        shutil.copytree(repository, desk.pristine / repository.name, symlinks=True)
    return desk


def _to_bring(folder: Path) -> None:
    """What a newcomer has already: files of other programs, beside the knowledge base."""
    for name, text in {
        "espanso/base.yml": _MATCHES,
        "wiki.xml": _WIKI,
        "help-center/articles.json": _ARTICLES,
        "notes/printers.md": "Turn it off. See [[jams]].\n",
        "notes/jams.md": "# Paper jams\n\nOpen the lid.\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _commit(desk: Desk, message: str) -> None:
    git(desk.clone, "add", "-A")
    git(desk.clone, "commit", "-q", "-m", message)


def programs(folder: Path, python: str) -> str:
    """A PATH on which `kb`, `mkdocs` and what reaches beyond the machine are those of the test.

    pipx and uv take a line that names our distribution as pip would read it, and curl answers for
    a site that is not there.
    """
    folder.mkdir()
    install = f'exec {python} -c "{_INSTALL}" "$@"'
    scripts = {
        "kb": f'exec {python} -m cannery "$@"',
        "mkdocs": f'exec {python} -W ignore -m mkdocs "$@"',
        "pbpaste": "cat kb/articles/net/proxy-failures.md",
        "pipx": install,
        "uv": install,
        "curl": f'case "$*" in *https://kb.example.com/*) echo 302;; *) exec {_CURL} "$@";; esac',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
