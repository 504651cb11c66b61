"""Programs that copy are believed only when the clipboard gives the text back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.clipboard.conftest import CLIP, Fake, Surface

from cannery.clipboard.copy import available, copy
from cannery.clipboard.desktop import Clip, Desktop, UnsureError
from cannery.clipboard.programs import (
    PBCOPY,
    PYPERCLIP,
    WL_COPY,
    XCLIP,
    XSEL,
    Program,
    attempt,
    try_pyperclip,
    write,
)
from cannery.errors import ClipboardError

PROGRAMS = [XCLIP, XSEL, WL_COPY, PBCOPY]
HOLDS = 'cat > "$OUT/held"'
TELLS = 'cat "$OUT/held"'


def _install(fake: Fake, program: Program, copies: str, tells: str) -> None:
    if program.copy[0] == program.read[0]:
        fake(program.copy[0], f'case "$*" in *out*) {tells};; *) {copies};; esac')
    else:
        fake(program.copy[0], copies)
        fake(program.read[0], tells)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.copy[0])
def test_a_text_that_is_read_back_is_copied(
    tmp_path: Path, fake: Fake, surface: Surface, program: Program
) -> None:
    _install(fake, program, HOLDS, TELLS)
    write(program)(CLIP, surface("linux"))
    assert (tmp_path / "held").read_text() == CLIP.text


LIES = {"cat > /dev/null": ("printf old", "contains other text"), HOLDS: ("exit 1", "be checked")}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.copy[0])
@pytest.mark.parametrize("copies", LIES)
def test_one_that_lies_has_not_copied(
    fake: Fake, surface: Surface, program: Program, copies: str
) -> None:
    tells, told = LIES[copies]
    _install(fake, program, copies, tells)
    with pytest.raises(UnsureError, match=told):
        write(program)(CLIP, surface("linux"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.copy[0])
@pytest.mark.parametrize("reason", ["echo no display >&2; exit 1", "exit 3"])
def test_one_that_fails_is_told(
    fake: Fake, surface: Surface, program: Program, reason: str
) -> None:
    _install(fake, program, reason, TELLS)
    with pytest.raises(ClipboardError, match=r"failed: (no display|exit 3)") as raised:
        write(program)(CLIP, surface("linux"))
    assert not isinstance(raised.value, UnsureError)


def test_one_that_answers_a_moment_later_is_believed(fake: Fake, surface: Surface) -> None:
    tells = f'test -e "$OUT/asked" && {TELLS} || {{ : > "$OUT/asked"; exit 1; }}'
    _install(fake, XCLIP, HOLDS, tells)
    write(XCLIP)(CLIP, surface("linux"))


def test_one_that_hangs_is_given_up(fake: Fake, surface: Surface) -> None:
    _install(fake, XCLIP, "exec sleep 30", TELLS)
    with pytest.raises(ClipboardError, match="xclip did not respond in time"):
        write(XCLIP)(CLIP, surface("linux", patience=0.2))


def test_a_clipboard_that_does_not_give_it_back_is_given_up(fake: Fake, surface: Surface) -> None:
    _install(fake, XCLIP, HOLDS, "exec sleep 30")
    with pytest.raises(UnsureError, match="could not be checked: xclip did not respond in time"):
        write(XCLIP)(CLIP, surface("linux", patience=1.5))


def test_what_the_clipboard_holds_after_a_lie_is_not_promised(fake: Fake, surface: Surface) -> None:
    _install(fake, XCLIP, "cat > /dev/null", "printf old")
    with pytest.raises(ClipboardError) as raised:
        copy(CLIP, surface("linux", DISPLAY=":987"))
    assert "may contain other text now" in raised.value.hint


def test_clip_exe_is_handed_utf_16_and_confirms_nothing(
    tmp_path: Path, fake: Fake, surface: Surface
) -> None:
    fake("clip.exe", HOLDS)
    copied = copy(CLIP, surface("linux", WSL_DISTRO_NAME="Ubuntu"))
    assert (copied.writer, copied.proved) == ("clip.exe", False)
    assert (tmp_path / "held").read_bytes().decode("utf-16-le") == CLIP.text.replace("\n", "\r\n")


@pytest.mark.needs("Xvfb", "xclip")
def test_xclip_itself_is_read_back(x11: Desktop) -> None:
    write(XCLIP)(Clip("by xclip 田中\n"), x11)
    attempt(XCLIP)(x11)
    command = ["xclip", "-selection", "clipboard", "-out"]
    done = subprocess.run(command, env=dict(x11.env), check=True, capture_output=True)
    assert done.stdout.decode() == "by xclip 田中\n", "a trial leaves what was copied"
    assert "xclip" in [writer.name for writer in available(x11)]


class TestPyperclip:
    @pytest.mark.needs("Xvfb", "xclip")
    def test_what_it_copied_is_read_back(self, x11: Desktop) -> None:
        write(PYPERCLIP)(Clip("by pyperclip 田中\n"), x11)
        try_pyperclip(x11)
        command = ["xclip", "-selection", "clipboard", "-out"]
        done = subprocess.run(command, env=dict(x11.env), check=True, capture_output=True)
        assert done.stdout.decode() == "by pyperclip 田中\n"

    def test_a_program_that_lies_to_it_is_found_out(
        self, fake: Fake, surface: Surface, tmp_path: Path
    ) -> None:
        (tmp_path / "tools/which").symlink_to(shutil.which("which") or "which")
        fake("xclip", 'case "$*" in *-o*) printf old;; *) cat > /dev/null;; esac')
        with pytest.raises(UnsureError, match="contains other text"):
            write(PYPERCLIP)(CLIP, surface("linux", DISPLAY=":987"))

    def test_where_it_knows_no_way_it_says_so(self, surface: Surface) -> None:
        with pytest.raises(ClipboardError, match="could not find a copy/paste mechanism"):
            try_pyperclip(surface("linux"))
