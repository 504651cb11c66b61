from __future__ import annotations

import pytest

from cannery.model.canned_reply import CannedReply, Origin
from cannery.operations.import_names import section_of, title_of


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        (("Refund of {{ amount }}", "x", ""), "Refund of …"),
        (("", "## Hello **there**\nmore", ";hi"), "Hello there"),
        (("", "{{ notes }}", ";note"), ";note"),
        (("…", "{{ notes }}", ""), "Reply"),
        (("a\n b\x1b[31m", "x", ""), "a b"),
        (("long " * 40, "x", ""), f"{('long ' * 40)[:79]}…"),
    ],
)
def test_a_title_is_one_line_without_placeholders(reply: tuple[str, str, str], title: str) -> None:
    name, body, shortcut = reply
    assert title_of(CannedReply(name, body, Origin("a"), shortcut=shortcut)) == title


@pytest.mark.parametrize(
    ("sections", "folder"),
    [
        (("a", "B c/d"), "a/b-c/d"),
        (("", "../../etc", "/x/"), "etc/x"),
        (("_parts",), "parts"),
        (("con", "ab" * 100), f"con-1/{'ab' * 20}"),
        (("1/2/3/4/5/6",), "1/2/3/4"),
        ((), ""),
    ],
)
def test_a_section_is_folders_that_every_computer_can_have(
    sections: tuple[str, ...], folder: str
) -> None:
    assert section_of(*sections) == folder
