"""Files that a macro is to have with it at a help desk."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.location import Problem
from cannery.operations.check import check


def _told(base: Base, name: str) -> list[Problem]:
    base.write("macros/a.md", f"---\ntitle: A\nattachments: [{name}]\n---\nHello\n")
    return [item for item in check(base.workspace).problems if "attachment" in item.message]


def test_a_file_that_is_there_is_no_fault(base: Base) -> None:
    base.write("macros/form.txt", "x")
    assert _told(base, "form.txt") == []


@pytest.mark.parametrize(
    ("name", "why"),
    [("gone.txt", "file not found"), ("../../../secret.txt", "is outside kb/"), ("a.exe", "")],
)
def test_a_file_that_can_not_be_sent_is_one(base: Base, name: str, why: str) -> None:
    base.write("macros/a.exe", "x")
    (told,) = _told(base, name)
    assert (told.path, told.line, told.code) == ("kb/macros/a.md", 3, "link")
    assert why in told.message
