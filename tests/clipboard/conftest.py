"""Desktops of our own: an X server, a compositor, and programs that only seem to copy."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cannery.clipboard.desktop import Clip, Desktop

CLIP = Clip("Hello 田中 様\nsecond", "<p>Hello 田中 様<br>second</p>")
Fake = Callable[[str, str], None]
Surface = Callable[..., Desktop]


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Makes a program of a name from a script."""

    def make(name: str, script: str) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return make


@pytest.fixture
def surface(tmp_path: Path) -> Surface:
    """A desktop of a system with the made-up programs first, and coreutils' beside them."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("cat", "sh", "sleep", "printf", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)

    def make(system: str, *, patience: float = 5.0, **env: str) -> Desktop:
        path = f"{tmp_path}:{tools}"
        return Desktop(system, {"PATH": path, "OUT": str(tmp_path), **env}, patience)

    return make


@pytest.fixture
def x11(tmp_path: Path) -> Iterator[Desktop]:
    """An X server of our own."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as numbers:
            display = f":{numbers.readline().strip()}"
        yield Desktop(
            "linux", {"PATH": os.environ["PATH"], "DISPLAY": display, "HOME": str(tmp_path)}
        )
        server.terminate()


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[Desktop]:
    """A compositor of our own, without a screen."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    command = ["sway", "-c", "/dev/null"]
    if os.geteuid() == 0:  # sway refuses to run as root
        shutil.chown(runtime, "nobody")
        for folder in [tmp_path, *tmp_path.parents]:
            if folder.stat().st_uid == 0 and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o011)
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    env = {
        "PATH": os.environ["PATH"],
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "headless",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
    }
    log = (tmp_path / "sway.log").open("wb")
    with log, subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd="/") as server:
        deadline = time.monotonic() + 30
        while not (sockets := [*runtime.glob("wayland-?")]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert sockets, (tmp_path / "sway.log").read_text()
        yield Desktop("linux", {**env, "WAYLAND_DISPLAY": sockets[0].name})
        server.terminate()


@pytest.fixture
def silent() -> Iterator[str]:
    """A display that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1] - 6000}"
