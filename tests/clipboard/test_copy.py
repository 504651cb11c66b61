from __future__ import annotations

import base64
import json
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cannery.clipboard.copy import available, copy, osc52
from cannery.clipboard.desktop import Clip, Desktop, cf_html
from cannery.clipboard.paste import decoded, paste
from cannery.errors import ClipboardError

CLIP = Clip("Hello 田中 様\nsecond", "<p>Hello 田中 様<br>second</p>")


def _fake(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def _surface(system: str, folder: Path, **env: str) -> Desktop:
    return Desktop(system, {"PATH": f"{folder}:/usr/bin:/bin", "OUT": str(folder), **env})


RECORD = 'for a in "$@"; do printf "%s\\0" "$a"; done > "$OUT/args"; cat > "$OUT/stdin"'


def test_macos_is_handed_html_and_text(tmp_path: Path) -> None:
    _fake(tmp_path, "osascript", RECORD)
    copied = copy(CLIP, _surface("darwin", tmp_path))
    assert (copied.writer, copied.rich) == ("macOS pasteboard", True)
    data = json.loads((tmp_path / "stdin").read_text())
    assert data == {"text": CLIP.text, "html": '<meta charset="utf-8">' + CLIP.html}
    arguments = (tmp_path / "args").read_text().split("\0")
    assert arguments[:3] == ["-l", "JavaScript", "-e"]
    assert "public.html" in arguments[3]
    assert "public.utf8-plain-text" in arguments[3]


@pytest.mark.parametrize(
    ("system", "env", "means"),
    [
        ("win32", {}, "Windows clipboard"),
        ("linux", {"WSL_DISTRO_NAME": "Ubuntu"}, "Windows clipboard (WSL)"),
    ],
)
def test_windows_is_handed_html_and_text(
    tmp_path: Path, system: str, env: dict[str, str], means: str
) -> None:
    _fake(tmp_path, "powershell.exe", RECORD)
    assert copy(CLIP, _surface(system, tmp_path, **env)).writer == means
    data = json.loads(base64.b64decode((tmp_path / "stdin").read_bytes()))
    assert data["text"] == "Hello 田中 様\r\nsecond"
    assert data["html"] == cf_html(CLIP.html)
    assert "-STA" in (tmp_path / "args").read_text().split("\0")


def test_the_offsets_of_windows_html_are_bytes_that_hit_the_fragment() -> None:
    raw = cf_html(CLIP.html).encode()
    numbers = dict(line.split(b":") for line in raw.split(b"\r\n")[1:5])
    start, end = int(numbers[b"StartFragment"]), int(numbers[b"EndFragment"])
    assert raw[start:end].decode() == CLIP.html
    assert raw[int(numbers[b"StartHTML"]) :].startswith(b"<html>")
    assert int(numbers[b"EndHTML"]) == len(raw)


def test_plain_text_goes_without_html(tmp_path: Path) -> None:
    _fake(tmp_path, "osascript", RECORD)
    assert not copy(Clip("x"), _surface("darwin", tmp_path)).rich
    assert json.loads((tmp_path / "stdin").read_text())["html"] == ""


def test_a_means_that_fails_gives_way_to_the_next(tmp_path: Path) -> None:
    _fake(tmp_path, "wl-copy", "cat > $OUT/stdin")
    at = _surface("linux", tmp_path, WAYLAND_DISPLAY="wayland-none", XDG_RUNTIME_DIR=str(tmp_path))
    copied = copy(CLIP, at)
    assert (copied.writer, copied.rich) == ("wl-copy", False)
    assert (tmp_path / "stdin").read_text() == CLIP.text


def test_no_clipboard_says_why_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError) as raised:
        copy(CLIP, Desktop("linux", {"PATH": str(tmp_path)}))
    assert raised.value.message == "no clipboard here"
    assert "DISPLAY" in raised.value.hint


def test_a_display_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError, match=r"X11: .*:987"):
        copy(CLIP, Desktop("linux", {"PATH": str(tmp_path), "DISPLAY": ":987"}))


def test_a_failing_program_is_told(tmp_path: Path) -> None:
    _fake(tmp_path, "powershell.exe", "echo no desktop >&2; exit 3")
    with pytest.raises(ClipboardError, match="no desktop"):
        copy(CLIP, _surface("win32", tmp_path))


def test_over_ssh_the_terminal_copies() -> None:
    at = Desktop("linux", {"SSH_CONNECTION": "1 2 3 4"})
    assert [means.name for means in available(at)] == ["terminal (OSC 52)"]
    sequence = osc52("田中", {})
    assert sequence == b"\x1b]52;c;" + base64.b64encode("田中".encode()) + b"\x07"


def test_gnu_screen_passes_it_on_in_pieces() -> None:
    sequence = osc52("x" * 3000, {"TERM": "screen-256color", "STY": "1.pts"})
    pieces = sequence.split(b"\x1b\\")[:-1]
    assert all(piece.startswith(b"\x1bP") and len(piece) <= 702 for piece in pieces)
    assert b"".join(piece[2:] for piece in pieces) == osc52("x" * 3000, {})


def test_what_a_terminal_cannot_take_is_refused_with_its_size() -> None:
    with pytest.raises(ClipboardError, match="75,000 bytes, and a terminal takes 74,994"):
        osc52("x" * 75_000, {})


@pytest.mark.needs("tmux")
def test_tmux_takes_the_text_and_sends_it_on(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    try:
        at = Desktop("linux", {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path / 'socket'},1,0"})
        assert copy(CLIP, at).writer == "tmux (OSC 52)"
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True)
        assert shown.stdout.decode() == CLIP.text
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)


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


def _paste(at: Desktop, target: str) -> str:
    command = ["xclip", "-selection", "clipboard", "-o", "-t", target]
    return subprocess.run(
        command, env=dict(at.env), check=True, capture_output=True
    ).stdout.decode()


@pytest.mark.needs("Xvfb", "xclip")
def test_x11_offers_html_and_text_together(x11: Desktop) -> None:
    copied = copy(CLIP, x11)
    assert (copied.writer, copied.rich) == ("X11", True)
    targets = _paste(x11, "TARGETS").split()
    assert {"text/html", "UTF8_STRING", "text/plain;charset=utf-8"} <= set(targets)
    assert _paste(x11, "UTF8_STRING") == CLIP.text
    assert _paste(x11, "text/html").endswith(CLIP.html)


@pytest.mark.needs("Xvfb", "xclip")
def test_x11_takes_a_long_text_in_pieces_again_and_again(x11: Desktop) -> None:
    clip = Clip("田中" * 100_000, "<p>x</p>")
    for _ in range(2):
        copy(clip, x11)
        assert _paste(x11, "UTF8_STRING") == clip.text


@pytest.mark.needs("Xvfb")
def test_what_was_copied_is_pasted_with_both_flavours(x11: Desktop) -> None:
    clip = Clip("田中 様\n" * 50_000, "<p>田中 様</p>" * 50_000)
    copy(clip, x11)
    pasted = paste(x11)
    assert pasted.text == clip.text
    assert pasted.html.endswith(clip.html)


@pytest.mark.needs("Xvfb", "xclip")
def test_plain_text_of_another_program_is_pasted(x11: Desktop) -> None:
    command = ["xclip", "-selection", "clipboard"]
    subprocess.run(command, env=dict(x11.env), input="日本語".encode(), check=True)
    assert paste(x11) == Clip("日本語")


@pytest.mark.needs("Xvfb")
def test_an_empty_clipboard_is_told(x11: Desktop) -> None:
    with pytest.raises(ClipboardError, match=r"X11: the clipboard is empty"):
        paste(x11)


def test_macos_and_windows_tell_both_flavours(tmp_path: Path) -> None:
    _fake(tmp_path, "osascript", """printf '{"text": "a", "html": "<b>a</b>"}'""")
    assert paste(_surface("darwin", tmp_path)) == Clip("a", "<b>a</b>")
    html = "Version:0.9 <!--StartFragment--><b>a</b><!--EndFragment-->"
    _fake(tmp_path, "powershell.exe", f"""printf '{{"text": "a", "html": "{html}"}}'""")
    assert paste(_surface("win32", tmp_path)) == Clip("a", "<b>a</b>")
    _fake(tmp_path, "powershell.exe", "echo nothing")
    with pytest.raises(ClipboardError, match="an answer that is none"):
        paste(_surface("win32", tmp_path))


def test_a_program_that_fails_is_told(tmp_path: Path) -> None:
    _fake(tmp_path, "osascript", "echo no >&2; exit 1")
    with pytest.raises(ClipboardError, match="osascript failed: no"):
        paste(_surface("darwin", tmp_path))


def test_firefox_offers_html_as_utf_16() -> None:
    assert decoded("<b>é</b>".encode("utf-16")) == "<b>é</b>"


@pytest.mark.needs("Xvfb", "xclip")
def test_the_process_behind_x11_ends_when_another_program_copies(x11: Desktop) -> None:
    copy(CLIP, x11)
    assert _owners(x11) == 1
    command = ["xclip", "-selection", "clipboard", "-quiet", "-loops", "1"]
    with subprocess.Popen(command, env=dict(x11.env), stdin=subprocess.PIPE) as other:
        assert other.stdin is not None
        other.stdin.write(b"other")
        other.stdin.close()
        deadline = time.monotonic() + 20
        while _owners(x11) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _owners(x11) == 0
        assert _paste(x11, "UTF8_STRING") == "other"


def _owners(at: Desktop) -> int:
    wanted = f"DISPLAY={at.env['DISPLAY']}\0".encode()
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            mine = b"owner_x11" in (process / "cmdline").read_bytes()
            count += mine and wanted in (process / "environ").read_bytes()
        except OSError:
            continue  # it ended while we looked
    return count


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


def _wl_paste(at: Desktop, *arguments: str) -> str:
    command = ["wl-paste", "--no-newline", *arguments]
    return subprocess.run(
        command, env=dict(at.env), check=True, capture_output=True
    ).stdout.decode()


@pytest.mark.needs("sway", "wl-paste", "wl-copy")
def test_wayland_offers_html_and_text_together(wayland: Desktop) -> None:
    copied = copy(CLIP, wayland)
    assert (copied.writer, copied.rich) == ("Wayland", True)
    assert {"text/html", "text/plain;charset=utf-8"} <= set(_wl_paste(wayland, "-l").split())
    assert _wl_paste(wayland) == CLIP.text
    assert _wl_paste(wayland, "-t", "text/html").endswith(CLIP.html)
    assert paste(wayland) == Clip(CLIP.text, f'<meta charset="utf-8">{CLIP.html}')
    long = Clip("田中" * 100_000)
    assert not copy(long, wayland).rich
    assert _wl_paste(wayland) == long.text
