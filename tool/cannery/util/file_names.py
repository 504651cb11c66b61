"""Names of files and folders that Windows or macOS can't hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cannery.util.text import composed

# Windows keeps these for devices, whatever ending follows, in capitals or not.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_SIGN = re.compile(r"[<>:\"|?*\\\x00-\x1f]")
_MAX_NAME = 255  # UTF-16 units on Windows and macOS, bytes on Linux
# Of Windows' 259 UTF-16 units of a whole path, what a short folder for the clone leaves.
_MAX_PATH = 240


class NameFault(NamedTuple):
    """A path that not every computer can check out: why, and what to do."""

    path: str
    message: str
    hint: str


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


def faults_of(paths: Iterable[str]) -> Iterator[NameFault]:
    """Each file and folder whose name is at fault, or is that of another in other letters.

    `paths` are those of the files, sorted, from the root of what is cloned.
    """
    spellings: dict[str, str] = {}
    reported: set[str] = set()
    for path in paths:
        if (size := len(path.encode("utf-16-le", "surrogatepass")) // 2) > _MAX_PATH:
            message = f"can't be checked out on Windows: the path has {size} letters"
            yield NameFault(path, message, f"Shorten it to {_MAX_PATH}, or use fewer folders.")
        pieces = path.split("/")
        for end in range(1, len(pieces) + 1):
            here = "/".join(pieces[:end])
            folded = composed(here).lower()
            if folded not in spellings:
                spellings[folded] = here
                if reason := fault_of(pieces[end - 1]):
                    message = f"{pieces[end - 1]:.100} can't be checked out: {reason}"
                    hint = "Rename it. Letters, digits, `-` and `_` are safe."
                    yield NameFault(path, message, hint)
            elif (other := spellings[folded]) != here:
                if here not in reported:
                    message = f"the same name on Windows and macOS as {other:.200}"
                    yield NameFault(path, message, "Rename one of them.")
                reported.add(here)
                break  # what is below differs in the same letters
