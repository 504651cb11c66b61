"""What a desk says laid over a file: what it can't say stays, and what it changed is taken."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.overlay import laid_over, with_their_changes
from cannery.model.desk import Version
from cannery.model.front_matter import FrontMatter

KEYS = FrontMatter()
FILE = """---
# ours
title: Refund
owner: ana
---

We refund you in {{ team.days }} days, {% render 'thanks' %}

Bye.
"""
SAID = "We refund you in 30 days, thank you\n\nBye.\n"


def _taken(said: str, **keys: object) -> str:
    before, after = Version({"title": "Refund"}, SAID), Version({"title": "Refund", **keys}, said)
    raw = with_their_changes(FILE.encode(), before, after, KEYS)
    return (raw or b"").decode()


def test_what_is_the_same_there_changes_nothing() -> None:
    assert _taken(SAID) == FILE


def test_a_line_that_was_changed_there_is_taken() -> None:
    assert _taken(SAID.replace("Bye", "So long")) == FILE.replace("Bye", "So long")


def test_a_word_is_taken_beside_words_that_the_desk_keeps_otherwise() -> None:
    assert _taken(SAID.replace("refund", "pay")) == FILE.replace("refund", "pay")


def test_a_word_that_the_desk_keeps_otherwise_is_taken_as_it_is_there() -> None:
    changed = _taken(SAID.replace("30 days", "40 days"))
    assert "We refund you in 40 days, thank you\n\nBye.\n" in changed


def test_a_japanese_line_is_merged_letter_by_letter() -> None:
    file = FILE.replace("Bye.", "{{ team.days }} 日以内に返金します。")
    before = Version({}, SAID.replace("Bye.", "30 日以内に返金します。"))
    after = Version({}, SAID.replace("Bye.", "30 日以内にご返金します。"))
    raw = with_their_changes(file.encode(), before, after, KEYS) or b""
    assert raw.decode() == file.replace("返金", "ご返金")


def test_a_key_is_set_and_the_rest_of_the_header_stays() -> None:
    assert _taken(SAID, title="Payback") == FILE.replace("title: Refund", "title: Payback")


def test_a_key_and_a_word_are_taken_together() -> None:
    changed = _taken(SAID.replace("refund", "pay"), title="Payback")
    assert changed == FILE.replace("title: Refund", "title: Payback").replace("refund", "pay")


def test_a_language_that_is_gone_there_is_gone() -> None:
    assert with_their_changes(FILE.encode(), Version({}, SAID), None, KEYS) is None


def test_a_language_that_the_desk_never_had_stays() -> None:
    assert with_their_changes(FILE.encode(), None, None, KEYS) == FILE.encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay(end: str) -> None:
    raw = FILE.replace("\n", end).encode()
    before, after = Version({}, SAID), Version({}, SAID.replace("refund", "pay"))
    changed = with_their_changes(raw, before, after, KEYS)
    assert changed == FILE.replace("refund", "pay").replace("\n", end).encode()


def test_a_new_file_has_what_was_said() -> None:
    raw = laid_over(Version({"title": "Refund", "tags": None}, "Hello\n"), None, KEYS)
    assert raw == b"---\ntitle: Refund\n---\n\nHello\n"


def test_letters_that_steer_a_terminal_stay_out_of_files() -> None:
    raw = laid_over(Version({"title": "a\x1b]0;b\x07"}, "x\x1b[31my\x9b1m"), None, KEYS)
    assert b"\x1b" not in raw
    assert "\x9b".encode() not in raw
