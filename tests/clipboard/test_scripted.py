from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from tests.clipboard.conftest import CLIP, Fake, Surface

from cannery.clipboard.copy import attempts, copy
from cannery.clipboard.desktop import Clip
from cannery.clipboard.scripted import cf_html
from cannery.errors import ClipboardError

RECORD = (
    'for a in "$@"; do printf "%s\\0" "$a"; done > "$OUT/args"; cat > "$OUT/stdin"; printf ready'
)


def test_macos_is_handed_html_and_text(tmp_path: Path, fake: Fake, surface: Surface) -> None:
    fake("osascript", RECORD)
    copied = copy(CLIP, surface("darwin"))
    assert (copied.writer, copied.rich) == ("macOS pasteboard", True)
    data = json.loads((tmp_path / "stdin").read_text())
    html = '<meta charset="utf-8">' + CLIP.html
    assert data == {"text": CLIP.text, "html": html, "trial": False}
    arguments = (tmp_path / "args").read_text().split("\0")
    assert arguments[:3] == ["-l", "JavaScript", "-e"]
    assert "public.html" in arguments[3]
    assert "public.utf8-plain-text" in arguments[3]


@pytest.mark.parametrize(
    ("at", "means"),
    [
        (("win32", {}), "Windows clipboard"),
        (("linux", {"WSL_DISTRO_NAME": "Ubuntu"}), "Windows clipboard (WSL)"),
    ],
)
def test_windows_is_handed_html_and_text(
    tmp_path: Path, fake: Fake, surface: Surface, at: tuple[str, dict[str, str]], means: str
) -> None:
    system, env = at
    fake("powershell.exe", RECORD)
    assert copy(CLIP, surface(system, **env)).writer == means
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


def test_plain_text_goes_without_html(tmp_path: Path, fake: Fake, surface: Surface) -> None:
    fake("osascript", RECORD)
    assert not copy(Clip("x"), surface("darwin")).rich
    assert json.loads((tmp_path / "stdin").read_text())["html"] == ""


def test_a_failing_program_is_told(tmp_path: Path, fake: Fake, surface: Surface) -> None:
    fake("powershell.exe", "echo no desktop >&2; exit 3")
    with pytest.raises(ClipboardError, match="no desktop"):
        copy(CLIP, surface("win32"))


@pytest.mark.parametrize(
    ("system", "program"), [("darwin", "osascript"), ("win32", "powershell.exe")]
)
@pytest.mark.parametrize("said", ["", "the pasteboard refused the text"])
def test_what_the_system_does_not_confirm_is_not_copied(
    fake: Fake, surface: Surface, system: str, program: str, said: str
) -> None:
    fake(program, f"cat > /dev/null; printf '{said}'")
    with pytest.raises(ClipboardError, match=said or "did not confirm the copy") as raised:
        copy(CLIP, surface(system))
    assert "may contain other text now" in raised.value.hint


def test_a_trial_uses_a_pasteboard_of_its_own(tmp_path: Path, fake: Fake, surface: Surface) -> None:
    fake("osascript", RECORD)
    assert [fault for _, fault in attempts(surface("darwin"))] == [""]
    assert json.loads((tmp_path / "stdin").read_text())["trial"]


def test_a_trial_of_windows_only_reads(tmp_path: Path, fake: Fake, surface: Surface) -> None:
    fake("powershell.exe", RECORD)
    assert [fault for _, fault in attempts(surface("win32"))] == [""]
    assert "SetDataObject" not in (tmp_path / "args").read_text()
