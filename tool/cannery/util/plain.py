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
# None is compiled before a text needs it: that takes a command longer than most other things.
_STEERING = rf"{_SEQUENCE}|[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}{_ANNOTATION}]"
_CONTROLS = rf"{_SEQUENCE}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
_BREAKS = "[\u2028\u2029]"
_SURROGATES = "[\ud800-\udfff]"
# In JSON all of them can be told, as what they are.
_TOLD = f"[\x7f-\x9f{_TURNING}{_ANNOTATION}\u2028\u2029\ud800-\udfff]"
_WIDE_SPACE = "\u3000"
_HARMLESS = f"\n\t{_WIDE_SPACE}\xa0"


def clean(text: str) -> str:
    """Remove terminal control sequences, and make other unprintable characters visible."""
    if _is_plain(text):
        return text
    cleaned = re.sub(_STEERING, "", text.replace("\r\n", "\n"))
    return re.sub(_SURROGATES, "\ufffd", re.sub(_BREAKS, " ", cleaned))


def printable(text: str) -> str:
    """The text without control characters, for wherever it goes. How it is read stays as it is."""
    return text if _is_plain(text) else re.sub(_CONTROLS, "", text)


def one_line(text: str) -> str:
    """The same in one line, with single spaces."""
    return " ".join(clean(text).split())


def is_name(name: str) -> bool:
    """Whether the name of a file can be shown as it is: Japanese ones have wide spaces."""
    return name.isprintable() or name.replace(_WIDE_SPACE, "").isprintable()


def why_no_name(name: str) -> str:
    """What a name has, or is, that can't be shown."""
    is_text = re.search(_SURROGATES, name) is None
    return "has characters that can't be printed" if is_text else "is not valid UTF-8"


def escaped_json(text: str) -> str:
    """JSON that means the same, with nothing in it that could steer a terminal."""
    if _is_plain(text):
        return text
    return re.sub(_TOLD, lambda match: f"\\u{ord(match[0]):04x}", text)


def _is_plain(text: str) -> bool:
    """Whether no pattern can find anything: each begins with a letter that is not printable."""
    if text.isprintable():
        return True
    for letter in _HARMLESS:
        text = text.replace(letter, "")
    return text.isprintable()
