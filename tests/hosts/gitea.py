"""A Gitea of its own on this machine: built once from the Go module proxy, with two users.

Building it takes two to eight minutes, and a gigabyte of Go's caches.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

VERSION = "v1.26.0"
_MODULE = f"code.gitea.io/gitea@{VERSION}"
_TAGS = "sqlite sqlite_unlock_notify"
_SECONDS = 60.0
_PASSWORD = "a-Password-1"  # noqa: S105 - of a server that lives for a test
_SETTINGS = """
RUN_MODE = prod
RUN_USER = {user}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
STATIC_ROOT_PATH = {folder}/static
HTTP_ADDR = 127.0.0.1
HTTP_PORT = {port}
ROOT_URL = http://127.0.0.1:{port}/
DISABLE_SSH = true
OFFLINE_MODE = true
LFS_START_SERVER = false
[database]
DB_TYPE = sqlite3
[repository]
ROOT = {folder}/repositories
[security]
INSTALL_LOCK = true
[service]
DISABLE_REGISTRATION = true
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[packages]
ENABLED = false
[cron]
ENABLED = false
[session]
PROVIDER = memory
[log]
MODE = file
LEVEL = Warn
"""


def build(cache: Path, environment: Mapping[str, str]) -> tuple[Path, Path]:
    """The program and its sources' folder; built unless it is in the cache."""
    told = subprocess.run(
        ["go", "mod", "download", "-json", _MODULE],
        cwd=cache, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    source, program = Path(json.loads(told.stdout)["Dir"]), cache / f"gitea-{VERSION}"
    if not program.exists():
        draft = program.with_suffix(f".{os.getpid()}")
        version = f"-X main.Version={VERSION.removeprefix('v')}"
        subprocess.run(
            ["go", "build", "-buildvcs=false", "-tags", _TAGS, "-ldflags", version, "-o", draft, "."],
            cwd=source, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        draft.replace(program)
    return program, source


class Member(NamedTuple):
    """A user of the server, and a token of the user's."""

    name: str
    token: str


class Gitea:
    """A server that runs; `lee` owns its repositories, `kim` may write to them."""

    def __init__(self, program: Path, source: Path, folder: Path) -> None:
        self._program, self._folder = program, folder
        (folder / "static").mkdir(parents=True)
        for name in ("options", "templates", "public"):
            (folder / "static" / name).symlink_to(source / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.name = f"127.0.0.1:{port}"
        user = Path.home().owner() if os.name == "posix" else os.environ["USERNAME"]
        settings = _SETTINGS.format(user=user, folder=folder, port=port)
        (folder / "app.ini").write_text(settings.lstrip(), "utf-8")
        self._run("migrate")
        self.lee, self.kim = self._member("lee", "--admin"), self._member("kim")
        self._process = subprocess.Popen(
            self._command("web"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def add_repository(self, name: str) -> None:
        self.ask(self.lee, "user/repos", {"name": name, "private": True, "default_branch": "main"})
        self.ask(self.lee, f"repos/lee/{name}/collaborators/kim", {"permission": "write"}, "PUT")

    def address(self, member: Member, repository: str) -> str:
        """Where a member clones a repository from, signed in."""
        return f"http://{member.name}:{member.token}@{self.name}/lee/{repository}.git"

    def ask(self, member: Member, path: str, data: object = None, method: str = "") -> Any:  # noqa: ANN401 - JSON
        """What the server's API answers to a member."""
        request = Request(
            f"http://{self.name}/api/v1/{path}",
            data=json.dumps(data).encode() if data is not None else None,
            headers={"Authorization": f"token {member.token}", "Content-Type": "application/json"},
            method=method or ("GET" if data is None else "POST"),
        )
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - its own address
            return json.loads(answer.read() or b"null")

    def wait_for(self, path: str, key: str, value: object) -> None:
        """Until the server has caught up: it does after a push what is not needed at once."""
        until = time.monotonic() + _SECONDS
        while self.ask(self.lee, path)[key] != value:
            assert time.monotonic() < until, f"{path}: no {key} {value}"
            time.sleep(0.1)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(_SECONDS)
        shutil.rmtree(self._folder)

    def _command(self, *arguments: str) -> list[str]:
        settings = ("--config", f"{self._folder}/app.ini", "--work-path", str(self._folder))
        return [str(self._program), *settings, *arguments]

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(self._command(*arguments), check=True, capture_output=True, text=True)
        return done.stdout

    def _member(self, name: str, *rights: str) -> Member:
        who = ("--username", name)
        mail = ("--email", f"{name}@example.com", "--password", _PASSWORD)
        self._run("admin", "user", "create", *who, *mail, "--must-change-password=false", *rights)
        told = self._run("admin", "user", "generate-access-token", *who, "--scopes", "all", "--raw")
        (token,) = re.findall(r"^[0-9a-f]{40}$", told, re.MULTILINE)
        return Member(name, token)

    def _wait(self) -> None:
        """Until the server answers."""
        until = time.monotonic() + _SECONDS
        while True:
            try:
                assert self.ask(self.lee, "version")["version"]
            except OSError:
                assert self._process.poll() is None, "the server has ended"
                assert time.monotonic() < until, "no answer"
                time.sleep(0.1)
            else:
                return
