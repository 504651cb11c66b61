from __future__ import annotations

import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from tests.clipboard.conftest import CLIP, Surface

from cannery.clipboard.copy import attempts, copy
from cannery.clipboard.desktop import Clip, Desktop
from cannery.clipboard.paste import paste
from cannery.clipboard.programs import WL_COPY, write
from cannery.errors import ClipboardError


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


@pytest.mark.needs("Xvfb", "xclip")
def test_the_process_behind_x11_ends_when_another_program_copies(x11: Desktop) -> None:
    copy(CLIP, x11)
    assert _owners(x11) == 1
    assert [(writer.name, fault) for writer, fault in attempts(x11)] == [("X11", ""), ("xclip", "")]
    assert _paste(x11, "UTF8_STRING") == CLIP.text, "a trial leaves what was copied"
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
    assert [fault for _, fault in attempts(wayland)] == ["", ""]
    assert _wl_paste(wayland) == CLIP.text, "a trial leaves what was copied"
    write(WL_COPY)(Clip("by wl-copy\n"), wayland)
    assert _wl_paste(wayland) == "by wl-copy\n"
    long = Clip("田中" * 100_000)
    assert not copy(long, wayland).rich
    assert _wl_paste(wayland) == long.text


def test_a_display_that_hangs_is_given_up(silent: str, surface: Surface) -> None:
    at = surface("linux", patience=0.3, DISPLAY=silent)
    with pytest.raises(ClipboardError, match="X11: the display did not respond in time"):
        copy(CLIP, at)
    assert _owners(at) == 0


def _accept_and_close(server: socket.socket) -> None:
    server.accept()[0].close()


def test_a_display_that_dies_while_it_is_asked_is_told(surface: Surface) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        dying = threading.Thread(target=_accept_and_close, args=(server,))
        dying.start()
        at = surface("linux", DISPLAY=f"127.0.0.1:{port - 6000}")
        with pytest.raises(ClipboardError, match=r"X11: .") as raised:
            copy(CLIP, at)
        dying.join()
    assert "What was copied before is still on the clipboard." in raised.value.hint


def test_a_compositor_that_is_not_there_is_told(surface: Surface, tmp_path: Path) -> None:
    at = surface("linux", WAYLAND_DISPLAY="wayland-none", XDG_RUNTIME_DIR=str(tmp_path))
    with pytest.raises(ClipboardError, match="Wayland: "):
        copy(CLIP, at)
    assert [bool(fault) for _, fault in attempts(at)] == [True, True]
