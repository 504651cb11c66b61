"""How a clip reaches the clipboard of each desktop: one function a platform.

On X11 and Wayland the clipboard's content belongs to a process, so one stays behind until the next
copy takes over.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cannery.errors import ClipboardError

_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Clip:
    """What to copy; `html` is empty where only plain text is wanted."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Desktop:
    """The desktop or terminal that this process belongs to."""

    system: str
    env: Mapping[str, str]

    def has(self, program: str) -> bool:
        return shutil.which(program, path=self.env.get("PATH")) is not None


def run(command: list[str], data: bytes, at: Desktop) -> bytes:
    """What a program says that is handed the data. Raises ClipboardError."""
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=dict(at.env),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClipboardError(f"{command[0]} failed: {error}") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or f"exit {done.returncode}"
        raise ClipboardError(f"{command[0]} failed: {reason[:300]}")
    return done.stdout


def _charset(html: str) -> str:
    # Without it, some programs read the bytes as Latin-1.
    return f'<meta charset="utf-8">{html}' if html else ""


# --- macOS


_JXA = """
ObjC.import('AppKit');
function run() {
  const input = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
  const clip = JSON.parse($.NSString.alloc.initWithDataEncoding(input, $.NSUTF8StringEncoding).js);
  const board = $.NSPasteboard.generalPasteboard;
  board.clearContents;
  if (clip.html) board.setStringForType($(clip.html), 'public.html');
  board.setStringForType($(clip.text), 'public.utf8-plain-text');
}
"""


def macos(clip: Clip, at: Desktop) -> None:
    data = json.dumps({"text": clip.text, "html": _charset(clip.html)}).encode()
    run(["osascript", "-l", "JavaScript", "-e", _JXA], data, at)


# --- Windows, from itself and from WSL


_POWERSHELL = """
$ErrorActionPreference = 'Stop'
$raw = [Convert]::FromBase64String([Console]::In.ReadToEnd().Trim())
$clip = [Text.Encoding]::UTF8.GetString($raw) | ConvertFrom-Json
Add-Type -AssemblyName System.Windows.Forms
$data = New-Object Windows.Forms.DataObject
$data.SetData('UnicodeText', $clip.text)
if ($clip.html) {
  $bytes = [Text.Encoding]::UTF8.GetBytes($clip.html)
  $data.SetData('HTML Format', (New-Object IO.MemoryStream(,$bytes)))
}
[Windows.Forms.Clipboard]::SetDataObject($data, $true, 10, 100)
"""


def cf_html(fragment: str) -> str:
    """HTML as Windows' clipboard wants it: with the byte offsets of its parts before it.

    Source: Microsoft, "HTML Clipboard Format".
    """
    head, tail = "<html><body><!--StartFragment-->", "<!--EndFragment--></body></html>"
    names = ("StartHTML", "EndHTML", "StartFragment", "EndFragment")
    size = len("Version:0.9\r\n") + sum(len(f"{name}:0000000000\r\n") for name in names)
    start = size + len(head)
    end = start + len(fragment.encode())
    offsets = (size, end + len(tail), start, end)
    lines = (f"{name}:{offset:010}\r\n" for name, offset in zip(names, offsets, strict=True))
    return "Version:0.9\r\n" + "".join(lines) + head + fragment + tail


def windows(clip: Clip, at: Desktop) -> None:
    # Windows' own line ends: Notepad of old shows nothing but one line otherwise.
    text = clip.text.replace("\r\n", "\n").replace("\n", "\r\n")
    data = {"text": text, "html": cf_html(clip.html) if clip.html else ""}
    program = "powershell.exe" if at.has("powershell.exe") else "powershell"
    command = [program, "-NoProfile", "-NonInteractive", "-STA", "-Command", _POWERSHELL]
    run(command, base64.b64encode(json.dumps(data).encode()), at)


def is_wsl(at: Desktop) -> bool:
    return at.system == "linux" and "WSL_DISTRO_NAME" in at.env and at.has("powershell.exe")


# --- X11 and Wayland


def owner(module: str) -> Callable[[Clip, Desktop], None]:
    """A writer that leaves a process behind which owns the selection and serves it."""

    def write(clip: Clip, at: Desktop) -> None:
        data = json.dumps({"text": clip.text, "html": _charset(clip.html)}).encode()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"cannery.clipboard.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it outlives the command and its terminal
            env=dict(at.env),
            cwd=Path(sys.executable).anchor,
        )
        if process.stdin is None or process.stdout is None:
            raise ClipboardError("the clipboard's process has no pipes")
        try:
            process.stdin.write(data)
            process.stdin.close()
            answer = process.stdout.readline().decode().strip()
        except OSError as error:
            raise ClipboardError(f"the clipboard's process failed: {error}") from error
        finally:
            process.stdout.close()
        if answer != "ready":
            process.wait(_SECONDS)
            raise ClipboardError(answer.removeprefix("failed: ") or "its process ended early")
        process.returncode = 0  # it goes on by itself: nobody waits for it

    return write


def wl_copy(clip: Clip, at: Desktop) -> None:
    # wl-copy forks and keeps its streams open, so they must not be ours.
    try:
        done = subprocess.run(
            ["wl-copy", "--type", "text/plain;charset=utf-8"],
            input=clip.text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            env=dict(at.env),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClipboardError(f"wl-copy failed: {error}") from error
    if done.returncode:
        raise ClipboardError(f"wl-copy failed: exit {done.returncode}")
