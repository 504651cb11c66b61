"""Names of files and folders that Windows or macOS can't hold."""

from __future__ import annotations

import re

# Windows keeps these for devices, whatever ending follows, in capitals or not.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_SIGN = re.compile(r"[<>:\"|?*\\\x00-\x1f]")
_MAX_NAME = 255  # UTF-16 units on Windows and macOS, bytes on Linux


def fault_of(name: str) -> str:
    """Why a file or folder can't have this name on every computer; empty if it can."""
    if _DEVICE.fullmatch(name):
        return "Windows reserves this name for a device"
    if sign := _SIGN.search(name):
        return f"names on Windows can't contain `{sign[0]}`"
    if name.endswith((".", " ")):
        return "names on Windows can't end with a dot or a space"
    if len(name.encode("utf-8", "surrogateescape")) > _MAX_NAME:
        return f"the name is longer than {_MAX_NAME} bytes"
    return ""
