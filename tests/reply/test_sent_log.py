"""What was sent into tickets is kept as long as the rest of the memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.operations.doctor import examine
from cannery.reply.sent_log import COPY, SentReply, log, sent_replies
from cannery.util.tidy import tidy


def _row(age_in_days: int) -> SentReply:
    at = int(time.time()) - age_in_days * 86_400
    return SentReply(at, "zendesk", "7", "note", "en", ("macros/a",), ("articles/b",))


def test_each_reply_is_kept_with_what_it_leads_to(base: Base) -> None:
    assert [*sent_replies(base.workspace)] == []
    log(base.workspace, _row(0))
    (row,) = sent_replies(base.workspace)
    assert (row["entries"], row["linked"]) == (["macros/a"], ["articles/b"])


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
    rows = [*sent_replies(base.workspace)]
    assert [(row["how"], row["entries"], row["kept"]) for row in rows] == [
        (COPY, ["macros/a"], 1.0),
        (COPY, ["macros/a"], 0.5),
    ]
    assert "replies copied: 2" in str([*examine(base.root)])


def test_the_doctor_tells_how_many_there_are(base: Base) -> None:
    log(base.workspace, _row(0))
    assert "sent to tickets: 1" in str([*examine(base.root)])
