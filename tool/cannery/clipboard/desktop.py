"""What is copied, where, and the programs of a desktop that take it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from tempfile import TemporaryFile

from cannery.errors import ClipboardError


@dataclass(frozen=True, slots=True)
class Clip:
    """What to copy; `html` is empty where only plain text is wanted."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Desktop:
    """The desktop or terminal that this process belongs to.

    `patience` is how many seconds a program may take that only hands something over.
    """

    system: str
    env: Mapping[str, str]
    patience: float = 5.0

    def has(self, program: str) -> bool:
        return shutil.which(program, path=self.env.get("PATH")) is not None


class NoAnswerError(ClipboardError):
    """A program that was not done in time."""


class UnsureError(ClipboardError):
    """It may have been copied or not: what the clipboard holds can't be told."""


def run(command: list[str], data: bytes, at: Desktop) -> bytes:
    """What a program says that is handed the data. Raises ClipboardError."""
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=2 * at.patience,
            check=False,
            env=dict(at.env),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(command, error) from error
    if done.returncode:
        raise ClipboardError(_reason(command, done.returncode, done.stderr))
    return done.stdout


def hand_over(command: list[str], data: bytes, at: Desktop) -> None:
    """Run a program that stays behind with the data. Raises ClipboardError if it does not take it.

    It keeps its streams open, so they must not be pipes: nobody would close them.
    """
    try:
        with TemporaryFile() as output:
            done = subprocess.run(
                command,
                input=data,
                stdout=subprocess.DEVNULL,
                stderr=output,
                timeout=at.patience,
                check=False,
                env=dict(at.env),
            )
            output.seek(0)
            reason = output.read(4096)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(command, error) from error
    if done.returncode:
        raise ClipboardError(_reason(command, done.returncode, reason))


def _failed(command: list[str], error: Exception) -> ClipboardError:
    if isinstance(error, subprocess.TimeoutExpired):
        return NoAnswerError(f"{command[0]} did not respond in time")
    return ClipboardError(f"{command[0]} failed: {error}")


def _reason(command: list[str], code: int, output: bytes) -> str:
    reason = output.decode(errors="replace").strip() or f"exit {code}"
    return f"{command[0]} failed: {reason[:300]}"


def is_wsl(at: Desktop) -> bool:
    """Whether Windows is around this Linux."""
    return at.system == "linux" and "WSL_DISTRO_NAME" in at.env


def with_charset(html: str) -> str:
    """HTML whose bytes no program reads as Latin-1."""
    return f'<meta charset="utf-8">{html}' if html else ""
