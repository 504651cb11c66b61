"""Run a command in an environment, and judge what came of it."""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from tests.environments.judge import OTHER, Fault, Run, faults
from tests.environments.table import Environment
from tests.environments.trip import KB, SECONDS, Command, Place, environment

_LEAVE = b"\x1b\x03"  # what leaves the picker, and any question
_PATIENCE = 6.0  # seconds, after which a user leaves


@dataclass
class Bench:
    """Places are copies of `template`, at one path; `known` is what each command leaves there."""

    template: Path
    place: Place

    @classmethod
    def made(cls, folder: Path) -> Bench:
        bench = cls(folder / "template", Place(folder / "place"))
        bench.place.make()
        bench.place.folder.rename(bench.template)
        return bench

    def judged(
        self, at: Environment, command: Command, start: tuple[str, ...] = KB
    ) -> tuple[int, list[Fault]]:
        """The exit code of a command there, and what is wrong with how it ended."""
        with self._prepared(at):
            before = self.place.files()
            try:
                run = _run(at, command, self.place, start)
            except subprocess.TimeoutExpired:
                return -1, [Fault(OTHER, f"hangs for {SECONDS} s")]
            if at.restore:
                at.restore(self.place)
            return run.code, faults(at, command, run, before, self.place.files())

    @contextmanager
    def _prepared(self, at: Environment) -> Iterator[None]:
        shutil.copytree(self.template, self.place.folder, symlinks=True)
        if at.prepare:
            at.prepare(self.place)
        try:
            yield
        finally:
            subprocess.run(["chmod", "-R", "u+rwX", self.place.folder], check=True)
            self.place.clear()


def lacking(at: Environment) -> list[str]:
    """What the environment needs and this machine, or its user, hasn't."""
    return [
        name
        for name in (*at.needs, *(("setpriv",) if at.as_plain and os.geteuid() == 0 else ()))
        if not _has(name)
    ]


def _has(need: str) -> bool:
    """Whether this machine has a program, or this user is root."""
    if need == "root":
        return os.geteuid() == 0
    return shutil.which(need) is not None


def _variables(at: Environment, command: Command, place: Place) -> dict[str, str]:
    made = {**environment(place), **command.variables}
    for name, value in at.variables.items():
        made.pop(name, None)
        if value is not None:
            made[name] = value.format(folder=place.folder)
    return made


def _run(at: Environment, command: Command, place: Place, start: tuple[str, ...]) -> Run:
    words = [*at.command, *start, *command.words]
    env = _variables(at, command, place)
    if at.terminal is not None:
        return _on_terminal(words, env, place, at.terminal)
    given = command.stdin.encode() if at.stdin is None else at.stdin
    with _reader_gone() as broken:
        process = subprocess.Popen(
            words, cwd=place.base, env=env, stdin=subprocess.PIPE, start_new_session=True,
            stdout=broken if at.gone == "stdout" else subprocess.PIPE,
            stderr=broken if at.gone == "stderr" else subprocess.PIPE,
        )  # fmt: skip
    if at.sent:
        time.sleep(crc32(command.name.encode()) % 100 / 100)
        process.send_signal(at.sent)
    try:
        out, err = process.communicate(given, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return Run(
        process.returncode, *((part or b"").decode("utf-8", "replace") for part in (out, err))
    )


@contextmanager
def _reader_gone() -> Iterator[int]:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        yield writer
    finally:
        os.close(writer)


def _on_terminal(words: list[str], env: dict[str, str], place: Place, size: tuple[int, int]) -> Run:
    """On a terminal of its own, whose user leaves after a while."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    # The first terminal that the leader of a session opens is the one that controls it.
    opened = ["/bin/sh", "-c", 'exec <"$0" >"$0" 2>&1; exec "$@"', os.ttyname(theirs), *words]
    process = subprocess.Popen(opened, cwd=place.base, env=env, start_new_session=True)
    os.set_blocking(ours, False)
    shown, began, left = b"", time.monotonic(), 0.0
    try:
        while True:
            has_ended = process.poll() is not None
            try:
                shown += os.read(ours, 65536)
                continue
            except BlockingIOError:
                if has_ended:
                    break
            now = time.monotonic()
            if now - began > SECONDS:
                raise subprocess.TimeoutExpired(words, SECONDS)
            if now - max(began, left) > _PATIENCE:
                left = now
                os.write(ours, _LEAVE)
            time.sleep(0.02)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(ours)
        os.close(theirs)
    text = shown.decode("utf-8", "replace")
    return Run(process.returncode, text, text)
