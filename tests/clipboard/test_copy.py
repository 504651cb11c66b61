from __future__ import annotations

from pathlib import Path

import pytest
from tests.clipboard.conftest import CLIP, Fake, Surface

from cannery.clipboard import terminal
from cannery.clipboard.copy import Copied, attempts, available, copy
from cannery.clipboard.desktop import Clip, Desktop
from cannery.errors import ClipboardError

HOLDS = 'cat > "$OUT/held"'
TELLS = 'cat "$OUT/held"'
NO_COMPOSITOR = {"WAYLAND_DISPLAY": "wayland-none", "XDG_RUNTIME_DIR": "/nonexistent"}
NO_DISPLAY = {"DISPLAY": ":987"}


def test_a_means_that_fails_gives_way_to_the_next(fake: Fake, surface: Surface) -> None:
    fake("wl-copy", HOLDS)
    fake("wl-paste", TELLS)
    copied = copy(CLIP, surface("linux", **NO_COMPOSITOR))
    assert copied == Copied("wl-copy", rich=False, proved=True)


def test_no_clipboard_says_why_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError) as raised:
        copy(CLIP, Desktop("linux", {"PATH": str(tmp_path)}))
    assert raised.value.message == "no clipboard found"
    assert "DISPLAY" in raised.value.hint
    assert "What was copied before is still on the clipboard." in raised.value.hint


@pytest.mark.parametrize("beside", [{}, NO_DISPLAY, NO_COMPOSITOR])
@pytest.mark.parametrize(
    ("kind", "asked"), [("xterm-256color", True), ("tmux-256color", True), ("linux", False), ("dumb", False)]
)  # fmt: skip
def test_without_a_desktop_a_terminal_is_asked_last(
    beside: dict[str, str], kind: str, asked: bool, tmp_path: Path
) -> None:
    names = [
        one.name
        for one in available(Desktop("linux", {"PATH": str(tmp_path), "TERM": kind, **beside}))
    ]
    assert (names[-1:] == ["the terminal (OSC 52)"]) == asked


def test_a_display_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError, match=r"X11: .*:987"):
        copy(CLIP, Desktop("linux", {"PATH": str(tmp_path), "DISPLAY": ":987"}))


def test_nothing_is_no_reason_to_clear_the_clipboard(surface: Surface) -> None:
    with pytest.raises(ClipboardError, match="nothing to copy"):
        copy(Clip(""), surface("linux", SSH_CONNECTION="1 2 3 4"))


@pytest.mark.parametrize(
    "env",
    [
        {**NO_DISPLAY, "SSH_CONNECTION": "1 2 3 4"},
        {"DISPLAY": "localhost:98.0", "SSH_TTY": "/dev/pts/0"},
        {**NO_COMPOSITOR, "SSH_TTY": "/dev/pts/0"},
        {**NO_DISPLAY, "STY": "1.pts"},
        {**NO_COMPOSITOR, **NO_DISPLAY, "TMUX": "/tmp/socket,1,0"},
    ],
)
def test_a_display_of_the_past_falls_through_to_the_terminal(
    tmp_path: Path,
    fake: Fake,
    surface: Surface,
    monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str],
) -> None:
    for name in ("tmux", "xclip", "wl-copy"):
        fake(name, "cat > $OUT/tmux" if name == "tmux" else "exit 1")
    monkeypatch.setattr(terminal, "_send", (tmp_path / "sent").write_bytes)
    copied = copy(CLIP, surface("linux", **env))
    assert copied.writer.endswith("(OSC 52)")
    assert not copied.proved
    if "TMUX" in env:
        assert (tmp_path / "tmux").read_text() == CLIP.text
    else:
        assert (tmp_path / "sent").read_bytes() == terminal.osc52(CLIP.text, {})


def test_outside_ssh_and_tmux_no_terminal_is_asked(surface: Surface) -> None:
    assert [writer.name for writer in available(surface("linux", **NO_DISPLAY))] == [
        "X11",
        "pyperclip",
    ]


def test_every_way_is_tried_and_told(fake: Fake, surface: Surface) -> None:
    fake("xclip", "echo no display >&2; exit 1")
    tried = {writer.name: fault for writer, fault in attempts(surface("linux", **NO_DISPLAY))}
    assert [*tried] == ["X11", "xclip"]
    assert ":987" in tried["X11"]
    assert tried["xclip"] == "xclip failed: no display"
