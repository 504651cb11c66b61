"""An error's words are for people: none of them is a number of the operating system."""

from __future__ import annotations

import errno
import os

import pytest

from cannery.errors import CanneryError


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"nope: {OSError(errno.ENOENT, 'No such file', 'nope')}", "nope: No such file: 'nope'"),
        (
            str(OSError(errno.EROFS, os.strerror(errno.EROFS), "/kb")),
            "Read-only file system: '/kb'",
        ),
        ("[WinError 5] Access is denied", "Access is denied"),
        ("a file named [Errno x] y", "a file named [Errno x] y"),
        ("[Errno 2", "[Errno 2"),
    ],
)
def test_no_number_of_the_system_is_shown(written: str, shown: str) -> None:
    assert (CanneryError(written).message, str(CanneryError(written))) == (shown, shown)
