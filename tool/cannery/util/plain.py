"""Text that can't steer a terminal."""

from __future__ import annotations

import re

# Sequences go as a whole, so that nothing of them is left to be read. One to the terminal itself
# (its title, a link, the clipboard) ends on its line, or only its beginning goes: else a text
# without the end would hide all that comes after it. No run is looked at twice.
_SEQUENCE = (
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x00-\x1f\x7f-\x9f]*+(?:\x07|\x1b\\|\x9c)|[0-9;]*+)"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
    r"|\x1b[!-/]*+[0-~]?"  # not past a blank, where words of ours may begin
)
# What turns the direction of all that follows, and what has been deprecated in its place. The marks
# U+200E, U+200F and U+061C stay: Arabic and Hebrew need them, and they turn nothing but signs.
_TURNING = "\u202a-\u202e\u2066-\u206f"
_ANNOTATION = "\ufff9-\ufffb"
_STEERING = re.compile(rf"{_SEQUENCE}|[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}{_ANNOTATION}]")
_CONTROLS = re.compile(rf"{_SEQUENCE}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = re.compile("[\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# In JSON all of them can be told, as what they are.
_TOLD = re.compile(f"[\x7f-\x9f{_TURNING}{_ANNOTATION}\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what could steer a terminal, and with a sign for what is no letter."""
    kept = _STEERING.sub("", text.replace("\r\n", "\n"))
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", kept))


def printable(text: str) -> str:
    """The text without control characters, for wherever it goes. How it is read stays as it is."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """The same in one line, with single spaces."""
    return " ".join(clean(text).split())


def escaped_json(text: str) -> str:
    """JSON that means the same, with nothing in it that could steer a terminal."""
    return _TOLD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
