"""A knowledge base to work in, and the commands that are run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KB = (sys.executable, "-m", "cannery")
SECONDS = 60
_POLICY = """---
title: Refund policy
owner: me
tags: [billing]
---
We refund within 30 days.

Ask for the order's number first.
"""
_HELLO = """---
title: Hello
fields:
  customer: {}
---
Hello {{ customer }},

we refunded your order.
"""


@dataclass(frozen=True)
class Command:
    """A command line, and what its result has from beginning to end if it ends well.

    `writes` are the files that it makes or changes, below the place; `code` is the exit code where
    nothing stands in the way; a quiet one completes nothing where it can't.
    """

    name: str
    words: tuple[str, ...]
    result: tuple[str, ...] = ()
    stdin: str = ""
    code: int = 0
    variables: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()
    is_quiet: bool = False


_GREETING = ("Hello Kim,", "we refunded your order.")
COMMANDS = (
    Command("--version", ("--version",), ("kb ",)),
    Command("--help", ("--help",), ("Usage: kb", "find", "reply", "doctor")),
    Command("reply --help", ("reply", "--help"), ("Usage: kb reply", "Fill in", "--again")),
    Command("find", ("find", "refund"), ("articles/refund-policy", "macros/hello")),
    Command("find --json", ("find", "refund", "--json"), ("[", "articles/refund-policy", "]")),
    Command("show", ("show", "refund-policy"), ("Refund policy", "30 days", "number first.")),
    Command("reply --print", ("reply", "hello", "--set", "customer=Kim", "--print"), _GREETING),
    Command("reply", ("reply", "hello", "--set", "customer=Kim"), _GREETING),
    Command("similar -", ("similar", "-"), ("refund-policy",), _POLICY),
    Command("check", ("check",)),
    Command("status", ("status",)),
    Command("history", ("history", "refund-policy"), ("Begin",)),
    Command("doctor", ("doctor",), ("knowledge base", "versions")),
    Command("new", ("new", "article", "Fresh page"), writes=("base/kb/articles/fresh-page.md",)),
    Command("init", ("init", "../fresh"), writes=("fresh/kb/kb.toml",)),
    Command("edit", ("edit", "hello"), variables={"EDITOR": "true"}),
    Command("pick", ("pick",), code=2),
    Command("kb", (), code=2),
    Command("complete", (), ("refund-policy",), is_quiet=True, variables={
        "_KB_COMPLETE": "bash", "_KB_LINE": "kb show ref",
    }),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """`base` is the knowledge base in a repository, `home` its user's; both are made anew."""

    folder: Path

    @property
    def base(self) -> Path:
        return self.folder / "base"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def make(self) -> None:
        self.folder.mkdir(parents=True)
        for path in ("base/kb/articles", "base/kb/macros", "home", "tmp"):
            (self.folder / path).mkdir(parents=True, exist_ok=True)
        (self.base / "kb/kb.toml").write_text('name = "Test"\n')
        (self.base / "kb/articles/refund-policy.md").write_text(_POLICY)
        (self.base / "kb/macros/hello.md").write_text(_HELLO)
        subprocess.run(
            ["git", "init", "-q", "--bare", "-b", "main", self.folder / "team.git"], check=True
        )
        self._git("init", "-q", "-b", "main")
        self._git("remote", "add", "origin", "../team.git")
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "Begin")
        self._git("push", "-q", "-u", "origin", "main")

    def _git(self, *words: str) -> None:
        who = ("-c", "user.name=Kim", "-c", "user.email=kim@example.com")
        subprocess.run(["git", *who, *words], cwd=self.base, check=True, capture_output=True)

    def files(self) -> dict[str, bytes]:
        """What is the user's: all but the home and Git's own."""
        return {
            str(path.relative_to(self.folder)): _content(path)
            for folder in ("base", "fresh")
            for path in (self.folder / folder).rglob("*")
            if path.is_file() and ".git" not in path.parts
        }

    def clear(self) -> None:
        shutil.rmtree(self.folder)


def _content(path: Path) -> bytes:
    """The bytes of a file, also of one that an environment makes unreadable."""
    mode = path.stat().st_mode
    if os.access(path, os.R_OK):
        return path.read_bytes()
    path.chmod(mode | 0o400)
    try:
        return path.read_bytes()
    finally:
        path.chmod(mode)


def environment(place: Place) -> dict[str, str]:
    """The usual one: a home, a terminal's kind, UTF-8; no desktop."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(place.home),
        "TMPDIR": str(place.folder / "tmp"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "KB_NO_HELPER": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
