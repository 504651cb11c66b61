"""macOS and Windows: a script of the system's own copies, reads back, and says `ready`.

For `kb doctor` the scripts try all of it without touching what was copied.
"""

from __future__ import annotations

import base64
import json

from cannery.clipboard.desktop import Clip, Desktop, UnsureError, run, with_charset

# --- macOS


# A pasteboard of a name of its own is as good as the general one for a trial. What is refused is
# put back: the pasteboard has to be cleared before it is written.
_JXA = """
ObjC.import('AppKit');
const KINDS = ['public.html', 'public.utf8-plain-text'];
function write(board, texts) {
  board.clearContents;
  return KINDS.every((kind, at) => !texts[at] || board.setStringForType($(texts[at]), kind));
}
function run() {
  const input = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
  const clip = JSON.parse($.NSString.alloc.initWithDataEncoding(input, $.NSUTF8StringEncoding).js);
  const boards = $.NSPasteboard;
  const board = clip.trial ? boards.pasteboardWithUniqueName : boards.generalPasteboard;
  const read = () => KINDS.map((kind) => ObjC.unwrap(board.stringForType(kind)) || '');
  const before = read();
  const isDone = write(board, [clip.html, clip.text]) && read()[1] === clip.text;
  if (!isDone && !clip.trial) write(board, before);
  if (clip.trial) board.releaseGlobally;
  return isDone ? 'ready' : 'the pasteboard refused the text';
}
"""


def macos(clip: Clip, at: Desktop) -> None:
    _macos(clip, at, trial=False)


def try_macos(at: Desktop) -> None:
    _macos(Clip("kb doctor"), at, trial=True)


def _macos(clip: Clip, at: Desktop, *, trial: bool) -> None:
    data = {"text": clip.text, "html": with_charset(clip.html), "trial": trial}
    _confirmed(["osascript", "-l", "JavaScript", "-e", _JXA], json.dumps(data).encode(), at)


def _confirmed(command: list[str], data: bytes, at: Desktop) -> None:
    answer = run(command, data, at).decode(errors="replace").strip()
    if answer != "ready":
        raise UnsureError(answer[:300] or f"{command[0]} did not confirm the copy")


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
if ([Windows.Forms.Clipboard]::GetText('UnicodeText') -cne $clip.text) {
  throw 'the clipboard holds another text'
}
[Console]::Out.Write('ready')
"""
# Windows has one clipboard: to ask it for its formats is the most that leaves it alone.
_TRIAL = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Windows.Forms
[void][Windows.Forms.Clipboard]::ContainsText()
[Console]::Out.Write('ready')
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
    _confirmed(_powershell(_POWERSHELL, at), base64.b64encode(json.dumps(data).encode()), at)


def try_windows(at: Desktop) -> None:
    _confirmed(_powershell(_TRIAL, at), b"", at)


def _powershell(script: str, at: Desktop) -> list[str]:
    program = "powershell.exe" if at.has("powershell.exe") else "powershell"
    return [program, "-NoProfile", "-NonInteractive", "-STA", "-Command", script]
