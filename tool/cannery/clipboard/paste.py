"""What is on the clipboard: a table of ways to read it, HTML along with plain text where it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from cannery.clipboard.desktop import Clip, Desktop, is_wsl, run
from cannery.errors import ClipboardError
from cannery.util.seen import shows_nothing

_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read. `read` raises ClipboardError."""

    name: str
    here: Callable[[Desktop], bool]
    read: Callable[[Desktop], Clip]


def paste(at: Desktop, option: str = "--from") -> Clip:
    """What the first reader that works finds. Raises ClipboardError, which says why none did.

    `option` is what takes the same text from a file.
    """
    reasons = []
    for reader in _READERS:
        if reader.here(at):
            try:
                clip = reader.read(at)
            except ClipboardError as error:
                reasons.append(f"{reader.name}: {error.message}")
                continue
            if not (shows_nothing(clip.text) and shows_nothing(clip.html)):
                return clip
            reasons.append(f"{reader.name}: the clipboard is empty")
    hint = f"Pass the text with `{option} FILE` or `{option} -`."
    raise ClipboardError("; ".join(reasons) or "no clipboard here", hint)


def _output(command: list[str], at: Desktop) -> bytes:
    output = run(command, b"", at)
    if len(output) > _MAX_BYTES:
        raise ClipboardError(f"more than {_MAX_BYTES // 10**6} MB")
    return output


def _typed(listing: list[str], reading: Callable[[str], list[str]], at: Desktop) -> Clip:
    """What a program that reads one type at a time has of the two that matter."""
    types = _output(listing, at).decode(errors="replace").split()
    html = _output(reading("text/html"), at) if "text/html" in types else b""
    plain = next((name for name in _PLAIN if name in types), "")
    text = _output(reading(plain), at) if plain else b""
    return Clip(_text(text, plain), decoded(html))


_PLAIN = ("text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", "TEXT")


def decoded(html: bytes) -> str:
    """HTML as programs put it there: UTF-8, or UTF-16 with its mark (Firefox does so)."""
    if html[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _text(html, code="utf-16").rstrip("\0")
    return _text(html).rstrip("\0")


def _text(raw: bytes, kind: str = "", code: str = "utf-8") -> str:
    """What was copied. Raises ClipboardError for what can't be read."""
    try:
        return raw.decode(code)
    except UnicodeDecodeError as error:
        if kind == "STRING":  # which is Latin-1 by its definition, whatever programs make of it
            return raw.decode("latin-1")
        raise ClipboardError(f"the text is not {code.upper()}") from error


def _wayland(at: Desktop) -> Clip:
    reading = ["wl-paste", "--no-newline", "--type"]
    return _typed(["wl-paste", "--list-types"], lambda kind: [*reading, kind], at)


def _tmux(at: Desktop) -> Clip:
    if not _output(["tmux", "list-buffers"], at):  # nothing to save is a failure to tmux
        return Clip("")
    return Clip(_text(_output(["tmux", "save-buffer", "-"], at)))


_JXA = """
ObjC.import('AppKit');
function run() {
  const board = $.NSPasteboard.generalPasteboard;
  const get = (type) => ObjC.unwrap(board.stringForType(type)) || '';
  return JSON.stringify({text: get('public.utf8-plain-text'), html: get('public.html')});
}
"""


def _macos(at: Desktop) -> Clip:
    return _from_json(_output(["osascript", "-l", "JavaScript", "-e", _JXA], at))


_POWERSHELL = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Windows.Forms
$text = [Windows.Forms.Clipboard]::GetText('UnicodeText')
$html = [Windows.Forms.Clipboard]::GetText('Html')
$json = @{text=$text; html=$html} | ConvertTo-Json -Compress
[Console]::OutputEncoding = [Text.Encoding]::UTF8
[Console]::Out.Write($json)
"""


def _windows(at: Desktop) -> Clip:
    program = "powershell.exe" if at.has("powershell.exe") else "powershell"
    command = [program, "-NoProfile", "-NonInteractive", "-STA", "-Command", _POWERSHELL]
    clip = _from_json(_output(command, at))
    start, end = clip.html.find("<!--StartFragment-->"), clip.html.find("<!--EndFragment-->")
    html = clip.html[start + len("<!--StartFragment-->") : end] if 0 <= start < end else ""
    return Clip(clip.text.replace("\r\n", "\n"), html)


def _from_json(raw: bytes) -> Clip:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        return Clip(str(data["text"] or ""), str(data["html"] or ""))
    except (ValueError, KeyError, TypeError) as error:
        raise ClipboardError(f"an invalid response: {error}") from error


def _x11(at: Desktop) -> Clip:
    from cannery.clipboard.paste_x11 import read  # Xlib is slow to load

    offered = read(at.env["DISPLAY"], ("text/html", "UTF8_STRING", "STRING"))
    html, text = offered.get("text/html", b""), offered.get("UTF8_STRING", b"")
    latin = offered.get("STRING", b"").decode("latin-1")
    return Clip(_text(text) or latin, decoded(html))


def _powershell_here(at: Desktop) -> bool:
    return is_wsl(at) and at.has("powershell.exe")


_READERS = (
    Reader("macOS pasteboard", lambda at: at.system == "darwin", _macos),
    Reader("Windows clipboard", lambda at: at.system == "win32" or _powershell_here(at), _windows),
    Reader(
        "Wayland",
        lambda at: bool(at.env.get("WAYLAND_DISPLAY")) and at.has("wl-paste"),
        _wayland,
    ),
    Reader("X11", lambda at: at.system == "linux" and bool(at.env.get("DISPLAY")), _x11),
    Reader("tmux", lambda at: bool(at.env.get("TMUX")) and at.has("tmux"), _tmux),
)
