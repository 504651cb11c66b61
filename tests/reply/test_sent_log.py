"""What was sent into tickets is kept as long as the rest of the memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.operations.doctor import examine
from cannery.reply.sent_log import COPY, SentReply, log, sent_replies
from cannery.util import dated_lines, trust
from cannery.util.tidy import SENT, tidy


def _row(age_in_days: int) -> SentReply:
    at = int(time.time()) - age_in_days * 86_400
    return SentReply(at, "zendesk", "7", "note", "en", ("macros/a",), ("articles/b",))


def test_each_reply_is_kept_with_what_it_leads_to(base: Base) -> None:
    assert [*sent_replies(base.workspace)] == []
    log(base.workspace, _row(0))
    (reply,) = sent_replies(base.workspace)
    assert (reply.entries, reply.linked) == (("macros/a",), ("articles/b",))


def test_rows_that_are_damaged_are_passed_over(base: Base) -> None:
    log(base.workspace, _row(0))
    with (base.workspace.state / SENT).open("a", encoding="utf-8") as file:
        file.write('{"time": "soon"}\n{"time": 1, "entries": 7}\n[]\n{"ti')
    assert len([*sent_replies(base.workspace)]) == 1


def test_of_a_row_without_the_share_of_words_none_is_known(base: Base) -> None:
    row = {name: value for name, value in _row(0)._asdict().items() if name != "kept"}
    trust.make(base.workspace.state)
    dated_lines.append(base.workspace.state / SENT, row)
    assert [reply.kept for reply in sent_replies(base.workspace)] == [None]


def test_without_memory_nothing_is_kept(base: Base, home: Path) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[memory]\ndays = 0\n")
    log(base.workspace, _row(0))
    assert not base.workspace.state.exists()


def test_old_ones_are_deleted_with_the_rest_of_the_memory(base: Base) -> None:
    workspace = base.workspace
    for age in (100, 1):
        log(workspace, _row(age))
    (workspace.state / "tidied").unlink(missing_ok=True)
    tidy(workspace.state, workspace.cache, workspace.content, base.root / "logs", (90, 90))
    assert len([*sent_replies(workspace)]) == 1


def test_a_copy_is_written_down_with_the_share_of_words_that_was_kept(
    base: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\nHello dear old friend\n")
    editor = tmp_path / "vim"
    editor.write_text('#!/bin/sh\nfor file; do :; done\nsed -i "s/dear old/Kim/" "$file"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    assert kb("reply", "a", "--print").code == 0
    assert kb("reply", "a", "--print", "--edit").code == 0
    replies = [*sent_replies(base.workspace)]
    assert [(reply.how, reply.entries, reply.kept) for reply in replies] == [
        (COPY, ("macros/a",), 1.0),
        (COPY, ("macros/a",), 0.5),
    ]
    assert "replies copied: 2" in str([*examine(base.root)])


def test_the_doctor_tells_how_many_there_are(base: Base) -> None:
    log(base.workspace, _row(0))
    assert "sent to tickets: 1" in str([*examine(base.root)])
