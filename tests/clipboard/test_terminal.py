from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

import pytest
from tests.clipboard.conftest import CLIP

from cannery.clipboard.copy import Copied, attempts, available, copy
from cannery.clipboard.desktop import Clip, Desktop
from cannery.clipboard.paste import paste
from cannery.clipboard.terminal import osc52
from cannery.errors import ClipboardError


def test_over_ssh_the_terminal_copies() -> None:
    at = Desktop("linux", {"SSH_CONNECTION": "1 2 3 4"})
    assert [means.name for means in available(at)] == ["the terminal (OSC 52)"]
    sequence = osc52("田中", {})
    assert sequence == b"\x1b]52;c;" + base64.b64encode("田中".encode()) + b"\x07"


def test_gnu_screen_passes_it_on_in_pieces() -> None:
    sequence = osc52("x" * 3000, {"TERM": "screen-256color", "STY": "1.pts"})
    pieces = sequence.split(b"\x1b\\")[:-1]
    assert all(piece.startswith(b"\x1bP") and len(piece) <= 702 for piece in pieces)
    assert b"".join(piece[2:] for piece in pieces) == osc52("x" * 3000, {})


def test_what_a_terminal_cannot_take_is_refused_with_its_size() -> None:
    with pytest.raises(ClipboardError, match="75,000 bytes; a terminal accepts at most 74,994"):
        osc52("x" * 75_000, {})


@pytest.mark.needs("tmux")
def test_tmux_takes_the_text_and_sends_it_on(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    try:
        at = Desktop("linux", {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path / 'socket'},1,0"})
        assert copy(CLIP, at) == Copied("tmux (OSC 52)", rich=False, proved=False)
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True)
        assert shown.stdout.decode() == CLIP.text
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)


@pytest.mark.needs("tmux")
def test_a_trial_leaves_what_tmux_holds(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    try:
        at = Desktop("linux", {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path / 'socket'},1,0"})
        copy(CLIP, at)
        assert [fault for _, fault in attempts(at)] == [""]
        held = subprocess.run([*tmux, "list-buffers"], check=True, capture_output=True)
        assert held.stdout.count(b"\n") == 1
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)


@pytest.mark.needs("tmux")
def test_a_tmux_that_holds_nothing_is_an_empty_clipboard(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    try:
        at = Desktop("linux", {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path / 'socket'},1,0"})
        with pytest.raises(ClipboardError, match=r"tmux: the clipboard is empty"):
            paste(at)
        copy(CLIP, at)
        assert paste(at) == Clip(CLIP.text)
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)


@pytest.mark.needs("tmux")
def test_a_tmux_that_has_ended_is_told(tmp_path: Path) -> None:
    at = Desktop("linux", {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path / 'gone'},1,0"})
    with pytest.raises(ClipboardError, match=r"tmux \(OSC 52\): tmux failed: "):
        copy(CLIP, at)
    assert [fault.partition(":")[0] for _, fault in attempts(at)] == ["tmux failed"]
