"""Interactive shells in a terminal, typed into: what `kb` is run with is written down."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Self

import pexpect

import cannery

NAMES = ("bash", "zsh", "fish")
_SECONDS = 60.0
_ARGUMENTS = {"bash": ["--noprofile", "-i"], "zsh": ["-i"], "fish": ["-i"]}
_PROMPTS = {
    ".bashrc": "PS1='READY> '\n",
    ".zshrc": "PS1='READY> '\n",
    "config/fish/config.fish": "function fish_prompt; echo -n 'READY> '; end\n",
}
# Completes as ours does, and writes down what else it is run with.
_COMMAND = """#!{python}
import json, os, sys
if "_KB_COMPLETE" in os.environ:
    sys.path.insert(0, {tool!r})
    from cannery.start import start
    start()
with open({log!r}, "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
"""


def prepare(home: Path) -> None:
    """Dotfiles with a prompt to wait for, and the commands `kb` and `cannery`."""
    for name, text in _PROMPTS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    # Without it, a fish that starts for the first time reads all manual pages, for a minute.
    (home / ".local/share/fish/generated_completions").mkdir(parents=True)
    (home / "bin").mkdir()
    tool = str(Path(cannery.__file__).parents[1])
    text = _COMMAND.format(python=sys.executable, tool=tool, log=str(home / "log"))
    for name in ("kb", "cannery"):
        command = home / "bin" / name
        command.write_text(text)
        command.chmod(0o755)


class Shell:
    """A shell in the current folder. It ends with the block."""

    def __init__(self, name: str, home: Path) -> None:
        self._log = home / "log"
        env = {**os.environ, "PATH": f"{home}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        self._child = pexpect.spawn(
            name,
            _ARGUMENTS[name],
            env={**env, "HISTFILE": "", "TERM": "xterm"},
            encoding="utf-8",
            timeout=_SECONDS,
            dimensions=(60, 200),
        )
        self._child.delaybeforesend = None
        self._child.expect("READY> ")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.close(force=True)

    def run(self, keys: str) -> list[str]:
        """Type these keys and Enter; the words that the command is run with."""
        self._log.unlink(missing_ok=True)
        self._child.send(f"{keys}\r")
        ends = time.monotonic() + _SECONDS
        while time.monotonic() < ends:
            if self._log.exists() and (line := self._log.read_text()).endswith("\n"):
                words: list[str] = json.loads(line)
                return words
            with contextlib.suppress(pexpect.TIMEOUT):
                self._child.read_nonblocking(10_000, 0.02)
        raise AssertionError(keys)

    def shown(self, keys: str, until: str) -> str:
        """Type these keys; what the terminal is sent until this is."""
        self._child.send(keys)
        self._child.expect_exact(until)
        return f"{self._child.before}{until}"
