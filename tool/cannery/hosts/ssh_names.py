"""A host's name in an SSH address -> its name in browsers, by SSH's own settings where needed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cannery.git.program import program
from cannery.git.run import attempt
from cannery.hosts.table import kind_of, ssh_hosts

_SECONDS = 5.0
_SSH = ("ssh", "ssh.exe")
_HOSTNAME = re.compile(r"(?m)^hostname ([A-Za-z0-9_][A-Za-z0-9_.-]*)\r?$")


def web_host(host: str) -> str:
    """The name for browsers, as far as the hosts themselves have another for SSH.

    A host's name with something behind it, as in `github.com-work`, is the usual alias for one
    that a user has several keys for, and the name of no host.
    """
    known = ssh_hosts()
    if host in known:
        return known[host]
    aliased = (name for name in known.values() if host.startswith((f"{name}-", f"{name}_")))
    return next(aliased, host)


def resolved_host(folder: Path, host: str) -> str:
    """The same by SSH's settings, which are asked for what is no host's own name.

    What they lead to counts if it is a kind of host that is known, or if the name is none that
    others could have. `folder` is the clone's.
    """
    named = web_host(host)
    if named != host or named in ssh_hosts().values():
        return named
    resolved = web_host(_asked(folder, host))
    if kind_of(resolved) or not _is_public(host):
        return resolved
    return host


def _is_public(host: str) -> bool:
    return "." in host


def _asked(folder: Path, host: str) -> str:
    """The host's name by `ssh -G`, which connects to nothing; the host itself without an answer."""
    ssh = _ssh(folder)
    if not ssh:
        return host
    try:
        done = subprocess.run(
            [*ssh, "-G", "--", host],
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return host
    match = _HOSTNAME.search(done.stdout)
    return match[1].lower() if match and not done.returncode else host


def _ssh(folder: Path) -> Sequence[str]:
    """How Git calls OpenSSH here; empty where it calls another program, or there is none."""
    command = os.environ.get("GIT_SSH_COMMAND", "")
    if not command:
        status, out, _ = attempt(folder, "config", "core.sshCommand")
        command = "" if status else os.fsdecode(out).strip()
    try:
        words = shlex.split(command) if command else [os.environ.get("GIT_SSH", "ssh")]
    except ValueError:
        return ()
    if not words or Path(words[0]).name.lower() not in _SSH:
        return ()
    path = words[0] if Path(words[0]).is_absolute() else program(words[0])
    return (path, *words[1:]) if path else ()
