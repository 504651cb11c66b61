from __future__ import annotations

import subprocess

import pytest
from tests.clipboard.conftest import Fake, Surface

from cannery.clipboard import paste_x11
from cannery.clipboard.copy import copy
from cannery.clipboard.desktop import Clip, Desktop
from cannery.clipboard.paste import decoded, paste
from cannery.errors import ClipboardError


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


def test_macos_and_windows_tell_both_flavours(fake: Fake, surface: Surface) -> None:
    fake("osascript", """printf '{"text": "a", "html": "<b>a</b>"}'""")
    assert paste(surface("darwin")) == Clip("a", "<b>a</b>")
    html = "Version:0.9 <!--StartFragment--><b>a</b><!--EndFragment-->"
    fake("powershell.exe", f"""printf '{{"text": "a", "html": "{html}"}}'""")
    assert paste(surface("win32")) == Clip("a", "<b>a</b>")
    fake("powershell.exe", "echo nothing")
    with pytest.raises(ClipboardError, match="an invalid response"):
        paste(surface("win32"))


def test_a_program_that_fails_is_told(fake: Fake, surface: Surface) -> None:
    fake("osascript", "echo no >&2; exit 1")
    with pytest.raises(ClipboardError, match="osascript failed: no"):
        paste(surface("darwin"))


def test_firefox_offers_html_as_utf_16() -> None:
    assert decoded("<b>é</b>".encode("utf-16")) == "<b>é</b>"


def test_a_display_that_hangs_is_given_up(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paste_x11, "_SECONDS", 0.1)
    with pytest.raises(ClipboardError, match="X11: the display did not respond in time"):
        paste(Desktop("linux", {"DISPLAY": silent}))


@pytest.mark.parametrize("option", ["--from", "--ticket"])
def test_where_there_is_no_clipboard_the_way_without_is_told(surface: Surface, option: str) -> None:
    with pytest.raises(ClipboardError, match=r"^no clipboard here$") as raised:
        paste(surface("linux"), option)
    assert raised.value.hint == f"Pass the text with `{option} FILE` or `{option} -`."


def test_what_is_no_text_or_shows_nothing_is_no_clipboard(fake: Fake, surface: Surface) -> None:
    at = surface("linux", WAYLAND_DISPLAY="wayland-0")
    listing = 'case "$*" in *--list-types*) echo "text/plain;charset=utf-8";; '
    fake("wl-paste", listing + "*) printf '\\377\\376a';; esac")
    with pytest.raises(ClipboardError, match="Wayland: the text is not UTF-8"):
        paste(at)
    fake("wl-paste", listing + "*) printf '\\342\\200\\213';; esac")
    with pytest.raises(ClipboardError, match="Wayland: the clipboard is empty"):
        paste(at)
    latin = 'case "$*" in *--list-types*) echo STRING;; *) printf "caf\\351";; esac'
    fake("wl-paste", latin)
    assert paste(at).text == "café"
